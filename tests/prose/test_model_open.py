"""What is settled need not be read: the model is asked for the rest alone, and says the same of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from govnlp.errors import SourceError
from govnlp.model_files import model_path
from govnlp.prose.annotations import read_annotations
from govnlp.prose.cascade import CascadeTagger
from govnlp.prose.deferred import DeferredTagger
from govnlp.prose.mentions import Mention
from govnlp.prose.model import ModelTagger
from govnlp.prose.rules import RuleTagger
from govnlp.prose.tagger import Passage, Tag
from govnlp.prose.weights import read_linear
from govnlp.prose.windows import windows

TEXT = "2016年共收到政府信息公开申请12件,均按时办结。"


class Plain:
    """The model, without the way to be asked for a part."""

    def __init__(self, tagger: ModelTagger) -> None:
        self._tagger = tagger

    def mentions(self, text: str) -> list[Mention]:
        return self._tagger.mentions(text)

    def tag(self, passage: Passage, mentions: list[Mention]) -> list[Tag]:
        return self._tagger.tag(passage, mentions)


@pytest.fixture(scope="module")
def folder() -> Path:
    try:
        return model_path()
    except SourceError:
        pytest.skip("the trained model is not here")


@pytest.fixture(scope="module")
def model(folder: Path) -> ModelTagger:
    return ModelTagger(folder)


def test_both_together_say_the_same_whether_all_is_read_or_what_is_open(folder: Path, model: ModelTagger):
    whole, part = CascadeTagger(Plain(model)), CascadeTagger(model)
    seen = differing = 0
    for one in read_annotations(folder / "check.jsonl")[::4]:
        passage = one.as_passage()
        mentions = whole.mentions(passage.text)
        found, wanted = ({tag[:4] for tag in tagger.tag(passage, mentions)} for tagger in (part, whole))
        seen += len(wanted)
        differing += len(found ^ wanted)
    assert seen > 100
    # A window whose open figures the linear model is sure of is spared the encoder, which may see one otherwise.
    assert differing <= 0.005 * seen


def test_a_window_that_is_settled_is_not_read(model: ModelTagger, monkeypatch: pytest.MonkeyPatch):
    passage, mentions = Passage(TEXT, section="applications", year=2016), model.mentions(TEXT)
    monkeypatch.setattr(model, "read", lambda _: pytest.fail("the encoder was asked"))
    assert model.tag_open(passage, mentions, range(len(mentions))) == []


def test_the_rest_of_a_window_is_told(model: ModelTagger):
    passage, mentions = Passage(TEXT, section="applications", year=2016), model.mentions(TEXT)
    assert {tag.mention for tag in model.tag_open(passage, mentions, {0})} <= set(range(1, len(mentions)))


def test_rules_that_settle_everything_load_no_model():
    both = CascadeTagger(DeferredTagger(lambda: pytest.fail("the model was loaded")))
    mentions = both.mentions(TEXT)
    settled = {tag.mention for tag in RuleTagger().tag(Passage(TEXT), mentions) if tag.indicator}
    chosen = [mentions[at] for at in sorted(settled)]
    assert next(tag.indicator for tag in both.tag(Passage(TEXT), chosen)) == "applications.new.total"


def test_a_tagger_that_reads_all_is_asked_for_all():
    later = DeferredTagger(RuleTagger)
    mentions = later.mentions(TEXT)
    assert later.tag_open(Passage(TEXT), mentions, {0}) == RuleTagger().tag(Passage(TEXT), mentions)


def test_linear_scores_of_some_are_those_of_all(folder: Path, model: ModelTagger):
    linear = read_linear(folder / "linear.safetensors")
    (window,) = windows(Passage(TEXT, year=2016), model.mentions(TEXT))
    every = linear.scores(window)
    assert np.array_equal(linear.scores(window, [len(every) - 1]), every[-1:])
    assert linear.scores(window, []).shape == (0, every.shape[1])
