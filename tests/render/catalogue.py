"""Every shape and every damage by name, what may be asked of each, and which do not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import Literal, NamedTuple

from tests.render import damages, flat, html, wording
from tests.render.fill import filled
from tests.render.forms import tables
from tests.render.grid import Block, Cell, Heading, Page, lenient
from tests.render.source import Source

Demand = Literal["exact", "lenient", "blank_rows_lenient"]


class Shape(NamedTuple):
    """A way to store a page. `demand` says what may be missing from its reading (with an issue): nothing, anything, or
    the figures of rows that have a blank among them."""

    name: str
    render: Callable[[Page, Random], Source]
    demand: Demand = "exact"
    needs_damage: str | None = None


class Damage(NamedTuple):
    """A damage, the shapes that it does not go with, the forms that it touches (none named: all), and the shapes in
    which a figure may be missing after it, with an issue."""

    name: str
    apply: Callable[[Page, Random], Page]
    without: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    lenient_in: frozenset[str] = frozenset()


HTML_SHAPES = (
    Shape("plain", html.plain), Shape("nested", html.nested), Shape("layout_table", html.layout_table),
    Shape("word_export", html.word_export), Shape("breaks_in_labels", html.breaks_in_labels),
    Shape("full_width", html.full_width), Shape("references", html.references),
    Shape("span_too_long", html.span_too_long, "lenient"), Shape("span_too_short", html.span_too_short, "lenient"),
    Shape("colspan_wrong", html.colspan_wrong), Shape("glued", html.glued), Shape("cut_in_two", html.cut_in_two),
    Shape("of_divs", html.of_divs), Shape("transposed", html.transposed, "lenient"), Shape("furnished", html.furnished),
    Shape("gb18030", html.gb18030), Shape("utf16", html.utf16), Shape("big5", html.big5, needs_damage="traditional"),
    Shape("charset_lies", html.charset_lies), Shape("unclosed", html.unclosed),
)  # fmt: skip
FLAT_SHAPES = (
    Shape("bars", flat.bars), Shape("bars_with_spans", flat.bars_with_spans),
    Shape("bars_and_breaks", flat.bars_and_breaks),
    Shape("lines", flat.lines), Shape("lines_dropped", flat.lines_dropped, "blank_rows_lenient"),
    Shape("lines_and_breaks", flat.lines_and_breaks, "blank_rows_lenient"), Shape("markdown", flat.markdown),
    Shape("tabs", flat.tabs), Shape("aligned", flat.aligned, "blank_rows_lenient"),
    Shape("labels_then_figures", flat.labels_then_figures, "lenient"),
    Shape("one_line", flat.one_line, "blank_rows_lenient"),
)  # fmt: skip
SHAPES = HTML_SHAPES + FLAT_SHAPES

_LINES = frozenset({"lines", "lines_dropped", "lines_and_breaks"})
_SPACED = frozenset({"aligned", "one_line"})
_GRIDLESS = frozenset({"labels_then_figures", "transposed"})
_MATRIX = frozenset({"art50v1", "art50v2"})
_STAT = frozenset({"stat2014"})


def _damage(
    apply: Callable[[Page, Random], Page],
    without: Iterable[str] = (),
    forms: Iterable[str] = (),
    lenient_in: Iterable[str] = (),
) -> Damage:
    return Damage(apply.__name__, apply, frozenset(without), frozenset(forms), frozenset(lenient_in))


# In the order in which they befall a page: rows and columns first, then figures, then wording.
DAMAGES = (
    _damage(damages.rows_dropped),
    _damage(damages.no_closed_row, forms=_MATRIX),
    _damage(damages.no_legal_service, forms=_MATRIX),
    _damage(damages.no_total_column, forms=_MATRIX),
    _damage(damages.groups_lost, forms=_MATRIX),
    _damage(damages.captions_lost, forms=_MATRIX),
    _damage(damages.unknown_column),
    _damage(damages.last_year_column, forms=_STAT),
    _damage(damages.unknown_row),
    _damage(damages.row_repeated, without=_GRIDLESS),
    _damage(damages.header_repeated, without=_GRIDLESS),
    _damage(damages.groups_torn, forms=_MATRIX),
    # Where an empty cell leaves no trace, or spaces alone part the cells, a torn row cannot be told from a label.
    _damage(damages.row_torn, without=_SPACED | _GRIDLESS | {"lines_dropped", "lines_and_breaks"}),
    _damage(wording.one_slip),
    _damage(damages.cells_blanked),
    _damage(damages.zeros_blanked),
    _damage(damages.row_blanked),
    _damage(wording.amounts_in_yuan),
    _damage(wording.unit_lost, forms={"art50v1"}),
    _damage(wording.units_in_cells, forms=_MATRIX),
    _damage(wording.thousands),
    # Where a line is all that marks a cell, a label on two lines looks like two cells (some rewordings are so torn).
    _damage(wording.labels_reworded, lenient_in=_LINES),
    # Where one space parts the cells, a spaced label falls apart.
    _damage(wording.labels_spaced, lenient_in={"one_line"}),
    # Where spaces alone part the cells, a space inside a figure makes two figures of it.
    _damage(wording.spaces_inside, without=_SPACED),
    _damage(wording.labels_on_lines, without=_SPACED, lenient_in=_LINES),
    _damage(wording.pinyin),
    _damage(wording.traditional),
)


def fits(shape: Shape, chosen: Iterable[Damage], form: str) -> bool:
    """Whether the shape and the damages make a page that a careful clerk could read."""
    names = [damage.name for damage in chosen]
    if shape.needs_damage and shape.needs_damage not in names:
        return False
    return all(shape.name not in one.without and (not one.forms or form in one.forms) for one in chosen)


ARTICLE50_HEADINGS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
OPENING: tuple[Block, ...] = (
    "本报告依据《中华人民共和国政府信息公开条例》编制,由澄湖县人民政府办公室汇总。",
    Heading("一、总体情况"),
    "县政府办公室督促各单位按时更新公开目录,答复群众关切。",
)
CLOSING: tuple[Block, ...] = (
    Heading("五、存在的主要问题及改进情况"),
    "个别单位更新不够及时,下一步将加强督促检查。",
    Heading("六、其他需要报告的事项"),
    "没有其他需要报告的事项。",
)


def page(form: str, random: Random, other_rows: int | None = None, slip: bool = False) -> Page:
    """A report with a form filled in at random, and prose without any figure around it."""
    year = {"stat2014": 2016, "art50v1": 2020, "art50v2": 2022}[form]
    is_stat = form == "stat2014"
    headings = ("政府信息公开情况统计表",) if is_stat else ARTICLE50_HEADINGS
    made = tables(filled(form, random, other_rows, slip))
    middle = [one for pair in zip(map(Heading, headings), made, strict=True) for one in pair]
    blocks = (*OPENING, *middle, *(() if is_stat else CLOSING))
    return Page(f"澄湖县人民政府{year}年政府信息公开工作年度报告", year, form, blocks)


def render(made: Page, shape: Shape, chosen: Iterable[Damage], random: Random) -> tuple[Page, Source]:
    """The page damaged and stored: what reading it must give, and the file."""
    for damage in sorted(chosen, key=DAMAGES.index):
        made = damage.apply(made, random)
    wanted = lenient(made) if any(shape.name in damage.lenient_in for damage in chosen) else demanded(made, shape)
    return wanted, shape.render(made, random)


def demanded(made: Page, shape: Shape) -> Page:
    """The page with what the shape makes doubtful marked lenient."""
    if shape.demand == "lenient":
        return lenient(made)
    if shape.demand == "exact":
        return made
    doubtful = {id(cell) for table in made.tables for row in table.rows() for cell in _beside_blanks(row)}
    return lenient(made, lambda cell: id(cell) in doubtful)


def _beside_blanks(row: list[Cell]) -> list[Cell]:
    """The figure cells of a row in which one is empty; none where the row's unit shows that its only figure is."""
    figures = [cell for cell in row if cell.indicator]
    if all(cell.text for cell in figures):
        return []
    others = [cell for cell in row if cell.role == "note" and cell.text]
    has_unit = any(cell.role == "unit" and cell.text for cell in row)
    return [] if len(figures) == 1 and has_unit and not others else figures
