"""The search behind recovery keeps what a search of everything would keep."""

from __future__ import annotations

from heapq import nlargest

from hypothesis import given
from hypothesis import strategies as st

from govnlp.normalise.byte_shift import _Offer, _State, _top
from govnlp.normalise.gbk import ALL_ROWS, ANY, HIGH, LOW, Choice, tables_of
from govnlp.normalise.language import is_mark, model
from govnlp.normalise.script import char_to_simplified

# Few different steps, so that many readings are equal: then the earlier one stays.
steps = st.integers(-4, 0).map(float)
choices = st.lists(st.tuples(st.sampled_from("公开，信息"), steps), max_size=16).map(
    lambda found: tuple(sorted((Choice(*one) for one in found), key=lambda one: -one.step))
)
states = st.tuples(steps, st.sampled_from(["", "政", "政府"])).map(lambda pair: _State(pair[0], pair[1], 0xB0, 7, (1,)))
offers = st.lists(
    st.builds(
        _Offer, states, choices, st.sampled_from([0.0, 1.5, 3.0]), st.just(0xC0), st.just(8),
        st.sampled_from([None, 2]), st.booleans(),
    ),
    max_size=20,
)  # fmt: skip


def _all(offers: list[_Offer]) -> list[_State]:
    found = []
    for offer in offers:
        for char, step in offer.choices:
            guesses = offer.guess is not None and not (offer.spares_marks and is_mark(char))
            guessed = (*offer.state.guessed, offer.guess or 0) if guesses else offer.state.guessed
            score = offer.state.score + (step - offer.cost)
            found.append(_State(score, offer.state.chars + char, offer.lead, offer.at, guessed))
    return found


@given(offers, st.integers(1, 14))
def test_the_likeliest_are_kept_and_of_equals_the_earlier(found: list[_Offer], many: int):
    assert _top(many, found) == nlargest(many, _all(found), key=lambda state: state.score)


@given(
    st.sampled_from("公政，（府一"),
    st.sampled_from([0xB9, 0xD5, 0xA3, ANY, HIGH, LOW]),
    st.sampled_from([0xAB, 0xFE, 0x5F, None]),
)
def test_choices_are_the_likeliest_first(last: str, lead: int, row: int | None):
    rows = ALL_ROWS if row is None else frozenset((row,))
    found = tables_of(False).best(last, lead, rows)
    assert list(found) == sorted(found, key=lambda one: -one.step)
    assert all(one.step == model().step(last, char_to_simplified(one.char)) for one in found)
