"""Which rules a stretch of symbols allows; frames repeat from report to report, so the answers are remembered."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govnlp.prose.lexicon import JOIN, RESIDUE, lexicon
from govnlp.prose.rulebook import Rule, rulebook
from govnlp.prose.stream import FIGURE
from govnlp.schema.text import Span

# What is told without a unit where it is denied (微信无, 专项经费没有), beside what may lack its unit anyway.
_UNITLESS = ("disclosure.via.", "capacity.budget", "fees.", "proactive.procurement.")


@lru_cache(maxsize=4096)
def subjects(before: str) -> str:
    """Kinds of applicant that a sentence is about: named without a figure, or first of all (企业提出17件,予以公开8件)."""
    names = lexicon().symbols
    gap = f"[{names['app']}{names['app_bare']}{names['submit']}{RESIDUE}]*"
    kinds = "".join(names[one] for one in ("natural_person", "business", "research", "ngo", "legal_service"))
    first = re.findall(f"^[^{FIGURE}]*?([{kinds}]){gap}{FIGURE}", before)
    return "".join(re.findall(f"([{kinds}]){gap}(?!{gap}{FIGURE})", before) + first)


@lru_cache(maxsize=65536)
def candidates(text: str, unit: str, named_behind: bool) -> tuple[Rule, ...]:
    """The rules for this unit whose pattern and rivals allow the frame; frames repeat, so this is remembered.

    Where a noun follows the unit, a rule must say what that noun is.
    """
    least = text.index(FIGURE) + 1 + named_behind
    return tuple(
        rule
        for rule in _by_unit(unit)
        if not (rule.named and rule.named.isdisjoint(text))
        and rule.rivals.isdisjoint(text)
        and any(found.end() >= least for found in rule.pattern.finditer(text))
    )


def names_of(text: str, label: Span) -> list[str]:
    """The names of a list as symbols; those that hold words of no cue are left out."""
    names = [""]
    for one in lexicon().tokens(text, *label):
        if one.symbol == JOIN:
            names.append("")
        else:
            names[-1] += one.symbol
    return [name for name in names if name and RESIDUE not in name]


@lru_cache(maxsize=4096)
def named_by(text: str) -> tuple[Rule, ...]:
    """The rules that allow a frame and whose pattern is all of it, for figures that need no unit."""
    rules = (rule for rule in rulebook().figures if rule.rivals.isdisjoint(text) and rule.follows is None)
    whole = (0, len(text))
    return tuple(
        rule
        for rule in rules
        if ("" in rule.units or rule.indicator.startswith(_UNITLESS))
        and any(found.span() == whole for found in rule.pattern.finditer(text))
    )


@cache
def _by_unit(unit: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rulebook().figures if unit in rule.units)
