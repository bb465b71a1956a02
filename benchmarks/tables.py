"""Tables of the official forms: govnlp beside `pandas.read_html` with a decoder and beside counting numbers.

`python -m benchmarks.tables` measures and prints; `--json FILE` keeps the numbers; `--write-docs` puts them into
docs/benchmarks.md; `--quick` reads few pages.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import measure, show
from benchmarks.measure import Run
from benchmarks.pages import CONDITIONS, ordinary_pages, pages
from benchmarks.readers import READERS, Score, score

DOCS = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Machine:
    """What the numbers were measured on."""

    processor: str
    cores: int
    python: str
    pandas: str
    lxml: str
    govnlp: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. Speeds are pages a CPU second by reader, `page_bytes` the mean size of a page, memory is in bytes."""

    machine: Machine
    page_bytes: int
    speeds: dict[str, float]
    scores: dict[str, dict[str, Score]]
    pages_scored: int
    bare: Run
    help: Run
    first: Run
    memory: int
    memory_pages: int


def measured(*, quick: bool = False) -> Measured:
    """Measure everything; some two minutes, or seconds where it is to be `quick`."""
    counts = (4, 4, 8, 1) if quick else (30, 60, 200, 5)
    scored, timed, kept, repeats = counts
    made = ordinary_pages(timed)
    return Measured(
        machine=_machine(),
        page_bytes=sum(map(len, made)) // len(made),
        speeds={name: measure.per_second(reader, made) for name, reader in READERS.items()},
        scores=_scores(scored),
        pages_scored=scored,
        bare=measure.bare_python(repeats),
        help=measure.help_page(repeats),
        first=measure.first_report(made[0], repeats),
        memory=measure.peak_memory(ordinary_pages(kept)),
        memory_pages=kept,
    )


def _scores(count: int) -> dict[str, dict[str, Score]]:
    """The score of each reader under each condition, all on the same pages."""
    found: dict[str, dict[str, Score]] = {}
    for condition in CONDITIONS:
        made = [(one.data, one.printed) for one in pages(condition, count)]
        found[condition.name] = {name: score(reader, made) for name, reader in READERS.items()}
    return found


def _machine() -> Machine:
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        python=platform.python_version(),
        pandas=version("pandas"),
        lxml=version("lxml"),
        govnlp=version("govnlp"),
    )


def _processor() -> str:
    """The name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tables", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers to FILE")
    parser.add_argument("--write-docs", action="store_true", help="put the results into docs/benchmarks.md")
    parser.add_argument("--quick", action="store_true", help="read few pages: a look, not a measurement")
    options = parser.parse_args()
    if options.quick and options.write_docs:
        parser.error("--write-docs needs a whole run: leave --quick out")
    result = measured(quick=options.quick)
    print(show.as_text(result))
    if options.json:
        options.json.write_text(json.dumps(_plain(result), ensure_ascii=False, indent=2) + "\n", "utf-8")
    if options.write_docs:
        DOCS.write_text(show.with_block(DOCS.read_text("utf-8"), show.as_markdown(result)), "utf-8")


def _plain(result: Measured) -> dict[str, object]:
    """The run as JSON holds it: named fields all the way down."""
    scores = {name: {reader: one._asdict() for reader, one in row.items()} for name, row in result.scores.items()}
    runs = {name: getattr(result, name)._asdict() for name in ("bare", "help", "first")}
    return {**asdict(result), "scores": scores, **runs}


if __name__ == "__main__":
    main()
