"""Reports that lost their headings: `python -m benchmarks.sections [--model zh_govnlp]`.

The headings are cut out of the file of each report, and the sections and facts read in what is left are compared with
those of the whole file. Three collections: our samples, the real reports where they are (`../shared/seeds`), and passages
of the corpus' validation voices joined into reports of the form's order.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from corpora.load import load
from corpora.records import Passage
from govnlp.model_files import DEFAULT
from govnlp.pipeline import Inspection, inspect
from govnlp.schema.document import Paragraph
from govnlp.schema.report import Report, SectionKind
from govnlp.schema.text import Span

_ROOT = Path(__file__).parents[1]
SAMPLES, SEEDS = _ROOT / "corpora" / "samples", _ROOT / "../shared/seeds"
_DOCS = _ROOT / "docs" / "benchmarks.md"
START, END = "<!-- measured: python -m benchmarks.sections --write-docs -->", "<!-- end of sections -->"
# The order and the headings of 2008-2018, which have a section for everything that the corpus has.
_HEADINGS: tuple[tuple[SectionKind, str], ...] = (
    ("overview", "概述"), ("proactive", "主动公开政府信息情况"), ("applications", "依申请公开政府信息办理情况"),
    ("fees", "政府信息公开收费及减免情况"), ("remedies", "因政府信息公开申请行政复议、提起行政诉讼情况"),
    ("problems", "存在的主要问题和改进措施"), ("other", "其他需要报告的事项"),
)  # fmt: skip
_NUMBERS = "一二三四五六七八九"
_MOST_PASSAGES = 40


class Headed(NamedTuple):
    """A report file and what its name is."""

    name: str
    text: str


class Compared(NamedTuple):
    """What a report without headings lost: of paragraphs and of their characters, and of the answers."""

    paragraphs: int
    right: int
    characters: int
    right_characters: int
    facts: int
    kept: int
    added: int
    confused: Counter[tuple[str, str]]


Fact = tuple[str, str, str]


def compared(one: Headed, model: str | None) -> Compared:
    """The report as it is beside the report without its headings, both read with the same model."""
    whole = inspect(text=one.text, name=one.name, model=model)
    bare = inspect(text=without_headings(one.text, whole), name=one.name, model=model)
    pairs = list(_paired(_paragraphs(whole), _paragraphs(bare)))
    right = [(text, a, b) for text, a, b in pairs if a == b]
    wanted, found = _answers(whole.report), _answers(bare.report)
    return Compared(
        len(pairs), len(right), sum(len(text) for text, _, _ in pairs), sum(len(text) for text, _, _ in right),
        len(wanted), len(wanted & found), len(found - wanted), Counter((a, b) for _, a, b in pairs if a != b),
    )  # fmt: skip


def without_headings(text: str, whole: Inspection) -> str:
    """The file's text with the heading of each section but title and footer cut out."""
    cuts = []
    for section in whole.report.sections:
        if section.heading and section.kind not in ("header", "footer", "boilerplate"):
            end = _heading_end(whole.report.text, section.span.start, section.heading)
            cuts.append(whole.document.source_span(Span(section.span.start, end)))
    bounds = [0, *(at for cut in sorted(cuts) for at in cut), len(text)]
    return "".join(text[start:end] for start, end in list(pairwise(bounds))[::2])


def _heading_end(text: str, start: int, heading: str) -> int:
    """Where a heading ends, whose line breaks are no part of its name."""
    left = len(heading.replace(" ", ""))
    at = start
    while left and at < len(text):
        left -= not text[at].isspace() and text[at] != "|"
        at += 1
    return at


def _paragraphs(one: Inspection) -> list[tuple[str, SectionKind]]:
    """Text and kind of each paragraph that is no table, no heading, no scrap."""
    starts = {section.span.start for section in one.report.sections if section.heading}
    found: list[tuple[str, SectionKind]] = []
    for block in one.document.blocks:
        text = one.document.cut(block.span).strip()
        section = next((s for s in one.report.sections if s.span.start <= block.span.start < s.span.end), None)
        if isinstance(block, Paragraph) and len(text) > 8 and section is not None and block.span.start not in starts:
            found.append((text, section.kind))
    return found


