"""Which organ each report is of: printed names to canonical ones, over a whole archive.

Names that agree in their `Name.key` are one; then come links over the years. A user's aliases go before both.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from govnlp.errors import FormatError, SourceError
from govnlp.panel.links import followed, links
from govnlp.panel.names import Name, Reason, parse, spelt


class Printed(NamedTuple):
    """A printed name with what the report was found to be for."""

    organ: str
    region: str | None


class Resolved(NamedTuple):
    """The organ that a printed name stands for; `name` is None where it is the name of no one organ."""

    name: Name | None
    reasons: tuple[Reason, ...]


def resolve(dated: Iterable[tuple[Printed, int]], aliases: Mapping[str, str]) -> dict[Printed, Resolved]:
    """The organ of each printed name; `dated` are names with the years of their reports, one a report.

    >>> names = [Printed("密云县人民政府", None), Printed("北京市密云区政府", None)]
    >>> found = resolve(zip(names, [2014, 2016]), {})
    >>> found[names[0]].name.canonical, found[names[0]].reasons
    ('北京市密云区人民政府', ('place_completed', 'place_renamed'))
    """
    counts = Counter(dated)
    parsed = {one: _parsed(one, aliases) for one in dict.fromkeys(printed for printed, _ in counts)}
    fixed = {one for one in parsed if spelt(one.organ) in aliases}
    shown = _shown(parsed, counts)
    free = {name.key for one, name in parsed.items() if name and one not in fixed}
    made = links({key: shown[key] for key in free}, _years(parsed, counts))
    found: dict[Printed, Resolved] = {}
    for one, name in parsed.items():
        if name is None:
            found[one] = Resolved(None, ("not_one_organ",))
            continue
        key, steps = (name.key, []) if one in fixed else followed(name.key, made)
        found[one] = Resolved(shown[key], tuple(dict.fromkeys((*name.reasons, *steps))))
    return found


def read_aliases(path: Path) -> dict[str, str]:
    """A user's table of names: CSV with the columns `name` and `canonical`. By the name as `spelt`.

    `SourceError`: there is no such file; `FormatError`: it is not such a table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormatError(f"{path} is no CSV in UTF-8: {error}.") from error
    if any(not row.get("name") or not row.get("canonical") for row in rows):
        raise FormatError(f"{path} needs the columns name and canonical, both filled in every row.")
    return {spelt(row["name"]): spelt(row["canonical"]) for row in rows}


def _parsed(one: Printed, aliases: Mapping[str, str]) -> Name | None:
    alias = aliases.get(spelt(one.organ))
    if alias is None:
        return parse(one.organ, one.region)
    name = parse(alias, one.region) or Name("", "unknown", alias, ())
    return name._replace(reasons=("alias",))


def _shown(parsed: Mapping[Printed, Name | None], counts: Counter[tuple[Printed, int]]) -> dict[str, Name]:
    """Of the names with one key, the one that most reports have; of equals the later."""
    votes: dict[str, Counter[Name]] = defaultdict(Counter)
    last: dict[Name, int] = {}
    for (printed, year), count in counts.items():
        name = parsed[printed]
        if name is not None:
            bare_name = name._replace(reasons=())
            votes[name.key][bare_name] += count
            last[bare_name] = max(year, last.get(bare_name, year))
    return {key: max(names, key=lambda one: (names[one], last[one], one.office)) for key, names in votes.items()}


def _years(parsed: Mapping[Printed, Name | None], counts: Iterable[tuple[Printed, int]]) -> dict[str, frozenset[int]]:
    years: dict[str, set[int]] = defaultdict(set)
    for printed, year in counts:
        name = parsed[printed]
        if name is not None:
            years[name.key].add(year)
    return {key: frozenset(found) for key, found in years.items()}
