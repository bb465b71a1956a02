from __future__ import annotations

from govnlp.schema.identities import Group, Identity, identities, short_name
from govnlp.schema.indicators import applicants, indicators


def by_id() -> dict[str, Identity]:
    return {one.id: one for one in identities()}


def names(groups: tuple[Group, ...]) -> set[str]:
    return {name for group in groups for name in (*group.members, *([group.whole] if group.whole else []))}


def test_ids_are_unique_and_each_of_the_six_rules_is_there():
    assert len(by_id()) == len(identities())
    assert {one.rule for one in identities()} == {1, 2, 3, 4, 5, 6}


def test_every_term_is_an_indicator():
    for one in identities():
        terms = names(one.left) | names(one.right) | set(one.optional) | set(one.unless)
        assert terms <= set(indicators()), one.id
        assert names(one.left), one.id
        assert names(one.right), one.id


def test_no_term_stands_twice_in_an_identity():
    for one in identities():
        terms = [name for group in one.left + one.right for name in group.members]
        assert len(terms) == len(set(terms)), one.id


def test_rules_1_and_2_hold_for_each_applicant():
    for rule, stem in ((1, "balance"), (2, "outcomes")):
        assert [one.id for one in identities() if one.rule == rule] == [f"{stem}.{key}" for key in applicants()]


def test_the_outcomes_are_every_outcome_of_both_forms():
    wanted = {
        name
        for name, one in indicators().items()
        if one.applicant == "total"
        and {"art50v1", "art50v2"} & set(one.forms)
        and name.split(".")[1] in {"granted", "partial", "denied", "unavailable", "unprocessed", "other"}
    }
    wholes = {f"applications.{group}.all.total" for group in ("denied", "unavailable", "unprocessed", "other")}
    assert names(by_id()["outcomes.total"].right) == wanted | wholes


def test_every_row_with_applicants_adds_up():
    stems = {name.removesuffix(".total") for name, one in indicators().items() if one.applicant == "total"}
    rows = {one.id.removeprefix("applicants.") for one in identities() if one.rule == 3}
    assert rows == {stem.removeprefix("applications.") for stem in stems}


def test_every_message_has_names_to_say():
    for one in identities():
        assert "{" not in one.title + one.formula + one.id
        assert all(short_name(name) for name in names(one.left) | names(one.right))
