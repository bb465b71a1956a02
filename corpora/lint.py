"""Checks the voices and counts what they hold: `python -m corpora.lint [--json] [--voices DIR] [--seeds DIR] [--all]`.

Ends with 1 where there is an error. Warnings, rare indicators, marks that the grammar misses and wordings labelled in two
ways are listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpora.checks import Finding, check_voice
from corpora.copies import alike, copied
from corpora.disputes import Dispute, disputes
from corpora.survey import ENOUGH, Survey, survey
from corpora.voices import FOLDER, Voice, read_voice

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
_SHOWN = 15


class Report(NamedTuple):
    """All findings and all counts; `seeds` tells whether the real reports were there to compare with."""

    findings: tuple[Finding, ...]
    survey: Survey
    seeds: bool
    disputes: tuple[Dispute, ...] = ()

    @property
    def errors(self) -> list[Finding]:
        """The findings that must not stay."""
        return [one for one in self.findings if one.level == "error"]


class _Row(NamedTuple):
    """Where a passage stands."""

    file: str
    line: int


def lint(folder: Path = FOLDER, seeds: Path = SEEDS) -> Report:
    """The voices of a folder, checked alone, against each other and against the reports of `seeds` where it exists.

    >>> lint(FOLDER / "none-here").findings
    ()
    """
    files = {path.stem: read_voice(path) for path in sorted(folder.glob("*.txt"))}
    findings = [found for file, voice in files.items() for found in check_voice(voice, file)]
    findings += _shared(files)
    has_seeds = seeds.is_dir()
    findings += _copied(files, seeds) if has_seeds else []
    passages = [passage for voice in files.values() for passage in voice.passages]
    return Report(tuple(sorted(findings)), survey(passages), has_seeds, tuple(disputes(passages)))


def _rows(files: dict[str, Voice]) -> list[_Row]:
    return [_Row(file, line) for file, voice in files.items() for line in voice.lines]


def _shared(files: dict[str, Voice]) -> Iterator[Finding]:
    """Passages that are alike: an error where they are the same, else a warning."""
    rows = _rows(files)
    texts = [passage.text for voice in files.values() for passage in voice.passages]
    for first, second, share in alike(texts):
        place = f"{rows[first].file}, line {rows[first].line}"
        if share == 1:
            yield Finding("error", *rows[second], "duplicate", f"the passage stands in {place} too")
        else:
            yield Finding(
                "warning", *rows[second], "near_duplicate", f"{share:.0%} of the passage stands in {place} too"
            )


def _copied(files: dict[str, Voice], seeds: Path) -> Iterator[Finding]:
    rows = _rows(files)
    passages = [passage for voice in files.values() for passage in voice.passages]
    for number, run in copied(passages, seeds):
        yield Finding("error", *rows[number], "copied", f"a real report holds the same characters: {run}")


def as_json(report: Report) -> str:
    """Everything as one JSON object: findings, counts, misses."""
    counts = report.survey._asdict()
    counts["recall"] = {
        kind: {**one._asdict(), "share": round(one.share, 4)} for kind, one in report.survey.recall.items()
    }
    counts["misses"] = [miss._asdict() for miss in report.survey.misses]
    findings = [one._asdict() for one in report.findings]
    disputed = [{"wording": one.wording, "uses": [use._asdict() for use in one.uses]} for one in report.disputes]
    return json.dumps(
        {"findings": findings, "seeds_compared": report.seeds, "disputes": disputed, **counts},
        ensure_ascii=False,
        indent=1,
    )


def as_text(report: Report, limit: int = _SHOWN) -> str:
    """The report for a reader; lists stop after `limit` rows (0: never)."""
    return "\n".join(
        (
            *_findings_text(report),
            *_counts_text(report.survey, limit),
            *_misses_text(report.survey, limit),
            *_disputes_text(report.disputes, limit),
            _verdict(report),
        )
    )


def _findings_text(report: Report) -> Iterator[str]:
    for one in report.findings:
        yield f"{one.level}: {one.voice}.txt:{one.line}: {one.message} [{one.code}]"
    if not report.seeds:
        yield "The real reports are not here: sentences were not compared with theirs."


def _counts_text(counts: Survey, limit: int) -> Iterator[str]:
    marks, unmarked = counts.marks, counts.unmarked
    yield f"{counts.voices} voices, {counts.passages} passages, {sum(marks.values())} marks"
    yield f"  figures     {marks['figure']} marked, {unmarked['figure']} unmarked"
    yield f"  none        {marks['none']} marked ({counts.none_share:.1%} of the marks), {unmarked['none']} unmarked"
    yield f"  all         {marks['all']} marked, {unmarked['all']} unmarked"
    yield f"  sections    {', '.join(f'{name} {count}' for name, count in counts.sections.items())}"
    yield f"  years       {', '.join(f'{year} {count}' for year, count in counts.years.items())}"
    rare = [f"  {count:3}  {name}" for name, count in counts.rare.items() if _is_asked(name)]
    yield f"{len(rare)} indicators of {sum(map(_is_asked, counts.indicators))} stand in fewer than {ENOUGH} passages (kinds of applicant left out)"
    yield from _cut(rare, limit)


def _is_asked(name: str) -> bool:
    """Whether the indicator is one that prose gives: the kinds of applicant are told apart by one word each."""
    return (
        not name.startswith("applications.")
        or name.count(".") < 2
        or name.endswith(".total")
        or name.startswith(("applications.new.", "applications.channel."))
    )


def _misses_text(counts: Survey, limit: int) -> Iterator[str]:
    whole = sum(one.marks for one in counts.recall.values())
    found = sum(one.found for one in counts.recall.values())
    yield f"the grammar of mentions finds {found} of {whole} marks ({found / max(1, whole):.1%})"
    for kind, one in counts.recall.items():
        yield f"  {kind:7} {one.found} of {one.marks} ({one.share:.1%}); {one.otherwise} of the rest are found as something else"
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for miss in counts.misses:
        grouped[miss.kind, miss.surface, miss.instead].append(f"{miss.place}  {miss.indicator}")
    ordered = sorted(grouped.items(), key=lambda one: -len(one[1]))
    yield from _cut(
        [
            f"  {len(places):3}  {kind} {surface} (found: {instead})  {places[0]}"
            for (kind, surface, instead), places in ordered
        ],
        limit,
    )


def _disputes_text(found: Sequence[Dispute], limit: int) -> Iterator[str]:
    yield f"{len(found)} wordings are labelled in two ways; often the words around decide"
    rows = []
    for one in found:
        firsts = {use.label: use for use in reversed(one.uses)}
        rows += [f"  {one.wording}"]
        rows += [f"    {label}: {use.voice}  {use.place}" for label, use in sorted(firsts.items())]
    yield from _cut(rows, limit)


def _cut(rows: Sequence[str], limit: int) -> Iterator[str]:
    yield from rows[: limit or None]
    if limit and len(rows) > limit:
        yield f"  … and {len(rows) - limit} more (--all)"


def _verdict(report: Report) -> str:
    levels = Counter(one.level for one in report.findings)
    return f"{levels['error']} errors, {levels['warning']} warnings"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m corpora.lint", description=__doc__)
    parser.add_argument("--voices", type=Path, default=FOLDER, help="folder of the voice files")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of real reports to compare sentences with")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--all", action="store_true", help="never cut a list")
    chosen = parser.parse_args(arguments)
    report = lint(chosen.voices, chosen.seeds)
    sys.stdout.write((as_json(report) if chosen.json else as_text(report, 0 if chosen.all else _SHOWN)) + "\n")
    return 1 if report.errors else 0


if __name__ == "__main__":
    sys.exit(main())
