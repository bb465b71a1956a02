"""`govnlp train`: a model that learns from a user's own annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.evaluate import complain_lines
from govnlp.cli.output import safe, use_utf8
from govnlp.errors import GovnlpError, OptionError
from govnlp.model_files import DEFAULT, model_path

if TYPE_CHECKING:
    from govnlp.learn.measure import Measured
    from govnlp.learn.train import Learnt


def train(
    annotations: Annotated[Path, typer.Option("--annotations", metavar="FILE", help="Annotated passages (JSONL).")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder for the model.")],
    base: Annotated[str, typer.Option("--base", metavar="DIR", help="The model to start from.")] = DEFAULT,
    json_: Annotated[bool, typer.Option("--json", help="Write what was learnt as one JSON object.")] = False,
) -> None:
    """Teach a model your own annotations; what it knew is learnt again beside them, so that it is not forgotten.

    A fifth of the passages is held out and tells what was learnt. Exit codes: 0 it was written; 1 the annotations or the
    base cannot be used; 2 wrong usage.
    """
    from govnlp.learn.train import fine_tune

    try:
        with _epochs() as step:
            found = fine_tune(annotations, model_path(base), output, step=step)
    except OptionError as error:
        raise typer.BadParameter(str(error)) from None
    except (GovnlpError, OSError) as error:
        complain_lines(str(error))
        raise typer.Exit(1) from None
    if json_:
        use_utf8()
        sys.stdout.write(_as_json(found) + "\n")
        return
    for line in _told(found, output):
        typer.echo(safe(line))


@contextmanager
def _epochs() -> Iterator[Callable[[], None]]:
    """Moves a bar on standard error at a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from govnlp.learn.linear import Settings

    columns = (BarColumn(), TextColumn("learning"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=Settings().epochs)
        yield lambda: bar.update(task, advance=1)


def _told(found: Learnt, output: Path) -> Iterator[str]:
    told = f"{found.figures} figures, {found.signs} statements of none and carried totals"
    others = f"; {found.others} of another period or scope" if found.others else ""
    yield f"learnt from {found.passages} passages ({told}{others}), beside {found.replayed} that the base knew"
    yield _change(f"held out ({found.held_out} passages)", found.before, found.after)
    if found.kept_before is not None and found.kept_after is not None:
        yield _change(f"kept ({found.kept_before.units} passages)", found.kept_before, found.kept_after)
    if found.unknown:
        named = ", ".join(f"{name} ({count})" for name, count in sorted(found.unknown.items()))
        yield f"not learnt, for the base has no class for them: {named}"
    if found.unfound:
        yield f"not learnt: {found.unfound} marks on words in which no denial and no carried total is looked for"
    yield f'written to {output}; use it with extract(…, model="{output}")'


def _change(name: str, before: Measured, after: Measured) -> str:
    rates = (
        f"{title} {getattr(before.overall, rate):.3f} -> {getattr(after.overall, rate):.3f}"
        for title, rate in (("precision", "precision"), ("recall", "recall"), ("F1", "f1"))
    )
    return f"{name}: {', '.join(rates)}"


def _as_json(found: Learnt) -> str:
    from govnlp.learn.as_json import score_record

    pairs = {
        "held_out": (found.before, found.after), "kept": (found.kept_before, found.kept_after),
    }  # fmt: skip
    changes = {
        name: {"passages": before.units, "before": score_record(before.overall), "after": score_record(after.overall)}
        for name, (before, after) in pairs.items()
        if before is not None and after is not None
    }
    counts = {
        "passages": found.passages, "figures": found.figures, "signs": found.signs, "others": found.others,
        "replayed": found.replayed,
    }  # fmt: skip
    return json.dumps({**counts, **changes, "unknown": found.unknown, "not_found": found.unfound}, indent=1)
