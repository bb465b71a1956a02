"""What the grammar of mentions finds of what is marked, alone: `python -m benchmarks.mentions [--write-docs]`.

A mark is found where a mention of its kind stands on it with its value; `exact` where a figure's span is the mark's to
the character. `unmarked` are the mentions that bear no mark: what a tagger must tell apart. Of the test split only the
counts are told. The real reports (`../shared/seeds`) give the facts of their gold that stand in sentences.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from benchmarks.page import Place
from corpora.align import Aligned, align
from corpora.lint import SEEDS
from corpora.load import SPLITS, load
from corpora.records import KINDS, Passage
from govnlp.normalise.units import money_factor
from govnlp.pipeline import inspect
from govnlp.prose.mentions import Mention, mentions
from govnlp.schema.document import Paragraph
from govnlp.schema.text import Span

PAGE = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"
START, END = "<!-- measured: python -m benchmarks.mentions --write-docs -->", "<!-- end of mentions -->"


class Found(NamedTuple):
    """Of one kind of mark: how many there are, are found, are found exactly (None where spans are not told)."""

    where: str
    kind: str
    marks: int
    found: int
    exact: int | None
    unmarked: int | None

    @property
    def recall(self) -> float:
        """The share found."""
        return self.found / self.marks if self.marks else 1.0


def of_passages(where: str, passages: Sequence[Passage]) -> Iterator[Found]:
    """What is found in annotated passages, kind by kind.

    >>> [(one.kind, one.marks) for one in of_passages("nothing", [])]
    [('figure', 0), ('none', 0), ('all', 0)]
    """
    laid = [align(passage) for passage in passages]
    for kind in KINDS:
        rows = [row for one in laid for row in _rows(one, kind)]
        unmarked = sum(_unmarked(one, kind) for one in laid)
        exact = sum(exact for _, exact in rows) if kind == "figure" else None
        yield Found(where, kind, len(rows), sum(found for found, _ in rows), exact, unmarked)


def _rows(laid: Aligned, kind: str) -> Iterator[tuple[bool, bool]]:
    """For each mark of a kind: whether it is found, and whether to the character."""
    for mark, span, found in zip(laid.passage.marks, laid.marks, laid.found, strict=True):
        if mark.kind == kind:
            yield bool(found), any(_is_exact(laid.text, span, laid.mentions[at]) for at in found)


def _is_exact(text: str, mark: Span, mention: Mention) -> bool:
    """Whether spans agree; the 万 of 5万元 is of the number to the grammar, of the unit to those who mark."""
    if mark in (mention.span, mention.raw):
        return True
    starts = mark.start in (mention.span.start, mention.raw.start)
    return starts and text[mark.end : mention.span.end].strip() in ("万", "亿", "千", "百")


def _unmarked(laid: Aligned, kind: str) -> int:
    touched = {at for found in (*laid.found, *laid.otherwise) for at in found}
    return len({one.span for at, one in enumerate(laid.mentions) if one.kind == kind and at not in touched})


def of_reports(folder: Path) -> Iterator[Found]:
    """What is found of the facts that the gold of real reports has in sentences."""
    rows: list[tuple[str, bool]] = []
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        page = inspect(folder / gold["doc"], model=None).document
        found = [
            (one, text[slice(*one.raw)])
            for block in page.blocks
            if isinstance(block, Paragraph)
            for text in [page.cut(block.span)]
            for one in mentions(text)
        ]
        for fact in gold["facts"]:
            if fact["from"] == "prose":
                kind = _kind(fact["status"], fact["raw"])
                value = Decimal(str(fact["value"]))
                rows.append((kind, any(_says(one, raw, kind, value, fact["raw"]) for one, raw in found)))
    for kind in KINDS:
        hits = [hit for name, hit in rows if name == kind]
        yield Found("real reports", kind, len(hits), sum(hits), None, None)


def _kind(status: str, raw: str) -> str:
    if status == "stated_none":
        return "none"
    return "figure" if any(sign.isdigit() for sign in raw) else "all"


def _says(one: Mention, raw: str, kind: str, value: Decimal, wanted: str) -> bool:
    """Whether a mention is the one of a fact, by kind, by value and by the words (均…办结 leaves some out)."""
    if one.kind != kind:
        return False
    if kind == "figure":
        factor = money_factor(one.unit) if one.unit else None
        return one.value is not None and value in (one.value, one.value * (factor or 1))
    first, _, last = wanted.partition("…")
    return raw.startswith(first) and raw.endswith(last)


def table(rows: Sequence[Found]) -> Iterator[str]:
    """The rows as a table of Markdown."""
    yield "| where | kind | marks | found | recall | exact | unmarked |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for one in rows:
        exact = "" if one.exact is None else f"{one.exact / max(1, one.marks):.4f}"
        unmarked = "" if one.unmarked is None else str(one.unmarked)
        yield f"| {one.where} | {one.kind} | {one.marks} | {one.found} | {one.recall:.4f} | {exact} | {unmarked} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure; print, or write into the documentation."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mentions", description=__doc__)
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/accuracy.md")
    written = parser.parse_args(arguments).write_docs
    rows = [row for split in SPLITS for row in of_passages(split, load(split))]
    rows += of_reports(SEEDS) if SEEDS.is_dir() else []
    text = "\n".join(table(rows))
    Place(PAGE, START, END).show(text, write=written)


if __name__ == "__main__":
    main()
