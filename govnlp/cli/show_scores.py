"""Scores on the terminal: the whole, each group, what is confused with what, the errors with their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from govnlp.cli.output import safe

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from govnlp.learn.compare import Outcome, Said
    from govnlp.learn.measure import Confusion, Interval, Measured, Score

_CONFUSIONS = 15
_QUOTE = 120


def print_scores(page: Console, found: Measured, errors: int) -> None:
    """The whole page of what was measured; `errors` is how many of them to list."""
    for part in _parts(found, errors):
        page.print(part, soft_wrap=isinstance(part, Text))


def _parts(found: Measured, errors: int) -> Iterator[RenderableType]:
    yield from _whole(found)
    groups = (("status", found.by_status), ("section", found.by_section), ("form", found.by_form))
    for name, group in groups:
        if group:
            yield _scores(name, group.items())
    worst = sorted(
        found.by_indicator.items(), key=lambda one: one[1].gold + one[1].read - 2 * one[1].right, reverse=True
    )
    yield _scores("indicator", worst)
    if found.confusions:
        yield _confused(found.confusions)
    if errors and found.errors:
        yield Text(f"errors ({min(errors, len(found.errors))} of {len(found.errors)})", style="bold")
        yield from (line for one in found.errors[:errors] for line in _error(one))


def _whole(found: Measured) -> Iterator[Text]:
    one, around = found.overall, found.intervals
    yield Text(f"{found.units} read: {one.gold} facts in the gold, {one.read} read, {one.right} right", style="bold")
    for name, rate, interval in (
        ("precision", one.precision, around.precision), ("recall", one.recall, around.recall), ("F1", one.f1, around.f1),
    ):  # fmt: skip
        yield Text(f"  {name:<10}{rate:.3f}  {_between(interval)}")


def _between(one: Interval) -> str:
    return f"({one.low:.3f}-{one.high:.3f} in 95 of 100 draws)"


def _scores(name: str, rows: Iterable[tuple[str, Score]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(name, no_wrap=True)
    for title in ("gold", "read", "right", "precision", "recall", "F1"):
        table.add_column(title, justify="right")
    for key, one in rows:
        rates = (
            f"{one.precision:.3f}" if one.read else "-", f"{one.recall:.3f}" if one.gold else "-", f"{one.f1:.3f}",
        )  # fmt: skip
        table.add_row(*map(Text, (safe(key) or "(none)", str(one.gold), str(one.read), str(one.right), *rates)))
    return table


def _confused(found: tuple[Confusion, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title_justify="left")
    for title in ("in the gold", "read as"):
        table.add_column(title, no_wrap=True)
    table.add_column("times", justify="right")
    for gold, read, times in found[:_CONFUSIONS]:
        table.add_row(Text(safe(gold)), Text(safe(read)), Text(str(times)))
    if len(found) > _CONFUSIONS:
        table.add_row(Text(f"and {len(found) - _CONFUSIONS} more", style="dim"), "", "")
    return table


def _error(one: Outcome) -> Iterator[Text]:
    head = Text("✗ ", style="bold red").append(safe(one.place), style="dim")
    head.append(f"  {_told(one.gold)}", style="default").append(f" -> {_told(one.read)}", style="default")
    yield head
    if one.quote:
        quote = " ".join(one.quote.split())
        yield Text(safe(f"    {quote if len(quote) <= _QUOTE else quote[:_QUOTE] + '…'}"))


def _told(one: Said | None) -> str:
    if one is None:
        return "nothing"
    return safe(one.name if one.value is None else f"{one.name} = {one.value:f}")
