"""Which form each line of a document's tables belongs to, and where one printing of a form ends and the next begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govnlp.schema.forms import TABLES, FormTable
from govnlp.tables.lines import Line
from govnlp.tables.match import RowMatch, families, row_matches

_STEP_BACK = 3
_MOST_OWN = 6
_WIDE = 3
_MOST_PATH = 12


@dataclass(frozen=True, slots=True)
class Matched:
    """A line with the rows of its form that it can be."""

    line: Line
    rows: tuple[RowMatch, ...]

    @property
    def pieces(self) -> int:
        """How many of its last labels name the row."""
        return self.rows[0].pieces if self.rows else 0


@dataclass(frozen=True, slots=True)
class Band:
    """Successive lines of one printing of one form."""

    form: FormTable
    lines: tuple[Matched, ...]


def bands(lines: Iterable[Line]) -> tuple[list[Band], list[Line]]:
    """The printings of forms in order, and the lines that belong to none."""
    found: list[tuple[FormTable, list[Matched]]] = []
    strange: list[Line] = []
    current: FormTable | None = None
    for line in lines:
        name, rows = _family(line, current)
        if name is None and found and _goes_on(found[-1], line):
            name = "remedies"
        if name is None:
            strange.append(line)
            continue
        matched = Matched(line, rows)
        if name != current or _begins_again(found[-1][1], matched):
            found.append((name, []))
        found[-1][1].append(matched)
        current = name
    return [Band(name, tuple(group)) for name, group in _joined(found)], strange


def _goes_on(band: tuple[FormTable, list[Matched]], line: Line) -> bool:
    """Whether a line of unknown label is one more row of figures under the headings of 复议诉讼."""
    name, lines = band
    last = lines[-1].line
    return name == "remedies" and last.table == line.table and len(last.values) == len(line.values) >= _WIDE


def _family(line: Line, current: FormTable | None) -> tuple[FormTable | None, tuple[RowMatch, ...]]:
    """The form that knows most labels of a line, the form of the line before where that is as good; and its rows."""
    words = tuple(label.content.bare for label in line.labels)
    if current and line.own and all(current in families(word) for word in words):
        rows = _rows(current, words, line)
        if rows:
            return current, rows
    known = Counter(name for word in words for name in families(word))
    rows_of = {name: _rows(name, words, line) if line.own else () for name in TABLES}
    known.update(name for name, rows in rows_of.items() if rows)
    if not known:
        return None, ()
    best = max(known.values())
    name = current if current and known[current] == best else next(one for one in TABLES if known[one] == best)
    return name, rows_of[name]


def _rows(name: FormTable, words: tuple[str, ...], line: Line) -> tuple[RowMatch, ...]:
    start = len(words) - min(line.own, _MOST_OWN)
    printed = tuple(label.text for label in line.labels[start:])
    return row_matches(name, words[start:], words[:start][-_MOST_PATH:], printed)


def _begins_again(held: Sequence[Matched], matched: Matched) -> bool:
    """Whether a line is a row that was read already, and stands well before the last one: a second printing."""
    last = next((one.rows[0].row for one in reversed(held) if len(one.rows) == 1), None)
    if len(matched.rows) != 1 or last is None or matched.rows[0].row > last - _STEP_BACK:
        return False
    return any(len(one.rows) == 1 and one.rows[0].row == matched.rows[0].row for one in held)


def _joined(found: list[tuple[FormTable, list[Matched]]]) -> list[tuple[FormTable, list[Matched]]]:
    """Parts of one printing cut in two by another table (a page break, a note) joined again."""
    joined: list[tuple[FormTable, list[Matched]]] = []
    for name, group in found:
        earlier = next((held for held_name, held in reversed(joined) if held_name == name), None)
        if earlier and name != "remedies" and not any(_begins_again(earlier, one) for one in group):
            earlier += group
        else:
            joined.append((name, group))
    return joined
