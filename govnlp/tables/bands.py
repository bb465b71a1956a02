"""Which form each line of a document's tables belongs to, and where one printing of a form ends and the next begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govnlp.schema.forms import TABLES, FormTable
from govnlp.tables.lines import Line
from govnlp.tables.match import RowMatch, families, row_matches

_STEP_BACK = 3


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
        name = _family(line, current)
        if name is None:
            strange.append(line)
            continue
        matched = Matched(line, _rows(name, line))
        if name != current or _begins_again(found[-1][1], matched):
            found.append((name, []))
        found[-1][1].append(matched)
        current = name
    return [Band(name, tuple(group)) for name, group in _joined(found)], strange


def _family(line: Line, current: FormTable | None) -> FormTable | None:
    """The form that knows most labels of a line; the form of the line before where that is as good."""
    known = Counter(name for label in line.labels for name in families(label.content.bare))
    own = [name for name in TABLES if line.own and _rows(name, line)]
    if not known and not own:
        return None
    for name in own:
        known[name] += 1
    best = max(known.values())
    if current and known[current] == best:
        return current
    return next(name for name in TABLES if known[name] == best)


def _rows(name: FormTable, line: Line) -> tuple[RowMatch, ...]:
    words = tuple(label.content.bare for label in line.labels[-6:])
    own = min(line.own, len(words))
    path = tuple(label.content.bare for label in line.labels[:-own]) if own else words
    return row_matches(name, words[len(words) - own :], path[-12:])


def _begins_again(held: Sequence[Matched], matched: Matched) -> bool:
    """Whether a line is a row that was read already, and stands well before the last one: a second printing."""
    if len(matched.rows) != 1:
        return False
    seen = [one.rows[0].row for one in held if len(one.rows) == 1]
    row = matched.rows[0].row
    return row in seen and row <= seen[-1] - _STEP_BACK


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
