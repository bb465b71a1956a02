"""The cues: words that tell what a figure is. Source: `lexicon.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from govnlp.schema.text import Span

FILLER = "filler"
RESIDUE = "~"
JOIN = "&"
# Cues are written as single characters of the private use area, so that rules are plain patterns over strings.
_FIRST_SYMBOL = 0xE000
# Marks and the digits of lists and percentages are no residue.
LETTERS = re.compile(r"[^\W\d_]|\d{3}")


class Token(NamedTuple):
    """A cue of a text as one character (`Lexicon.symbols`), or `~` for letters that no word of the lexicon covers."""

    symbol: str
    span: Span


@dataclass(frozen=True)
class Lexicon:
    """`symbols` gives each cue its character; `scanner` finds the words; `meaning` the symbol of a word."""

    symbols: dict[str, str]
    meaning: dict[str, str]
    scanner: re.Pattern[str]

    def tokens(self, text: str, start: int, end: int) -> Iterator[Token]:
        """The cues and the residue of `text[start:end]`, in order; filler words are left out.

        >>> names = {symbol: cue for cue, symbol in lexicon().symbols.items()}
        >>> [names.get(one.symbol, one.symbol) for one in lexicon().tokens("共收到低保申请", 0, 7)]
        ['receive', '~', 'app_bare']
        """
        at, meaning = start, self.meaning
        for word in self.scanner.finditer(text, start, end):
            if word.start() > at and LETTERS.search(text, at, word.start()):
                yield Token(RESIDUE, Span(at, word.start()))
            symbol = meaning[word[0]]
            if symbol:
                yield Token(symbol, Span(word.start(), word.end()))
            at = word.end()
        if at < end and LETTERS.search(text, at, end):
            yield Token(RESIDUE, Span(at, end))

    def chars(self, text: str) -> str:
        """The symbols of a text, without residue: what a heading speaks of."""
        return "".join(one.symbol for one in self.tokens(text, 0, len(text)) if one.symbol != RESIDUE)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    loaded: dict[str, list[str]] = load_yaml("lexicon.yaml")  # type: ignore[assignment]
    names = [name for name in loaded if name not in (FILLER, "join")]
    symbols = {name: chr(_FIRST_SYMBOL + at) for at, name in enumerate(names)}
    meaning = dict.fromkeys(map(str, loaded[FILLER]), "")
    meaning |= dict.fromkeys(map(str, loaded["join"]), JOIN)
    meaning |= {str(word): symbols[name] for name in names for word in loaded[name]}
    return Lexicon(symbols, meaning, _scanner(list(meaning)))


@cache
def load_yaml(name: str) -> object:
    """A data file of this folder, parsed once."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders


def _scanner(words: list[str]) -> re.Pattern[str]:
    """One pattern for all words: grouped by first character, the longest first; few groups are tried at any place."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word[1:])
    order = sorted(heads)
    return re.compile("|".join(_bucket(order[at : at + _BUCKET], heads) for at in range(0, len(order), _BUCKET)))


_BUCKET = 24


def _bucket(firsts: list[str], heads: dict[str, list[str]]) -> str:
    """Words with some first characters: `re` tries alternatives in turn, so it must be able to pass over many at once."""
    charset = "".join(map(re.escape, firsts))
    return f"(?=[{charset}])(?:{'|'.join(_branch(head, heads[head]) for head in firsts)})"


def _branch(head: str, tails: list[str]) -> str:
    longest_first = sorted(set(tails), key=lambda tail: (-len(tail), tail))
    return re.escape(head) + ("" if longest_first == [""] else f"(?:{'|'.join(map(re.escape, longest_first))})")
