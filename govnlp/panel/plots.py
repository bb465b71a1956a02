"""Pictures of a panel: coverage, one indicator over the years, failed checks; PNG files and one interactive page.

Needs the extra `plot`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govnlp.errors import OptionError
from govnlp.extras import imported
from govnlp.panel.counts import COVERAGE, CoverageGrid, Failures, Series, coverage, failures, series
from govnlp.panel.panel import Panel
from govnlp.panel.plot_page import page
from govnlp.schema.identities import short_name
from govnlp.schema.indicators import indicator as indicator_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC", "SimHei")  # fmt: skip
COLOURS = {"complete": "#2a7f62", "partial": "#e3b23c", "no_figures": "#d96c3f", "missing": "#a4243b", "outside": "#eeeeee"}  # fmt: skip
_MOST_ORGANS, _MOST_LINES, _MOST_CHECKS = 50, 200, 40
_DPI = 130


class Plots(NamedTuple):
    """The files that were written, and what a person should know of them."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...]


def plot(panel: Panel, out: str | os.PathLike[str], indicators: Sequence[str] = ("applications.new.total",)) -> Plots:
    """Write `coverage.png`, `checks.png`, a PNG for each indicator, and `panel.html` with all of them, to `out`.

    `UnknownIndicatorError`: no indicator has such an id; `OptionError`: `out` is no folder, or the panel is empty;
    `MissingExtraError`: the extra `plot` is not there.
    """
    if not panel.rows:
        raise OptionError("there is nothing to plot: no report of the archive has an organ and a year.")
    lines = [series(panel, name) for name in indicators]
    covered, failed = coverage(panel), failures(panel)
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError(f"{folder}: the folder cannot be made: {error.strerror or error}.") from error
    draw = _Drawing(folder)
    draw.save("coverage", lambda figure: _coverage(figure, covered), _height(len(covered.organs), _MOST_ORGANS) + 2.5)
    for one in lines:
        draw.save(one.indicator, lambda figure, one=one: _series(figure, one, draw.has_hanzi), 5.0)  # type: ignore[misc]
    draw.save("checks", lambda figure: _failures(figure, failed), _height(len(failed.ids), _MOST_CHECKS) + 1.0)
    path = folder / "panel.html"
    path.write_text(page(covered, lines, failed, COLOURS), "utf-8")
    return Plots((*draw.paths, path), tuple(draw.notes))


class _Drawing:
    """Where pictures go, and whether Chinese can be written in them."""

    def __init__(self, folder: Path) -> None:
        imported("matplotlib", "plot").use("Agg")
        manager = imported("matplotlib.font_manager", "plot").fontManager
        installed = {font.name for font in manager.ttflist}
        self.font = next((name for name in _FONTS if name in installed), None)
        self.has_hanzi = self.font is not None
        self.folder = folder
        self.paths: list[Path] = []
        missing = (
            "no Chinese font is installed, so that the PNG files show boxes for hanzi; panel.html is not affected."
        )
        self.notes = [] if self.has_hanzi else [missing]

    def save(self, name: str, draw: Callable[[Figure], None], height: float) -> None:
        """Draw a figure and write it."""
        matplotlib = imported("matplotlib", "plot")
        style = {"font.family": [self.font, "DejaVu Sans"] if self.font else "DejaVu Sans", "axes.unicode_minus": False}
        with matplotlib.rc_context(style), _without_remarks():
            figure = imported("matplotlib.figure", "plot").Figure(figsize=(11, height), dpi=_DPI, layout="constrained")
            draw(figure)
            path = self.folder / f"{name}.png"
            figure.savefig(path)
        self.paths.append(path)


@contextmanager
def _without_remarks() -> Iterator[None]:
    """Matplotlib remarks on each Chinese font that has no weight named normal."""
    logger = logging.getLogger("matplotlib.font_manager")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _height(rows: int, most: int) -> float:
    return 1.5 + 0.22 * min(max(rows, 1), most)


