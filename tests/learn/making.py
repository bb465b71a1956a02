"""Annotations and a small model for these tests; the sentences are our own."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import numpy as np

from govnlp.learn.examples import examples
from govnlp.learn.linear import Figure, Linear, Settings, learnt, read_classes, write_linear
from govnlp.prose.annotations import Annotated, Label, Mark, to_line
from govnlp.schema.text import Span

NEW, FEES, TOTAL = "applications.new.total", "fees.information.amount", "disclosure.total"


def marked(sheet: str, section: str | None = "applications", year: int | None = 2016) -> Annotated:
    """A passage from text with marks: 收到{12|applications.new.total}件; the kind is told by the surface.

    A label may end in its value (=12, which carries a total), its period (@previous), its scope (/sub).
    """
    text, marks = "", []
    for place, piece in enumerate(sheet.replace("}", "{").split("{")):
        surface, _, name = piece.partition("|")
        if place % 2:
            kind = "figure" if surface[0].isdigit() else "all" if "=" in name else "none"
            marks.append(Mark(Span(len(text), len(text) + len(surface)), kind, (_label(name),)))  # type: ignore[arg-type]
        text += surface
    return Annotated(text, tuple(marks), section, year)  # type: ignore[arg-type]


def _label(written: str) -> Label:
    name, _, value = written.partition("=")
    name, _, scope = name.partition("/")
    name, _, period = name.partition("@")
    made = Label(name, Decimal(value) if value else None)
    return made._replace(period=period or "year", scope="subordinate" if scope else "own")  # type: ignore[arg-type]


def write(passages: list[Annotated], path: Path) -> Path:
    path.write_text("".join(to_line(one) + "\n" for one in passages), "utf-8")
    return path


def known(count: int = 30) -> list[Annotated]:
    """What the small model knows: 收到 tells applications, 发布 what was disclosed, everything else nothing."""
    ways = [
        "本年收到申请{%d|applications.new.total}件,走访群众%d户。",
        "全年发布政府信息{%d|disclosure.total}条,召开例会%d次。",
        "共受理公开申请{%d|applications.new.total}件;接待来访%d批。",
    ]
    return [marked(ways[at % len(ways)] % (at + 3, at + 40)) for at in range(count)]


def slang(count: int = 40) -> list[Annotated]:
    """Words that the small model has never seen: 求件 are applications, 晒单 what was disclosed."""
    ways = [
        "窗口年内登记求件{%d|applications.new.total}宗,发放袋子%d只。",
        "晒单{%d|disclosure.total}则,贴墙报%d面。",
        "登记在册的求件有{%d|applications.new.total}宗,另有散页%d张。",
        "年内晒单{%d|disclosure.total}则,散页%d张另放。",
    ]
    return [marked(ways[at % len(ways)] % (at + 5, at + 60)) for at in range(count)]


def small_model(folder: Path) -> Path:
    """A model folder without an encoder, which learnt from `known`."""
    folder.mkdir(parents=True)
    classes = {"figures": ["", "part", TOTAL, NEW], "signs": [TOTAL, NEW], "periods": ["year"], "scopes": ["own"]}
    (folder / "labels.json").write_text(json.dumps(classes), "utf-8")
    (folder / "card.json").write_text(json.dumps({"mixture": {"linear": 1.0, "encoder": 1.0, "alone": 1.0}}), "utf-8")
    empty = Linear(np.zeros(0, np.uint32), np.zeros((0, 4), np.float32), np.zeros(4, np.float32))
    write_linear(learnt(empty, figures(known(), folder, weight=2.0), Settings(rate=0.5)), folder)
    write(known(), folder / "replay.jsonl")
    return folder


def figures(passages: list[Annotated], model: Path, weight: float = 1.0) -> list[Figure]:
    classes = read_classes(model).figures
    markers = [one for example in examples(passages) for one in example.markers if one.kind == "figure"]
    return [Figure(one.hashes, classes.index(one.indicator), weight) for one in markers]


def share_right(model: Linear, found: list[Figure]) -> float:
    """The share of figures whose class the linear model tells."""
    rows = [model.places(one.hashes) for one in found]
    scores = [model.weights[row].sum(0) / np.sqrt(max(1, len(row))) + model.bias for row in rows]
    return float(np.mean([row.argmax() == one.wanted for row, one in zip(scores, found, strict=True)]))


def copied(model: Path, folder: Path) -> Path:
    shutil.copytree(model, folder)
    return folder
