"""The written form of the corpus: one file a voice, marks inline (收到{12|applications.new.total}件).

`README.md` beside this file describes the form. Faults are values: a file that cannot be read wholly is read as far as
it goes, and the linter tells the rest.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, cast

from corpora.figures import canonical, figure_value, label_value
from corpora.records import SECTIONS, Kind, Label, Mark, Passage
from govnlp.errors import FormatError, SourceError
from govnlp.normalise.units import unit_at
from govnlp.schema.facts import Period, Scope
from govnlp.schema.report import SectionKind

FOLDER = Path(__file__).parent / "voices"


class Fault(NamedTuple):
    """What the written form does not allow; `line` counts from 1."""

    line: int
    message: str


class Voice(NamedTuple):
    """One file: who writes, the passages, the lines on which they stand, and what could not be read."""

    name: str
    level: str
    style: str
    passages: tuple[Passage, ...]
    lines: tuple[int, ...]
    faults: tuple[Fault, ...]


class _Head(NamedTuple):
    section: SectionKind
    year: int


_NO_HEAD = _Head("other", 0)
_FIELD = re.compile(r"@\s*(voice|level|style):\s*(\S.*?)\s*$")
_HEAD = re.compile(r"#\s*section=(\w+)\s+year=(20[0-2]\d)\s*$")
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_LABEL = re.compile(r"([a-z_]+(?:\.[a-z_0-9]+)*)(=\d+(?:\.\d+)?)?(@previous|@cumulative)?(/sub)?(=\d+(?:\.\d+)?)?")


def read_voice(path: Path) -> Voice:
    """The voice of a file; `SourceError` where the file cannot be read.

    >>> read_voice(FOLDER / "no-such-voice.txt")
    Traceback (most recent call last):
    govnlp.errors.SourceError: no-such-voice.txt: there is no such voice file
    """
    try:
        return parse_voice(path.read_text("utf-8"), path.stem)
    except FileNotFoundError:
        raise SourceError(f"{path.name}: there is no such voice file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: the voice file cannot be read ({error})") from None


def read_voices(folder: Path = FOLDER) -> list[Voice]:
    """Every voice of a folder, by name."""
    return [read_voice(path) for path in sorted(folder.glob("*.txt"))]


def passages(voices: list[Voice]) -> list[Passage]:
    """The passages of voices; `FormatError` where a file has a fault (`python -m corpora.lint` lists them all)."""
    for voice in voices:
        if voice.faults:
            raise FormatError(f"{voice.name}: line {voice.faults[0].line}: {voice.faults[0].message}")
    return [passage for voice in voices for passage in voice.passages]


def parse_voice(text: str, name: str) -> Voice:
    r"""The voice written in `text`.

    >>> sheet = "@ voice: a\n@ level: county\n@ style: plain\n\n# section=fees year=2016\n收费{12|fees.information.amount}元。"
    >>> [mark.labels[0].value for mark in parse_voice(sheet, "a").passages[0].marks]
    [Decimal('12')]
    """
    lines = text.splitlines()
    fields = {found[1]: found[2] for line in lines if (found := _FIELD.match(line))}
    voice = Voice(fields.get("voice", name), fields.get("level", ""), fields.get("style", ""), (), (), ())
    faults = [Fault(1, f"@ {key}: is missing") for key in ("voice", "level", "style") if key not in fields]
    made: list[Passage] = []
    places: list[int] = []
    head: _Head | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            head = _head(line)
            faults += [Fault(number, f"no header of a passage: {line}")] if head is None else []
        elif line.strip() and not line.startswith("@"):
            passage, told = _passage(line, head or _NO_HEAD, voice)
            told += ["a passage needs `# section=… year=…` above it"] if head is None else []
            faults += [Fault(number, message) for message in told]
            made.append(passage)
            places.append(number)
    return voice._replace(passages=tuple(made), lines=tuple(places), faults=tuple(faults))


def _head(line: str) -> _Head | None:
    found = _HEAD.match(line)
    if not found or found[1] not in SECTIONS:
        return None
    return _Head(cast("SectionKind", found[1]), int(found[2]))


def _passage(line: str, head: _Head, voice: Voice) -> tuple[Passage, list[str]]:
    """A line as a passage, and what of it could not be read."""
    text, spots = _unmarked(line.rstrip())
    told = ["a brace that belongs to no mark"] if "{" in text or "}" in text else []
    marks = []
    for start, end, sheet in spots:
        mark, bad = _mark(text, start, end, sheet)
        told += bad
        marks.append(mark)
    return Passage(voice.name, voice.level, voice.style, head.section, head.year, text, tuple(marks)), told


def _unmarked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and where each mark stood."""
    pieces: list[str] = []
    spots: list[tuple[int, int, str]] = []
    at = length = 0
    for found in _MARK.finditer(line):
        pieces += [line[at : found.start()], found[1]]
        length += found.start() - at
        spots.append((length, length + len(found[1]), found[2]))
        length += len(found[1])
        at = found.end()
    return "".join((*pieces, line[at:])), spots


def _mark(text: str, start: int, end: int, sheet: str) -> tuple[Mark, list[str]]:
    kind = kind_of(text, start, end, sheet)
    labels: list[Label] = []
    bad: list[str] = []
    for one in sheet.split("+"):
        found = _LABEL.fullmatch(one)
        if found is None:
            bad.append(f"no label: {one!r} of {text[start:end]!r}")
            continue
        labels.append(_label(found, kind, text, (start, end)))
    return Mark(start, end, kind, tuple(labels)), bad


def kind_of(text: str, start: int, end: int, sheet: str = "") -> Kind:
    """What the surface at `[start, end)` is: a value in the label makes it an `all`, a numeral a `figure`, else it denies.

    零 denies where no unit follows it and more of its clause does (零申请); else it is a figure.

    >>> kind_of("收到12件", 2, 4), kind_of("均无", 0, 2), kind_of("零申请", 0, 1), kind_of("收到零件", 2, 3)
    ('figure', 'none', 'none', 'figure')
    """
    if "=" in sheet:
        return "all"
    surface = text[start:end]
    if surface == "零" and text[end : end + 1].strip(" ，,。；;、)）") and unit_at(text, end) is None:
        return "none"
    return (
        "figure" if figure_value(surface) is not None or label_value("part", text, start, end) is not None else "none"
    )


def _label(found: re.Match[str], kind: Kind, text: str, span: tuple[int, int]) -> Label:
    """One label of a mark. The value of a carried total stands in the label, before or after its period."""
    period = cast("Period", found[3][1:] if found[3] else "year")
    scope: Scope = "subordinate" if found[4] else "own"
    carried = found[2] or found[5]
    if kind == "figure":
        value = label_value(found[1], text, *span)
    elif kind == "none":
        value = Decimal(0)
    else:
        value = canonical(Decimal(carried[1:])) if carried else None
    return Label(found[1], value, period, scope)