def _coverage(figure: Figure, grid: CoverageGrid) -> None:
    """Above how many organs are covered in each year, below the organs with the most gaps, year by year."""
    shown = min(len(grid.organs), _MOST_ORGANS)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(2.5, _height(shown, shown)))
    bottoms = [0] * len(grid.years)
    for kind in COVERAGE[:-1]:
        counts = [sum(line[at] == kind for line in grid.cells) for at in range(len(grid.years))]
        above.bar(
            [at + 0.5 for at in range(len(grid.years))],
            counts,
            bottom=bottoms,
            color=COLOURS[kind],
            label=kind,
            width=0.9,
        )
        bottoms = [low + count for low, count in zip(bottoms, counts, strict=True)]
    above.set_ylabel("organs")
    above.set_title(f"Coverage: {len(grid.organs):,} organs")
    above.legend(ncols=4, frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(0, -0.02))
    colours = imported("matplotlib.colors", "plot").ListedColormap([COLOURS[kind] for kind in COVERAGE])
    numbers = [[COVERAGE.index(one) for one in line] for line in grid.cells[:shown]]
    below.pcolormesh(numbers, cmap=colours, vmin=-0.5, vmax=len(COVERAGE) - 0.5, edgecolors="white", linewidth=0.6)
    below.set_xlim(0, len(grid.years))
    _label_years(below, grid.years)
    below.set_yticks([at + 0.5 for at in range(shown)], grid.organs[:shown], fontsize=7)
    below.invert_yaxis()
    if shown < len(grid.organs):
        below.set_xlabel(f"the {shown} organs with the most gaps; panel.html has more")


def _series(figure: Figure, one: Series, has_hanzi: bool) -> None:
    """Organs as thin lines, the median and the quartiles over them; a scale of logarithms where values differ much."""
    axes = figure.subplots()
    places = range(len(one.years))
    for line in one.lines[:_MOST_LINES]:
        values = [float("nan") if value is None else value for value in line.values]
        axes.plot(
            places, values, color="#5b7fa6", alpha=0.35, linewidth=0.8, marker="." if len(one.lines) < 30 else None
        )
    given = [(at, three) for at, three in zip(places, one.quartiles, strict=True) if three is not None]
    if given:
        at, threes = zip(*given, strict=True)
        low, middle, high = zip(*threes, strict=True)
        axes.fill_between(at, low, high, color="#e3b23c", alpha=0.35, label="quartiles")
        axes.plot(at, middle, color="#a4243b", linewidth=2.2, marker="o", label="median")
        axes.legend(frameon=False)
        if max(high) > 50 * max(1.0, max(middle)) or max(middle) > 50 * max(1.0, min(middle)):
            axes.set_yscale("symlog", linthresh=1)
            axes.yaxis.set_major_formatter(imported("matplotlib.ticker", "plot").StrMethodFormatter("{x:,.0f}"))
    unit = f" ({indicator_of(one.indicator).unit})" if has_hanzi else ""
    axes.set_title(f"{short_name(one.indicator)}  {one.indicator}{unit}" if has_hanzi else one.indicator)
    axes.set_xticks(list(places), [str(year) for year in one.years])
    axes.set_xlabel(f"{len(one.lines):,} organs" + (f", {_MOST_LINES} drawn" if len(one.lines) > _MOST_LINES else ""))


def _failures(figure: Figure, failed: Failures) -> None:
    """How many checks of each identity failed in each year, and of how many."""
    axes = figure.subplots()
    shown = failed.ids[:_MOST_CHECKS]
    axes.set_title("Failed checks, of those that could be decided")
    if not shown:
        axes.text(0.5, 0.5, "no check failed", ha="center", va="center")
        axes.set_axis_off()
        return
    shares = [
        [bad / all_ if all_ else float("nan") for bad, all_ in zip(*pair, strict=True)]
        for pair in zip(failed.failed[: len(shown)], failed.tried[: len(shown)], strict=True)
    ]
    mesh = axes.pcolormesh(shares, cmap="OrRd", vmin=0, vmax=1, edgecolors="white", linewidth=0.6)
    for row, (bad, every) in enumerate(zip(failed.failed, failed.tried, strict=True)):
        for at, count in enumerate(bad if row < len(shown) else ()):
            if every[at]:
                colour = "white" if count > 0.6 * every[at] else "#444444"
                axes.text(
                    at + 0.5, row + 0.5, f"{count}/{every[at]}", ha="center", va="center", fontsize=6, color=colour
                )
    _label_years(axes, failed.years)
    axes.set_yticks([at + 0.5 for at in range(len(shown))], shown, fontsize=8)
    axes.invert_yaxis()
    figure.colorbar(mesh, label="share", shrink=0.6)


def _label_years(axes: Axes, years: Sequence[int]) -> None:
    axes.set_xticks([at + 0.5 for at in range(len(years))], [str(year) for year in years], fontsize=8)
