from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.load import load
from corpora.swap import swap, swaps
from govnlp.schema.indicators import indicators

PASSAGES = load("train")


def _labels(passage):
    return [label for mark in passage.marks for label in mark.labels]


@settings(max_examples=150)
@given(st.sampled_from(PASSAGES), st.integers(0, 2**16))
def test_marks_stay_on_what_they_marked(passage, seed):
    made = swap(passage, Random(seed), 0.8)
    assert len(made.marks) == len(passage.marks)
    for before, after in zip(passage.marks, made.marks, strict=True):
        assert after.kind == before.kind
        if after.kind == "figure":
            assert made.text[slice(*after.span)] == passage.text[slice(*before.span)]
        assert [(one.value, one.period, one.scope) for one in after.labels] == [
            (one.value, one.period, one.scope) for one in before.labels
        ]


def test_new_names_exist_and_are_named_by_their_words():
    changed = 0
    for number, passage in enumerate(PASSAGES):
        made = swap(passage, Random(number), 1.0)
        for old, new in zip(_labels(passage), _labels(made), strict=True):
            if new.indicator == old.indicator:
                continue
            changed += 1
            assert new.indicator in indicators()
            kinds = [sort for sort in swaps().kinds if sort.kind(new.indicator) != sort.kind(old.indicator)]
            for sort in kinds:
                words = sort.words[sort.kind(new.indicator) or ""]
                assert any(word in made.text for word in words), (made.text, new.indicator)
    assert changed > 300
