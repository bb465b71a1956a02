"""Which document speaks for an organ in a year, and why the others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from govnlp.panel.resolve import Printed, Resolved, resolve
from govnlp.panel.values import Document, NameRow, OrganYear


class ReportRow(NamedTuple):
    """What of reports.parquet the choice needs; see docs/batch.md."""

    document: str
    source: str
    status: str
    organ: str | None
    region: str | None
    year: int | None
    form: str | None
    facts: int
    failed_checks: int
    published: str | None
    date: str | None
    url: str | None
    group: str | None
    rank: int | None


class Choice(NamedTuple):
    """The rows of a panel, in the order of organs and years, all documents, and all names."""

    rows: tuple[OrganYear, ...]
    documents: tuple[Document, ...]
    names: tuple[NameRow, ...]


class _Criterion(NamedTuple):
    """As batch ranks versions: the greater key is better."""

    key: Callable[[ReportRow], tuple[object, ...]]
    said: Callable[[ReportRow], str]


_CRITERIA = (
    _Criterion(lambda one: (one.status == "complete",), lambda one: one.status),
    _Criterion(lambda one: (-one.failed_checks,), lambda one: f"{one.failed_checks} failed checks"),
    _Criterion(lambda one: (one.facts,), lambda one: f"{one.facts} facts"),
    _Criterion(lambda one: (one.published or "",), lambda one: f"published {one.published or '?'}"),
    _Criterion(lambda one: (one.date or "",), lambda one: f"fetched {one.date or '?'}"),
    _Criterion(lambda one: (-(one.rank or 1),), lambda one: f"rank {one.rank or 1} of its copies"),
)
# No report is of another year: 政府信息公开条例 is of 2008, and a panel is not stretched by a misread one.
_YEARS = range(2000, 2100)


def choose(reports: Iterable[ReportRow], aliases: Mapping[str, str]) -> Choice:
    """Resolve the names of all reports, and choose one document for each organ and year.

    >>> one = ReportRow("a", "a.html", "complete", "云岭县档案局", None, 2019, None, 9, 0, None, None, None, None, 1)
    >>> made = choose([one, one._replace(document="b", organ="云岭县 档案局", facts=5)], {})
    >>> [(row.organ, row.year, row.document) for row in made.rows], made.documents[1].reason
    ([('云岭县档案局', 2019, 'a')], 'a has 9 facts, this 5 facts')
    """
    reports = [one if one.year in _YEARS else one._replace(year=None) for one in reports]
    known = [_from_copies(one, copies) for copies in _groups(reports) for one in copies]
    dated = [(Printed(one.organ, one.region), one.year) for one in known if one.organ and one.year is not None]
    resolved = resolve(dated, aliases)
    candidates: dict[tuple[str, int], list[ReportRow]] = defaultdict(list)
    documents = []
    for one in known:
        found = _organ(one, resolved)
        if found and found.name and one.year is not None:
            candidates[found.name.canonical, one.year].append(one)
        else:
            documents.append(_document(one, None, chosen=False, reason=_left_out(one, found)))
    rows = []
    for (organ, year), versions in sorted(candidates.items()):
        best, *others = _ordered(versions)
        name = resolved[Printed(best.organ or "", best.region)].name
        if name is None:
            continue
        rows.append(
            OrganYear(
                organ, best.organ or organ, name.place, name.level, name.office, year, best.form, best.status, best.facts,
                best.document, best.source,
            )
        )  # fmt: skip
        said = "the only one" if not others else f"the best of {len(versions)}"
        documents.append(_document(best, organ, chosen=True, reason=said))
        documents += [_document(one, organ, chosen=False, reason=_against(best, one)) for one in others]
    documents.sort(key=lambda one: (one.canonical or "", one.year or 0, not one.chosen, one.document))
    return Choice(tuple(rows), tuple(documents), tuple(_name_rows(known, resolved)))


def _groups(reports: Iterable[ReportRow]) -> Iterable[list[ReportRow]]:
    groups: dict[str, list[ReportRow]] = defaultdict(list)
    for one in reports:
        groups[one.group or one.document].append(one)
    return groups.values()


def _from_copies(one: ReportRow, copies: list[ReportRow]) -> ReportRow:
    """A copy that has lost its name or its year has that of the others, where they agree."""
    if one.organ and one.year is not None:
        return one
    said = {(copy.organ, copy.region, copy.year) for copy in copies if copy.organ and copy.year is not None}
    if len(said) != 1:
        return one
    organ, region, year = said.pop()
    return one._replace(organ=organ, region=region, year=year)


def _organ(one: ReportRow, resolved: Mapping[Printed, Resolved]) -> Resolved | None:
    return resolved.get(Printed(one.organ or "", one.region))


def _left_out(one: ReportRow, found: Resolved | None) -> str:
    if one.year is None:
        return "no year was found that can be"
    return "its name is not that of one organ" if found else "no organ was found"


def _ordered(versions: list[ReportRow]) -> list[ReportRow]:
    order = sorted(versions, key=lambda one: one.document)
    for criterion in reversed(_CRITERIA):
        order.sort(key=criterion.key, reverse=True)
    return order


def _against(best: ReportRow, one: ReportRow) -> str:
    telling = next((item for item in _CRITERIA if item.key(best) != item.key(one)), None)
    if telling is None:
        return f"as good as {best.document}, second by its id"
    return f"{best.document} has {telling.said(best)}, this {telling.said(one)}"


def _document(one: ReportRow, canonical: str | None, *, chosen: bool, reason: str) -> Document:
    return Document(
        one.document, one.source, one.organ, one.region, canonical, one.year, one.status, chosen, reason
    )  # fmt: skip


def _name_rows(known: Iterable[ReportRow], resolved: Mapping[Printed, Resolved]) -> Iterator[NameRow]:
    """Each printed name, with a note where a person could say more than the name does."""
    reports: dict[Printed, list[ReportRow]] = defaultdict(list)
    for one in known:
        if one.organ and one.year is not None:
            reports[Printed(one.organ, one.region)].append(one)
    certain: dict[str, set[str]] = defaultdict(set)
    for found in resolved.values():
        if found.name and "place_as_printed" not in found.reasons:
            certain[found.name.office].add(found.name.canonical)
    for printed, found in sorted(resolved.items(), key=lambda pair: (_canonical(pair[1]) or "", *map(str, pair[0]))):
        years = [one.year for one in reports[printed] if one.year is not None]
        yield NameRow(
            printed.organ, printed.region, _canonical(found), " ".join(found.reasons), len(years), min(years),
            max(years), _note(found, certain, reports[printed]),
        )  # fmt: skip


def _canonical(found: Resolved) -> str | None:
    return found.name.canonical if found.name else None


def _note(found: Resolved, certain: Mapping[str, set[str]], reports: list[ReportRow]) -> str:
    """What a name leaves open whose place is not certain: which organs it may be, how many sites it is from."""
    name = found.name
    if name is None or "place_as_printed" not in found.reasons:
        return ""
    maybe = sorted(one for one in certain[name.office] if one.endswith(name.canonical))
    sites = {urlsplit(one.url).hostname for one in reports if one.url}
    notes = [f"maybe {' or '.join(maybe[:3])}"] if maybe else ["the place is in no list, or several have its name"]
    notes += [f"reports of {len(sites)} sites"] if len(sites) > 1 else []
    return "; ".join(notes)
