"""Whole reports with gold beside them: the answers of `extract` compared with the answers of the gold.

A gold file is JSON: `doc` names the document (in the same folder or the one above), `facts` holds each fact with its
`indicator`, `value`, `status`, `raw` and `from` (table or prose), `doubtful` those that no one can decide, `meta` the form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from govnlp.errors import AnnotationError
from govnlp.learn.compare import Compared, Kind, Outcome, Said, compare
from govnlp.normalise.numerals import find
from govnlp.schema.facts import Evidence, Fact, Period, Scope, Status
from govnlp.schema.indicators import indicators
from govnlp.schema.report import Report

Reader = Callable[[Path], Report]


class GoldFact(BaseModel):
    """A fact of the gold; an empty cell has no value."""

    indicator: str
    value: Decimal | None = None
    status: Status = "reported"
    origin: Literal["table", "prose"] = Field("prose", alias="from")
    raw: str = ""
    period: Period = "year"
    scope: Scope = "own"


class _Named(BaseModel):
    indicator: str | None = None


class _Meta(BaseModel):
    form: str | None = None


class Gold(BaseModel):
    """The gold of one document; `path` is where the document lies."""

    doc: str
    facts: list[GoldFact]
    doubtful: list[_Named] = []
    meta: _Meta = _Meta()
    path: Path = Path()


def read_gold(folder: Path) -> list[Gold]:
    """The gold files of a folder, by name; `AnnotationError` that names each file that cannot be used."""
    found: list[Gold] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.json")):
        try:
            gold = Gold.model_validate(json.loads(path.read_text("utf-8"), parse_float=str))
        except (ValidationError, ValueError, OSError, RecursionError) as error:
            faults.append(f"{path.name}: {_said(error)}")
            continue
        unknown = [one.indicator for one in gold.facts if one.indicator not in indicators()]
        faults += [f"{path.name}: no indicator is named {name!r}" for name in unknown]
        places = [place for place in (folder / gold.doc, folder.parent / gold.doc) if place.is_file()]
        if not places or Path(gold.doc).name != gold.doc:
            faults.append(f"{path.name}: the document {gold.doc!r} lies neither in this folder nor in the one above")
            continue
        found.append(gold.model_copy(update={"path": places[0]}))
    if not found and not faults:
        faults = ["the folder holds no gold file (*.json)"]
    if faults:
        raise AnnotationError(str(folder), faults)
    return found


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    return " ".join(str(error).split())


def compared(golds: Iterable[Gold], reader: Reader) -> Iterator[Compared]:
    """Each document read, and what came of it."""
    for gold in golds:
        report = reader(gold.path)
        read = [said for said in map(_read_said, report.answers.values()) if said is not None]
        doubtful = {one.indicator for one in gold.doubtful}
        outcomes = compare(list(_gold_said(gold, report)), read, place=gold.doc)
        outcomes = [one for one in outcomes if not _is_doubtful(one, doubtful)]
        quoted = [_quoted(one, report) for one in outcomes]
        sections = tuple(_section(one, report) for one in outcomes)
        yield Compared(tuple(quoted), form=gold.meta.form or "unknown", sections=sections)


def _gold_said(gold: Gold, report: Report) -> Iterator[Said]:
    """One answer an indicator: the table's before the text's; where a text contradicts itself each value is right."""
    ranked: dict[str, list[GoldFact]] = {}
    facts = [one for one in gold.facts if one.period == "year" and one.scope == "own" and one.value is not None]
    for one in sorted(facts, key=lambda fact: fact.origin != "table"):
        held = ranked.setdefault(one.indicator, [])
        if not held or held[0].origin == one.origin:
            held.append(one)
    for name, same in ranked.items():
        answer = report.value(name)
        chosen = next((one for one in same if one.value == answer), same[0])
        yield Said(name, chosen.value, _kind(chosen.origin, chosen.status, chosen.raw))


def _read_said(fact: Fact) -> Said | None:
    if fact.value is None:
        return None
    spans = tuple(one.span for one in fact.evidence)
    return Said(fact.indicator, fact.value, _kind(fact.method, fact.status, fact.raw), spans=spans)


def _kind(origin: str, status: Status, raw: str) -> Kind:
    if origin == "table":
        return "cell"
    if status == "stated_none":
        return "none"
    return "figure" if find(raw) else "all"


def _is_doubtful(one: Outcome, doubtful: set[str | None]) -> bool:
    return one.gold is None and one.read is not None and one.read.indicator in doubtful


def _evidence(one: Outcome, report: Report) -> Evidence | None:
    fact = report.answers.get(one.read.indicator) if one.read is not None else None
    return fact.evidence[0] if fact is not None and fact.evidence else None


def _quoted(one: Outcome, report: Report) -> Outcome:
    evidence = _evidence(one, report)
    return Outcome(one.gold, one.read, evidence.quote if evidence is not None else "", one.place)


def _section(one: Outcome, report: Report) -> str:
    evidence = _evidence(one, report)
    if evidence is None:
        return "(not read)"
    spans = ((section.kind, section.span) for section in report.sections)
    return next((kind for kind, span in spans if span.start <= evidence.span.start < span.end), "(no section)")
