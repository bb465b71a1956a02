"""Texts made from texts made from a source."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from govnlp.schema.text import Span, Text, TextBuilder

pieces = st.lists(st.tuples(st.text("ab\n", max_size=4), st.integers(0, 3), st.booleans()), max_size=6)


def _made(drawn: list[tuple[str, int, bool]], length: int) -> Text:
    """A text over an origin of `length` characters: runs that are kept, and runs made from what lies between."""
    builder, at = TextBuilder(), 0
    for value, skipped, is_kept in drawn:
        start = min(at + skipped, length)
        if is_kept:
            end = min(start + len(value), length)
            builder.keep(value[: end - start], start)
        else:
            end = min(start + 1, length)
            builder.put(value, Span(start, end))
        at = end
    return builder.text()


@given(pieces, pieces, st.integers(0, 12))
def test_every_character_of_a_text_over_a_text_lies_in_the_source(first, second, length):
    inner = _made(first, length)
    whole = _made(second, len(inner)).over(inner)
    assert list(whole.starts) == sorted(whole.starts)
    assert list(whole.ends) == sorted(whole.ends)
    for at in range(len(whole) if not whole.is_identity else 0):
        start, end = whole.origin(Span(at, at + 1))
        assert 0 <= start <= end <= length


def test_what_was_made_from_nothing_at_the_end_keeps_its_place():
    inner = Text("ab", array("L", [3, 4]), array("L", [4, 5]))
    outer = Text("ab\n", array("L", [0, 1, 2]), array("L", [1, 2, 2]))
    assert outer.over(inner).origin(Span(0, 3)) == Span(3, 5)


@given(st.integers(0, 70_000), st.integers(0, 40))
def test_kept_characters_are_numbered_one_by_one_however_far_into_the_source(start, length):
    builder = TextBuilder()
    builder.keep("x" * length, start)
    text = builder.text()
    assert list(text.starts) == list(range(start, start + length))
    assert list(text.ends) == list(range(start + 1, start + length + 1))
