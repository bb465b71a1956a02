"""The words and the cues by which mentions are found. Source: `grammar.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypedDict

from govnlp.prose.lexicon import lexicon, load_yaml


class Grammar(TypedDict):
    """The lists of the file that find mentions; its comments say what each holds."""

    negators: list[str]
    after_wei: list[str]
    not_after_wu: list[str]
    not_before_wu: list[str]
    after_ling: list[str]
    things: list[str]
    verbs: list[str]
    totals: list[str]
    ones: list[str]
    rates: list[str]
    carried: list[str]
    denials: list[str]


@cache
def grammar() -> Grammar:
    """The lists, read once.

    >>> "均" in grammar()["totals"]
    True
    """
    return load_yaml("grammar.yaml")  # type: ignore[return-value]


@cache
def symbols(which: Literal["things", "verbs", "carried"]) -> frozenset[str]:
    """The symbols of a list of cues: what a denial governs, the verbs that complete one, what a total is carried to.

    >>> lexicon().symbols["receive"] in symbols("verbs")
    True
    """
    return frozenset(lexicon().symbols[name] for name in grammar()[which])
