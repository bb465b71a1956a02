"""Random figures for a form, such as a publisher could print: the identities hold unless a slip is asked for."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.render.forms import (
    APPLICANTS,
    ARTICLE20,
    DENIED,
    OTHER,
    OUTCOMES,
    ROUTES,
    STAT_ROWS,
    UNAVAILABLE,
    UNPROCESSED,
    Figure,
    FilledForm,
)

FORMS = ("stat2014", "art50v1", "art50v2")
AMOUNTS = frozenset({"proactive.admin_fees.amount", "proactive.procurement.amount", "fees.information.amount",
                     "capacity.budget"})  # fmt: skip


def filled(form: str, random: Random, other_rows: int | None = None, slip: bool = False) -> FilledForm:
    """A form with random figures; with `slip` one printed count is off by a little, as publishers' counts are."""
    rows = other_rows or (3 if form == "art50v2" else 1)
    counts = _stat(random) if form == "stat2014" else _article50(form, random, rows)
    if slip:
        name = random.choice(sorted(counts))
        counts[name] += random.randint(1, 3)
    figures = {name: figure(name, count, random) for name, count in counts.items()}
    return FilledForm(form, figures, rows)


def figure(name: str, count: int, random: Random) -> Figure:
    """A count as printed; an amount is printed in 万元, sometimes with a fraction."""
    if name not in AMOUNTS:
        return Figure(str(count), Decimal(count))
    amount = Decimal(count) if random.random() < 0.4 else Decimal(count) + Decimal(random.randint(1, 9999)) / 10000
    printed = format(amount.normalize(), "f")
    return Figure(printed, Decimal(printed) * 10000)


def _some(random: Random) -> int:
    """A count as offices have them: mostly none, often a few, now and then many."""
    kind = random.random()
    if kind < 0.5:
        return 0
    if kind < 0.8:
        return random.randint(1, 12)
    return random.randint(13, 300) if kind < 0.96 else random.randint(301, 48000)


def _article50(form: str, random: Random, other_rows: int) -> dict[str, int]:
    counts = {one: _some(random) for _, _, rows in ARTICLE20[form] for _, ids in rows for one in ids}
    for name in counts:
        if name.endswith("items_change") and random.random() < 0.2:
            counts[name] = -random.randint(1, 5)
    counts.update(_applications(random, other_rows))
    for route in ROUTES:
        parts = {f"remedies.{route}.{one}": _some(random) for one in OUTCOMES[:-1]}
        counts.update(parts)
        counts[f"remedies.{route}.total"] = sum(parts.values())
    return counts


def _applications(random: Random, other_rows: int) -> dict[str, int]:
    stems = ["granted", "partial", *(f"denied.{one}" for one, _ in DENIED)]
    stems += [f"unavailable.{one}" for one, _ in UNAVAILABLE] + [f"unprocessed.{one}" for one, _ in UNPROCESSED]
    stems += ["other.all"] if other_rows == 1 else [f"other.{one}" for one, _ in OTHER]
    counts: dict[str, int] = {}
    for applicant in APPLICANTS[:-1]:
        busy = random.random() < 0.6
        outcome = {stem: _some(random) if busy and random.random() < 0.6 else 0 for stem in stems}
        outcome["closed"] = sum(outcome.values())
        outcome["carried_out"] = _some(random) if busy else 0
        outcome["carried_in"] = random.randint(0, outcome["closed"] + outcome["carried_out"])
        outcome["new"] = outcome["closed"] + outcome["carried_out"] - outcome["carried_in"]
        counts.update({f"applications.{stem}.{applicant}": count for stem, count in outcome.items()})
    for stem in [*stems, "closed", "carried_out", "carried_in", "new"]:
        members = [counts[f"applications.{stem}.{applicant}"] for applicant in APPLICANTS[:-1]]
        counts[f"applications.{stem}.total"] = sum(members)
    return counts


def _stat(random: Random) -> dict[str, int]:
    counts = {indicator: _some(random) for _, _, indicator in STAT_ROWS if indicator}
    _sum(
        counts,
        "applications.new.total",
        [f"applications.channel.{one}" for one in ("in_person", "fax", "online", "letter")],
    )
    _sum(
        counts, "applications.closed.total", ["applications.closed_on_time.total", "applications.closed_extended.total"]
    )
    reasons = [one for one in counts if one.startswith("applications.denied.") and ".all." not in one]
    _sum(counts, "applications.denied.all.total", reasons)
    outcomes = (
        "already_public",
        "granted",
        "partial",
        "denied.all",
        "not_this_agency",
        "nonexistent",
        "to_amend",
        "other_channel",
    )
    _sum(counts, "applications.replied.total", [f"applications.{one}.total" for one in outcomes])
    for route in ("review", "litigation"):
        _sum(counts, f"remedies.{route}.total", [f"remedies.{route}.{one}" for one in OUTCOMES[:3]])
    _sum(counts, "capacity.staff.total", ["capacity.staff.full_time", "capacity.staff.part_time"])
    for kind in ("press_conferences", "interviews"):
        counts[f"response.{kind}.by_principal"] = random.randint(0, counts[f"response.{kind}.total"])
    return counts


def _sum(counts: dict[str, int], total: str, members: list[str]) -> None:
    counts[total] = sum(counts[one] for one in members)
