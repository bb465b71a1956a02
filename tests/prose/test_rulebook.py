"""The data files are sound: every word has one meaning, every rule names an indicator."""

from __future__ import annotations

from collections import Counter

from govnlp.prose.lexicon import lexicon, load_yaml
from govnlp.prose.rulebook import rulebook
from govnlp.schema.indicators import indicators


def test_every_word_has_one_meaning() -> None:
    loaded: dict[str, list[str]] = load_yaml("lexicon.yaml")  # type: ignore[assignment]
    twice = [
        word for word, times in Counter(word for words in loaded.values() for word in set(words)).items() if times > 1
    ]
    assert twice == []


def test_every_rule_names_an_indicator() -> None:
    book = rulebook()
    for rule in (*book.figures, *book.nones, *book.totals):
        for topic in rule.topics or {""}:
            assert rule.indicator.replace("{topic}", topic) in indicators()


def test_confidence_is_a_chance() -> None:
    book = rulebook()
    assert all(0.6 <= rule.confidence <= 0.98 for rule in (*book.figures, *book.nones, *book.totals))


def test_the_longest_word_wins() -> None:
    names = {symbol: cue for cue, symbol in lexicon().symbols.items()}
    tokens = lexicon().tokens("因政府信息公开申请行政复议", 0, 13)
    assert [names[token.symbol] for token in tokens] == ["review"]