def _paired(whole: Sequence[tuple[str, str]], bare: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """The paragraphs that both have, in order: text, kind with headings, kind without."""
    matcher = SequenceMatcher(None, [text for text, _ in whole], [text for text, _ in bare], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for (text, wanted), (_, found) in zip(whole[a : a + size], bare[b : b + size], strict=True):
            yield text, wanted, found


def _answers(report: Report) -> set[Fact]:
    return {(one.indicator, str(one.value), one.status) for one in report.answers.values()}


def samples() -> list[Headed]:
    """Our own reports."""
    return [
        Headed(path.name, path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.*")) if path.suffix != ".json"
    ]


def seeds() -> list[Headed]:
    """The real reports beside the repository; none where they are not here."""
    return [Headed(path.name, path.read_text("utf-8")) for path in sorted(SEEDS.glob("*.txt"))]


def joined() -> list[Headed]:
    """Passages of one validation voice and year as one report, each kind below the heading of the form."""
    voices: dict[tuple[str, int], list[Passage]] = {}
    for one in load("validation"):
        voices.setdefault((one.voice, one.year), []).append(one)
    made = (_joined(name, year, some[:_MOST_PASSAGES]) for (name, year), some in sorted(voices.items()))
    return [one for one in made if one.text.count("\n") > 6]


def _joined(name: str, year: int, some: Sequence[Passage]) -> Headed:
    lines = [f"临川县{year}年政府信息公开工作年度报告"]
    kinds = [(kind, title) for kind, title in _HEADINGS if any(one.section == kind for one in some)]
    for number, (kind, title) in zip(_NUMBERS, kinds, strict=False):
        lines += [f"{number}、{title}", *(one.text for one in some if one.section == kind)]
    return Headed(f"{name}-{year}", "\n".join(lines))


class Shares(NamedTuple):
    """What a collection keeps of its sections and answers."""

    reports: int
    paragraphs: float
    characters: float
    kept: int
    facts: int
    added: int


def shares(found: Sequence[Compared]) -> Shares:
    """The sums over reports."""
    sums = Counter[str]()
    for one in found:
        sums.update({name: value for name, value in one._asdict().items() if isinstance(value, int)})
    return Shares(
        len(found), sums["right"] / max(1, sums["paragraphs"]), sums["right_characters"] / max(1, sums["characters"]),
        sums["kept"], sums["facts"], sums["added"],
    )  # fmt: skip


def markdown(model: str) -> Iterator[str]:
    """The table of the documentation: words alone, and words with a model."""
    yield "| reports | read by | paragraphs | characters | answers kept | others |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for title, reports in _collections():
        for name, chosen in (("words", None), ("words and model", model)):
            one = shares([compared(each, chosen) for each in reports])
            rates = f"{one.paragraphs:.1%} | {one.characters:.1%} | {one.kept} of {one.facts} | {one.added}"
            yield f"| {one.reports} {title} | {name} | {rates} |"


def _collections() -> list[tuple[str, list[Headed]]]:
    every = [("samples", samples()), ("real reports", seeds()), ("joined of passages", joined())]
    return [(title, reports) for title, reports in every if reports]


def write_docs(model: str, page: Path = _DOCS) -> None:
    """Write the table into the page of benchmarks, between its marks."""
    text = page.read_text("utf-8")
    before, after = text.partition(START)[0], text.partition(END)[2]
    page.write_text(f"{before}{START}\n\n" + "\n".join(markdown(model)) + f"\n\n{END}{after}", "utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Print a line a collection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="default: words alone")
    parser.add_argument("--each", action="store_true", help="a line a report too")
    parser.add_argument("--write-docs", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.write_docs:
        write_docs(chosen.model or DEFAULT)
        return
    for title, reports in _collections():
        found = [compared(one, chosen.model) for one in reports]
        for one, each in zip(reports, found, strict=True) if chosen.each else ():
            print("  ", _line(one.name, [each]), each.confused.most_common(4))
        print(_line(title, found), sum((one.confused for one in found), Counter[tuple[str, str]]()).most_common(6))


def _line(title: str, found: Sequence[Compared]) -> str:
    one = shares(found)
    return (
        f"{title}: {one.reports} reports, paragraphs {one.paragraphs:.3f}, characters {one.characters:.3f}, "
        f"answers kept {one.kept}/{one.facts}, others {one.added}"
    )


if __name__ == "__main__":
    main()
