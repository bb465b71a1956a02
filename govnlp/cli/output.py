"""The two streams: what is asked for goes to standard output, what is said about it to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

# Columns of a table that goes to a file or another program.
_WIDTH = 160
# Control characters of a document or of a file name would drive the terminal; tabs and line ends become spaces.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)), " ")


def safe(text: str) -> str:
    r"""The text as a terminal may show it: no control characters, no halves of characters.

    >>> safe("a\x1b[31mb\udcff")
    'a [31mb?'
    """
    return text.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def complain(line: str) -> None:
    """One line on standard error."""
    typer.echo(safe(line), err=True)


def use_utf8() -> None:
    """Write UTF-8 with bare line ends on standard output, whatever the locale: data, not a page for the terminal."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def write_text(pieces: Iterable[str], out: Path | None) -> None:
    """UTF-8 with bare line ends to a file, or to standard output as it comes; `OSError` where the file cannot be made."""
    if out is None:
        use_utf8()
        for piece in pieces:
            sys.stdout.write(piece)
            sys.stdout.flush()
        return
    with out.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(pieces)


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def console() -> Console:
    """The console of standard output; it never fails on a character that the terminal lacks."""
    from rich.console import Console

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    width = None if is_terminal() else _WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """Gives what to call after each document: it moves a bar on standard error where many are read at a terminal."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=safe(name)[-60:])
