"""The pictures of a panel as one page that can be hovered over and zoomed; it needs nothing from the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from govnlp.extras import imported
from govnlp.panel.counts import COVERAGE, CoverageGrid, Failures, Series
from govnlp.schema.identities import short_name
from govnlp.schema.indicators import indicator as indicator_of

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MOST_ORGANS, _MOST_LINES = 2000, 500
_NAMES = {"complete": "完整", "partial": "部分", "no_figures": "无数据", "missing": "缺年", "outside": "范围外"}
_HEAD = """<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>govnlp panel</title>
<style>body { font-family: sans-serif; max-width: 1200px; margin: 1rem auto; padding: 0 1rem }</style>
</head>
<body>
"""


def page(covered: CoverageGrid, lines: Sequence[Series], failed: Failures, colours: Mapping[str, str]) -> str:
    """All pictures as one HTML page, the library that draws them inside it."""
    figures = [_coverage(covered, colours), *map(_series, lines), _failures(failed)]
    html = imported("plotly.io", "plot").to_html
    parts = [html(one, full_html=False, include_plotlyjs=at == 0) for at, one in enumerate(figures)]
    return _HEAD + "\n".join(parts) + "\n</body>\n</html>\n"


def _coverage(grid: CoverageGrid, colours: Mapping[str, str]) -> go.Figure:
    objects = imported("plotly.graph_objects", "plot")
    shown = grid.organs[:_MOST_ORGANS]
    kinds = grid.cells[:_MOST_ORGANS]
    count = len(COVERAGE)
    scale = [(edge / count, colours[kind]) for at, kind in enumerate(COVERAGE) for edge in (at, at + 1)]
    figure = objects.Figure(
        objects.Heatmap(
            z=[[COVERAGE.index(one) for one in line] for line in kinds],
            text=[[_NAMES[one] for one in line] for line in kinds],
            x=list(map(str, grid.years)), y=list(shown), zmin=-0.5, zmax=count - 0.5, colorscale=scale, xgap=1, ygap=1,
            hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
            colorbar={"tickvals": list(range(count)), "ticktext": [_NAMES[kind] for kind in COVERAGE]},
        )
    )  # fmt: skip
    more = f", 缺口最多的 {len(shown):,} 个" if len(shown) < len(grid.organs) else ""
    figure.update_layout(title=f"覆盖情况 Coverage: {len(grid.organs):,} 个机关{more}", height=_height(len(shown)))
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(type="category")
    return figure


def _series(one: Series) -> go.Figure:
    objects = imported("plotly.graph_objects", "plot")
    years = list(map(str, one.years))
    figure = objects.Figure()
    for line in one.lines[:_MOST_LINES]:
        figure.add_scatter(
            x=years, y=list(line.values), name=line.organ, mode="lines+markers", opacity=0.4, line={"width": 1},
            marker={"size": 4}, showlegend=False, hovertemplate="%{fullData.name}<br>%{x}: %{y:,}<extra></extra>",
        )  # fmt: skip
    for name, at, width in (("下四分位", 0, 1.5), ("中位数", 1, 3.5), ("上四分位", 2, 1.5)):
        values = [three[at] if three else None for three in one.quartiles]
        figure.add_scatter(x=years, y=values, name=name, mode="lines", line={"width": width, "color": "#a4243b"})
    unit = indicator_of(one.indicator).unit
    figure.update_layout(title=f"{short_name(one.indicator)} ({unit}) <sub>{one.indicator}</sub>", height=520)
    figure.update_xaxes(type="category")
    return figure


def _failures(failed: Failures) -> go.Figure:
    objects = imported("plotly.graph_objects", "plot")
    shares = [
        [bad / every if every else None for bad, every in zip(*pair, strict=True)]
        for pair in zip(failed.failed, failed.tried, strict=True)
    ]
    counts = [
        [f"{bad}/{every}" if every else "" for bad, every in zip(*pair, strict=True)]
        for pair in zip(failed.failed, failed.tried, strict=True)
    ]
    figure = objects.Figure(
        objects.Heatmap(
            z=shares, text=counts, texttemplate="%{text}", x=list(map(str, failed.years)), y=list(failed.ids), zmin=0,
            zmax=1, colorscale="OrRd", hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
        )
    )  # fmt: skip
    none = "" if failed.ids else " (无)"
    figure.update_layout(title=f"不成立的勾稽关系 Failed checks{none}", height=_height(len(failed.ids)))
    figure.update_yaxes(autorange="reversed", type="category", automargin=True)
    figure.update_xaxes(type="category")
    return figure


def _height(rows: int) -> int:
    return min(260 + 16 * rows, 6000)
