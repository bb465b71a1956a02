"""The rules as data (`rules.yaml`), compiled: patterns over the symbols of the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from govnlp.prose.lexicon import lexicon, load_yaml


class _Row(TypedDict, total=False):
    id: str
    units: str
    topic: list[str]
    never: list[str]
    never_left: list[str]
    never_since: list[str]
    never_before: list[str]
    need: list[str]
    need_near: list[str]
    follows: str
    never_subject: list[str]
    unless_later: list[str]
    silent: list[str]
    one_of: str
    but: list[str]
    by: float


class _Book(TypedDict):
    units: dict[str, list[str]]
    groups: dict[str, list[str]]
    topics: dict[str, list[str]]
    sections: dict[str, list[str]]
    section_topics: dict[str, str]
    vetoes: list[str]
    figures: list[_Row]
    nones: list[_Row]
    totals: list[_Row]


@dataclass(frozen=True)
class Rule:
    """One rule: `pattern` over a frame, of which one of `named` (if any) must be part; sets of symbols that must be absent or present; `confidence`.

    `rivals` are symbols of which none may stand in the frame: what `never` names, and the other members of `one_of`.
    `subjects` may not be what the sentence is about, `silent` not said in the passage at all, `later` not named first
    behind the figure; `need` must have been said so far, `need_near` in the sentence or a heading;
    `follows` is a pattern that the sentence up to the figure must match.
    """

    indicator: str
    pattern: re.Pattern[str]
    named: frozenset[str]
    units: frozenset[str]
    topics: frozenset[str]
    rivals: frozenset[str]
    rivals_left: frozenset[str]
    rivals_in_reach: frozenset[str]
    rivals_before: frozenset[str]
    subjects: frozenset[str]
    later: frozenset[str]
    silent: frozenset[str]
    need: frozenset[str]
    need_near: frozenset[str]
    follows: re.Pattern[str] | None
    confidence: float


@dataclass(frozen=True)
class Rulebook:
    """All rules in order, and what the words of a sentence say of its topic. `topics` maps a symbol to its topic."""

    figures: tuple[Rule, ...]
    nones: tuple[Rule, ...]
    totals: tuple[Rule, ...]
    topics: dict[str, str]
    vetoes: frozenset[str]
    sections: dict[str, frozenset[str]]
    section_topics: dict[str, str]


@cache
def rulebook() -> Rulebook:
    """The rulebook, read once.

    >>> rulebook().figures[0].indicator
    'remedies.litigation_direct.total'
    """
    book: _Book = load_yaml("rules.yaml")  # type: ignore[assignment]
    return Rulebook(
        tuple(_rule(row, book) for row in book["figures"]),
        tuple(_rule(row, book) for row in book["nones"]),
        tuple(_rule(row, book) for row in book["totals"]),
        {symbol: topic for topic, names in book["topics"].items() for symbol in _symbols(names, book)},
        _symbols(book["vetoes"], book),
        {kind: _symbols(names, book) for kind, names in book["sections"].items()},
        book["section_topics"],
    )


def _rule(row: _Row, book: _Book) -> Rule:
    patterns: list[str] = row["is"]  # type: ignore[typeddict-item]
    named = frozenset(_NAME.findall(" ".join(patterns)))
    own = _symbols(sorted(named), book)
    family = (
        _symbols([row["one_of"]], book) - own - _symbols(row.get("but", []), book) if "one_of" in row else frozenset()
    )
    return Rule(
        row["id"],
        re.compile("|".join(_compiled(pattern, book) for pattern in patterns)),
        own if "follows" not in row else frozenset(),
        frozenset(book["units"][row["units"]]) if "units" in row else frozenset(),
        frozenset(row.get("topic", ())),
        _symbols(row.get("never", []), book) - own | family,
        _symbols(row.get("never_left", []), book),
        _symbols(row.get("never_since", []), book),
        _symbols(row.get("never_before", []), book),
        _symbols(row.get("never_subject", []), book),
        _symbols(row.get("unless_later", []), book),
        _symbols(row.get("silent", []), book),
        _symbols(row.get("need", []), book),
        _symbols(row.get("need_near", []), book),
        re.compile(_compiled(row["follows"], book)) if "follows" in row else None,
        row["by"],
    )


_NAME = re.compile(r"[a-z_]{2,}")


def _symbols(names: list[str], book: _Book) -> frozenset[str]:
    """The symbols of cues and groups."""
    found: set[str] = set()
    for name in names:
        if name in book["groups"]:
            found |= _symbols(book["groups"][name], book)
        else:
            found.add(lexicon().symbols[name])
    return frozenset(found)


def _compiled(pattern: str, book: _Book) -> str:
    """A pattern of rules.yaml as a regular expression over symbols."""
    return re.sub(" +", "", _NAME.sub(lambda name: _charset(name[0], book), pattern))


def _charset(name: str, book: _Book) -> str:
    symbols = sorted(_symbols([name], book))
    return symbols[0] if len(symbols) == 1 else f"[{''.join(symbols)}]"
