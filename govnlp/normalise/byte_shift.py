"""Text of which a tool cut the GBK bytes in the middle of a character (`?。ㄒ唬┲鲃庸` for `　（一）主动公`).

What happened: the tool split the bytes of a page at `。` (A1 A3) and `！` (A3 A1) without regard to where characters
start. Where the end of one character and the start of the next spell such a mark, the first byte of the former is left
alone (it became `?`), and all that follows is read one byte off, until a single byte sets it right: a letter or mark
that is the second byte of a character, or the next cut. Pairs that GBK leaves to users were lost on the way.

Recovery puts an unknown byte for `?`, shifts the pairs back, allows for lost pairs, and keeps the reading that the
model of official prose finds likeliest. It is taken only where it is likely on the whole and far likelier than what is
printed; where the first character stays in doubt, it stays a `?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import heappush, heapreplace
from itertools import takewhile
from typing import NamedTuple

from govnlp.normalise.edits import Edit
from govnlp.normalise.gbk import ALL_ROWS, ANY, GAP_ROWS, HIGH, LOST_ROWS, Choice, Tables, tables_of
from govnlp.normalise.language import is_mark, model, widened
from govnlp.normalise.pinyin import reads_as
from govnlp.normalise.script import char_to_simplified, is_traditional
from govnlp.schema.text import Span

_CUT = re.compile(r"[?？\ufffd](?=[。！!])")
_LATIN_AMONG = re.compile("[\u4e00-\u9fff][A-Za-z_}|]（")
_GLOSS = re.compile(r"[(（]([^()（）\n]{1,8})[)）]")
_LONGEST_RUN, _MOST_RUNS, _MOST_FAILURES = 120, 60, 6
_BEAM, _ENDINGS = 14, 8
# What a reading costs in logarithms: a pair lost, a folded full-width letter, a traditional form made after the cut.
_LOST_PAIR, _FOLDED, _CONVERTED = 2.2, 1.5, 3.0
_MOST_LOST = 2
# A recovery needs this mean likelihood a character and this much more than the print; a rival nearer than this casts doubt.
_LIKELY, _BETTER, _SURE = -7.2, 2.0, 2.0
# The share of characters that may stay in doubt, besides one; the likelihood of a pair that makes a word.
_MOST_DOUBT, _WORD = 0.25, 0.01
# After so many characters a reading less likely than this is given up.
_PATIENCE, _HOPELESS = 8, -9.0
_GLANCE = 8
_WRONG_GLOSS, _OPEN_BRACKET, _NO_WORD, _PHRASE = 30.0, 2.0, 2.0, 3.0
# Numbers and negations: guessed wrong, they would change what a report says.
_NEVER_GUESSED = frozenset("一二两三四五六七八九十百千万亿零未无不没")
_DOUBT = "\ufffd"
# What a lost byte was printed as.
_LOST_CHARS = frozenset("?？\ufffd")
_ROWS = tuple(frozenset((row,)) for row in range(256))


class _State(NamedTuple):
    """A reading so far: the characters, the byte that waits for its second, where the print was read to.

    `guessed` are the places of characters on whose border a pair was lost.
    """

    score: float
    chars: str
    lead: int
    at: int
    guessed: tuple[int, ...] = ()


class _Offer(NamedTuple):
    """What may follow a reading: each of `choices`, likeliest first, at a cost. `guess` is the place that it guesses."""

    state: _State
    choices: tuple[Choice, ...]
    cost: float
    lead: int
    at: int
    guess: int | None = None
    spares_marks: bool = False

    def taken(self, score: float, char: str) -> _State:
        """The reading with one of the choices."""
        chars, guessed = self.state.chars, self.state.guessed
        if self.guess is not None and not (self.spares_marks and is_mark(char)):
            guessed = (*guessed, self.guess)
        return _State(score, chars + char, self.lead, self.at, guessed)


def edits(text: str) -> list[Edit]:
    """The runs that can be recovered, in order; a character in doubt is U+FFFD. Sound text has none.

    >>> edits("政務公開\\n?。ㄒ唬┲鲃庸_方面")[0].new
    '　（一）主動公開'
    """
    return list(_recoveries(text)) if _CUT.search(text) else []


def _recoveries(text: str) -> Iterator[Edit]:
    past, failures, tables = 0, 0, tables_of(is_traditional(text, frozenset(text)))
    for count, cut in enumerate(_CUT.finditer(text)):
        if cut.start() < past:
            continue
        found = _recover(text, cut.start(), tables)
        failures = 0 if found else failures + 1
        if found is not None:
            past = found.end
            yield found
        if count >= _MOST_RUNS or failures >= _MOST_FAILURES:
            return


def unsettled(text: str) -> list[Span]:
    """The cuts that are there still: a `?` before a mark, and after it no official prose.

    >>> unsettled("公开?！胺K(kù)房"), unsettled("为什么?！请说明")
    ([Span(start=2, end=3)], [])
    """
    return [
        Span(*cut.span()) for cut in _CUT.finditer(text) if _is_garbled(text[cut.end() + 1 : cut.end() + 1 + _GLANCE])
    ]


def _is_garbled(after: str) -> bool:
    """Whether the next characters are no prose: one of them rare, or a Latin letter among Chinese ones."""
    plain = widened("".join(map(char_to_simplified, after.split("\n")[0])))
    return any("\u4e00" <= char <= "\u9fff" and not model().is_common(char) for char in plain) or (
        _LATIN_AMONG.search(plain) is not None
    )


def _recover(text: str, start: int, tables: Tables) -> Edit | None:
    """The likeliest reading of the run at `start`, where it is likely enough and enough of it is beyond doubt."""
    before = widened(char_to_simplified(text[start - 1])) if start and text[start - 1] != "\n" else ""
    ends = _ends(text, start, before, tables)
    last = max((state.at for state in ends), default=start)
    depth = _depth(text[text.rfind("\n", 0, start) + 1 : start])
    scored = sorted(((_final(text, state, last, depth), state) for state in ends), key=lambda pair: -pair[0])
    if not scored:
        return None
    best = scored[0][1]
    rivals = [state.chars for score, state in scored[1:] if score > scored[0][0] - _SURE]
    chars = _beyond_doubt(best, before, rivals)
    doubtful = chars.count(_DOUBT)
    if doubtful > 1 + _MOST_DOUBT * len(chars) or not _is_likely(text, start, before, scored[0][0], best):
        return None
    return Edit(start, best.at, chars)


def _final(text: str, state: _State, last: int, depth: int) -> float:
    """The likelihood of a finished reading, and of what is printed between its end and `last`."""
    score = state.score + _sense(state, depth)
    gloss = _GLOSS.match(text, state.at)
    if gloss is not None:
        return score if reads_as(state.chars[-1], gloss[1]) else score - _WRONG_GLOSS
    if text[state.at : state.at + 1] in ("", "\n", "<"):
        return score
    rest = text[state.at : max(last, state.at + 1)]
    plain = widened("".join(map(char_to_simplified, rest)))
    return score + model().score(char_to_simplified(state.chars[-1]), plain) * len(plain)


def _sense(state: _State, depth: int) -> float:
    """What speaks for a reading as a whole: known phrases; and against it: guesses that make no word, loose brackets."""
    plain = "".join(map(char_to_simplified, state.chars))
    loose = sum(not _is_word([*plain[at : at + 2]]) for at in state.guessed)
    inner = _depth(plain)
    unmatched = max(inner, 0) + max(-depth - inner, 0)
    return _PHRASE * model().has_phrase(plain) - _NO_WORD * loose - _OPEN_BRACKET * unmatched


def _depth(line: str) -> int:
    """How many brackets it leaves open; less than 0 where it closes more."""
    return sum((char in "(（") - (char in ")）") for char in line)


def _beyond_doubt(best: _State, before: str, rivals: list[str]) -> str:
    """The reading with U+FFFD where an equally likely one differs, and from the first lost pair on that makes no word."""
    chars = list(best.chars)
    for rival in rivals:
        head = _shared(best.chars, rival)
        tail = _shared(best.chars[head:][::-1], rival[head:][::-1])
        chars[head : len(chars) - tail] = _DOUBT * (len(chars) - tail - head)
    plain = [before, *map(char_to_simplified, best.chars)]
    for at in best.guessed:
        if not _is_word(plain[at + 1 : at + 3]):
            chars[at:] = _DOUBT * len(chars[at:])
    for at in {0, *best.guessed, *(at + 1 for at in best.guessed)}:
        if _changes_sense(plain[at : at + 3]):
            chars[at] = _DOUBT
    return "".join(chars)


def _changes_sense(around: list[str]) -> bool:
    """Whether a guess (the middle one) is a number or a negation, and not the number of a heading."""
    if len(around) < 2 or around[1] not in _NEVER_GUESSED:
        return False
    return not (around[0] == "（" and around[2:] == ["）"])


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _is_word(guessed: list[str]) -> bool:
    """Whether the two characters on whose border a pair was lost make a word."""
    return len(guessed) == 2 and model().pair(guessed[0], guessed[1]) >= _WORD


def _is_likely(text: str, start: int, before: str, score: float, state: _State) -> bool:
    plain = "".join(map(char_to_simplified, state.chars))
    if score / len(plain) < _LIKELY or not all(map(model().is_common, plain)):
        return False
    printed = widened(text[start : state.at]).replace("？", "\ufffd")
    return model().score(before, plain) - model().score(before, printed) >= _BETTER


def _ends(text: str, start: int, before: str, tables: Tables) -> list[_State]:
    """The likeliest readings from the `?` at `start` to where the bytes fall into step again."""
    layer, ends = [_State(0.0, "", ANY, start + 1)], list[_State]()
    for char in text[start + 1 : start + 1 + _LONGEST_RUN].split("\n")[0]:
        parts, pairs = _with_lost(layer, tables), tuple(_pairs(char))
        ends += _top(_ENDINGS, (one for part in parts for one in _closing(char, part, before, tables)))
        layer = [new for part in parts for new in _top(_BEAM, _growing(char, pairs, part, before, tables))]
        if not layer or _is_hopeless(layer):
            break
    return ends


def _with_lost(layer: list[_State], tables: Tables) -> list[list[_State]]:
    """The readings of one place, then those that suppose one more lost pair there, each kind with its own few."""
    parts = [layer]
    for _ in range(_MOST_LOST):
        parts.append(_top(_BEAM, (one for state in parts[-1] if state.chars for one in _lost(state, tables))))
    return parts


def _top(many: int, offers: Iterable[_Offer]) -> list[_State]:
    """The likeliest readings that the offers give, the earlier of two that are equal. What cannot be one is not made."""
    kept: list[tuple[float, int, _Offer, str]] = []
    order = 0
    for offer in offers:
        score, cost = offer.state.score, offer.cost
        for char, step in offer.choices:
            new, order = score + (step - cost), order - 1
            if len(kept) < many:
                heappush(kept, (new, order, offer, char))
            elif new > kept[0][0]:
                heapreplace(kept, (new, order, offer, char))
            else:
                break
    return [offer.taken(new, char) for new, _, offer, char in sorted(kept, reverse=True)]


def _is_hopeless(layer: list[_State]) -> bool:
    best = max(layer, key=lambda state: state.score)
    return len(best.chars) > _PATIENCE and best.score / len(best.chars) < _HOPELESS


def _growing(
    char: str, pairs: tuple[tuple[bytes, float], ...], states: list[_State], before: str, tables: Tables
) -> Iterator[_Offer]:
    """Every reading of the next printed character after `states` that leaves the bytes out of step."""
    for state in states:
        last = _last(state, before)
        for (trail, lead), cost in pairs:
            yield _Offer(state, tables.best(last, state.lead, _ROWS[trail]), cost, lead, state.at + 1)
        if char in _LOST_CHARS and state.chars:
            yield _guessed(state, tables, GAP_ROWS, HIGH, state.at + 1)


def _pairs(char: str) -> Iterator[tuple[bytes, float]]:
    """The two bytes that were printed as `char`, with what it costs to suppose so."""
    if "!" <= char <= "~" and char != "?":
        yield bytes((0xA3, ord(char) + 0x80)), _FOLDED
        return
    for form, cost in ((char, 0.0), (char_to_simplified(char), _CONVERTED)):
        code = form.encode("gb18030")
        if len(code) == 2 and (form != char or not cost):
            yield code, cost


def _lost(state: _State, tables: Tables) -> Iterator[_Offer]:
    """A pair of the users' rows was dropped: its first byte closed this character, its second opened the next."""
    for lead, rows in LOST_ROWS.items():
        yield _guessed(state, tables, rows, lead, state.at)


def _guessed(state: _State, tables: Tables, rows: frozenset[int], lead: int, at: int) -> _Offer:
    choices = tables.best(char_to_simplified(state.chars[-1]), state.lead, rows)
    return _Offer(state, choices, _LOST_PAIR, lead, at, len(state.chars))


def _closing(char: str, states: list[_State], before: str, tables: Tables) -> Iterator[_Offer]:
    """The last character of the run: its second byte was printed as an ASCII character, or is lost in a `?`."""
    is_lost = char in _LOST_CHARS
    if not is_lost and not "@" <= char <= "~":
        return
    rows = ALL_ROWS if is_lost else _ROWS[ord(char)]
    for state in states:
        guess = len(state.chars) - 1 if is_lost else None
        choices = tables.best(_last(state, before), state.lead, rows)
        yield _Offer(state, choices, 0.0, 0, state.at + 1, guess, spares_marks=True)


def _last(state: _State, before: str) -> str:
    return char_to_simplified(state.chars[-1]) if state.chars else before
