"""Clean working text over the printed text: width, script and damage of scraping, every character with its place.

`numerals` and `units`, which the later stages share, stand beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from govnlp.normalise import byte_shift, charmap, pinyin, script, spaces, wrapped
from govnlp.normalise.edits import Edit, apply, inside, leaves
from govnlp.schema.document import Document
from govnlp.schema.facts import Evidence
from govnlp.schema.report import Issue
from govnlp.schema.text import Span, Text

__all__ = ["normalise"]

# One repair can show the next (a gloss behind a space); each round only shortens the text, so few are needed.
_ROUNDS = 6
_KINDS = {
    "byte_shift": "runs of text cut inside a character were put together again",
    "script": "lines in traditional characters were made simplified",
    "pinyin": "pinyin glosses were dropped",
    "spaces": "spaces inside words and figures were dropped",
    "invisible": "runs of characters without width were dropped",
    "wrapped": "line breaks inside sentences were dropped",
}
# Characters lost for good: replacement characters, question marks in rows or before a stop inside Chinese text.
_LEFT = re.compile(
    "\ufffd+|(?<=[\u4e00-\u9fff”）)])[?？]{2,}(?=[\u4e00-\u9fff])|[?](?=[。，；])|(?<![?？])[?？]{3,}(?![?？])"
)
_AROUND = 10


def normalise(document: Document) -> Document:
    """The document over its clean text. The printed text, the source and the order of blocks stay.

    What was repaired is an `info` issue a kind (`damage_repaired`), what is evidently lost a `warning`
    (`damage_left`). Normalising again changes nothing. Conventions: `charmap`, `script`, `pinyin`, `byte_shift`, `spaces`,
    `wrapped`.

    >>> printed = Text("政務(wù)公開１２件")
    >>> normalise(Document("", printed, printed, (), "text")).text.value
    '政务公开12件'
    """
    repairs: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        before = document.text.value
        document = _round(document, repairs)
        if document.text.value == before:
            break
    return _told(document, repairs)


def _round(document: Document, repairs: Counter[str]) -> Document:
    """Every step once. The bytes come first: folding would hide them."""
    document = _edited(document, byte_shift.edits(document.text.value), "byte_shift", repairs)
    alphabet = frozenset(document.text.value)
    document = _edited(document, charmap.dropped(document.text.value, alphabet), "invisible", repairs)
    document = _recast(document, charmap.fold(document.text.value, alphabet))
    alphabet = frozenset(document.text.value)
    document = _edited(document, pinyin.edits(document.text.value), "pinyin", repairs)
    document = _simplified(document, alphabet, repairs)
    gaps = spaces.edits(document.text.value, leaves(document)) if " " in alphabet else []
    document = _edited(document, gaps, "spaces", repairs)
    document, breaks = wrapped.joined(document)
    repairs["wrapped"] += breaks
    return document


def _edited(document: Document, edits: Sequence[Edit], kind: str, repairs: Counter[str]) -> Document:
    allowed = inside(edits, leaves(document)) if edits else []
    if not allowed:
        return document
    repairs[kind] += len(allowed)
    return document.with_text(apply(document.text.value, allowed))


def _recast(document: Document, value: str) -> Document:
    """The document over a text of the same length: every character stays in its place."""
    return document if value == document.text.value else document.with_text(Text(value))


def _simplified(document: Document, alphabet: frozenset[str], repairs: Counter[str]) -> Document:
    value = document.text.value
    if not script.is_traditional(value, alphabet):
        return document
    made = script.to_simplified(value)
    repairs["script"] += sum(a != b for a, b in zip(value.split("\n"), made.split("\n"), strict=True))
    return _recast(document, made)


def _told(document: Document, repairs: Counter[str]) -> Document:
    """The document with what was done and what is left among its issues, each told once."""
    issues = [_repaired(kind, repairs[kind]) for kind in _KINDS if repairs[kind]]
    value = document.text.value
    left = _lost_places(value) if "?" in value or "？" in value or "\ufffd" in value else []
    if left:
        issues.append(_left(document, left[0], len(left)))
    new = tuple(issue for issue in issues if issue not in document.issues)
    return replace(document, issues=document.issues + new) if new else document


def _lost_places(value: str) -> list[Span]:
    return sorted({Span(*found.span()) for found in _LEFT.finditer(value)} | set(byte_shift.unsettled(value)))


def _repaired(kind: str, count: int) -> Issue:
    return Issue(code="damage_repaired", severity="info", message=f"{kind}: {count} {_KINDS[kind]}")


def _left(document: Document, first: Span, count: int) -> Issue:
    quote = document.cut(Span(max(0, first.start - _AROUND), first.end + _AROUND)).replace("\n", " ")
    evidence = Evidence(span=first, source_span=document.source_span(first), quote=quote)
    message = f"characters are lost at {count} places, the first at {first.start} ({quote}); compare the original there"
    return Issue(code="damage_left", severity="warning", message=message, evidence=evidence)
