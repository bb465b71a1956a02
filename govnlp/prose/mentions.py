"""The grammar of mentions: every figure, every statement of none, every total carried over, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Literal, TypedDict

from govnlp.normalise.numerals import Numeral, find
from govnlp.normalise.units import units
from govnlp.prose.denied import continued
from govnlp.prose.lexicon import RESIDUE, Token, lexicon, load_yaml
from govnlp.prose.sentences import clauses, sentences
from govnlp.prose.triggers import triggers
from govnlp.schema.facts import Qualifier
from govnlp.schema.text import Span

MentionKind = Literal["figure", "none", "all"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention; spans are of the text it was found in.

    A `figure` has its `value` and `unit` as printed (money is not yet in 元); `span` is the number alone, `raw` the
    number with the qualifier words beside it (近300, 2789余), `end` where its unit ends. A `none` (未收到…, 无) has the
    span of its trigger and in `target` the thing that it governs (None where a heading names it). An `all` (均…办结,
    办结率100%) reaches from its trigger to the verb, which is its `target`.

    An `open` mention is a word that may deny or carry a total and has no target: what it is about, and whether it says
    anything at all, is for a model to tell (公报停办). Rules leave it alone.
    """

    kind: MentionKind
    span: Span
    raw: Span
    end: int
    value: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    target: Span | None = None
    open: bool = False


class _Grammar(TypedDict):
    negators: list[str]
    after_wei: list[str]
    not_after_wu: list[str]
    not_before_wu: list[str]
    after_ling: list[str]
    things: list[str]
    verbs: list[str]
    totals: list[str]
    ones: list[str]
    rates: list[str]
    carried: list[str]
    denials: list[str]


@cache
def _grammar() -> _Grammar:
    return load_yaml("grammar.yaml")  # type: ignore[return-value]


def mentions(text: str) -> list[Mention]:
    """Every mention of `text`, in order of where it starts. Time grows with the length of `text`, no faster.

    >>> [(one.kind, text[slice(*one.raw)], one.unit) for text in ["收到近30件,均已办结,无诉讼"] for one in mentions(text)]
    [('figure', '近30', '件'), ('all', '均已办结', None), ('none', '无', None)]
    """
    found: list[Mention] = []
    if _anything().search(text):
        found = [one for sentence in sentences(text) for one in _of_sentence(text, sentence.span)]
    found += _open(text, found)
    return sorted(found, key=lambda one: (one.span, one.target or one.span))


@cache
def _anything() -> re.Pattern[str]:
    """What a paragraph must hold to be looked at closely: a figure, a denial or a total carried over."""
    totals = "".join(sorted({word[0] for word in [*_grammar()["totals"], *_grammar()["ones"]]}))
    firsts = f"[0-9０-９lIO{_NUMERALS}为共计是数量达:：从不没未零无{totals}]"
    # The look-ahead passes over most characters with one test.
    return re.compile(f"(?={firsts})(?:{_numbers().pattern}|{_negators().pattern}|{_total_words().pattern})")


def _of_sentence(text: str, sentence: Span) -> Iterator[Mention]:
    start, end = sentence
    numerals = [_moved(one, start) for one in find(text[start:end])] if _numbers().search(text, start, end) else []
    figures = [_figure(text, one) for one in numerals if one.role == "count" and not _is_no_figure(text, one)]
    yield from figures
    if _negators().search(text, start, end):
        yield from _nones(text, sentence)
    if _total_words().search(text, start, end):
        yield from _totals(text, sentence, figures)
    yield from _rates(text, numerals)


# 无一件, 一件也没有, 三项均无 deny; the 640 of 2 640件 is part of a number torn in two.
_DENIED_BEFORE = re.compile(r"(?:没有|无|未有|没)$")
_TORN_BEFORE = re.compile(r"\d \Z")
_TORN = re.compile(r"\d{3}(?!\d)\S")
_DENIED_AFTER = re.compile(
    r"[余多]?[^，,、。;；\d]?[也都均皆]?(?:(?:没有|没(?!有)|未)(?!予?(?:审|判|裁|决|结|宣判|开庭|办[结完]))|无|为零|不[予存落漏])"
)
# 3-5件 is no one number, nor is 12+3件.
_OF_RANGE = re.compile(r"[0-9零一二两三四五六七八九十百千万][-—–~～+＋]{1,2}\Z")
_RANGE_FROM = re.compile(r"[-—–~～+＋]{1,2}[0-9一二两三四五六七八九十百千万]")


def _is_no_figure(text: str, one: Numeral) -> bool:
    start, end = one.span
    if one.value <= 1 and _DENIED_BEFORE.search(text, max(0, start - 2), start):
        return True
    if _TORN_BEFORE.search(text[max(0, start - 2) : start]) and _TORN.match(text, start) and one.unit:
        return True
    if _OF_RANGE.search(text, max(0, start - 3), start) or _RANGE_FROM.match(text, end):
        return True
    after = end + len(one.unit or "")
    return one.kind == "chinese" and one.value <= 9 and _DENIED_AFTER.match(text, after) is not None


def _open(text: str, known: list[Mention]) -> Iterator[Mention]:
    """The signs that no mention of their kind and no figure holds."""
    figures = sorted(one.span for one in known if one.kind == "figure")
    taken = {kind: {at for one in known if one.kind in (kind, "figure") for at in range(*one.span)} for kind in _SIGNS}
    for kind, span in triggers(text, figures):
        if taken[kind].isdisjoint(range(*span)):
            span = _with_verb(text, span) if kind == "none" else span
            taken[kind].update(range(*span))
            yield Mention(kind, span, span, span.end, Decimal(0) if kind == "none" else None, open=True)


_BETWEEN = re.compile("[新再曾实际]*")
_SIGNS: tuple[Literal["none", "all"], ...] = ("none", "all")


def _with_verb(text: str, sign: Span) -> Span:
    """A denial with the verb that completes it (未再举办)."""
    at = _BETWEEN.match(text, sign.end).end()  # type: ignore[union-attr]
    word = lexicon().scanner.match(text, at)
    is_verb = word is not None and lexicon().meaning[word[0]] in _symbols("verbs")
    return Span(sign.start, word.end()) if word is not None and is_verb else sign


def _moved(one: Numeral, by: int) -> Numeral:
    return one._replace(span=one.span.shifted(by))


@cache
def _numbers() -> re.Pattern[str]:
    """What a sentence must hold to have a figure at all: a digit, or a Chinese numeral before a unit or after 为, 共."""
    firsts = "".join(sorted({unit[0] for unit in units().counted}))
    return re.compile(
        f"[0-9０-９]|[lIO][{firsts}]|[{_NUMERALS}][余多来]? ?[{firsts}]|[为共计是数量达:：][{_NUMERALS}]+(?:$|[,，。;；、)）])"
        f"|零(?:$|[ ,，.。;；、)）])|[{_NUMERALS}]+[余多]?[处位回所]|职[{_NUMERALS}](?:$|[,，。;；)）])|[{_NUMERALS}]{{3}}|[lO](?:$|[ ,，。;；、)）件])|[一二三四五六七八九] [{_NUMERALS}]"
    )


_NUMERALS = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾廿卅"
_MULTIPLIERS = "百千万亿"
_BEFORE = re.compile(
    r"(?:不足|不到|不超过|至多|最多|少于|大约|约为|将近|接近|超过|不少于|不低于|至少|多于|突破|近|约|超|逾|(?<!网)(?<!线)上)$"
)


def _figure(text: str, one: Numeral) -> Mention:
    """A numeral as a mention: the words 近, 超 right before it and 余, 多 right after it belong to its `raw`."""
    start, end = one.span
    if one.qualifier != "exact":
        before = _BEFORE.search(text, max(0, start - 3), start)
        start = before.start() if before and (before[0] != "上" or text[start] in _MULTIPLIERS) else start
        end += text.startswith(("余", "多", "来"), end)
    return Mention("figure", one.span, Span(start, end), _unit_end(text, one), one.value, one.unit, one.qualifier)


def _unit_end(text: str, one: Numeral) -> int:
    end = one.span.end + text.startswith(("余", "多", "来"), one.span.end)
    if one.unit is None:
        return end
    return text.index(one.unit, end) + len(one.unit)


@cache
def _negators() -> re.Pattern[str]:
    lists = _grammar()
    wei, wu, ling = "|".join(lists["after_wei"]), "|".join(lists["not_after_wu"]), "|".join(lists["after_ling"])
    return re.compile(
        f"(?<=[均都皆])为[零0](?![0-9.件宗条项])|从未|不存在|不再有|没有|没(?=收|发|产|接|办|开|设|搞|列|参加)|未(?={wei})|零(?={ling})|(?<![{''.join(lists['not_before_wu'])}])无(?:一(?=[件例起宗次人条](?!外))|(?!{wu}))"
    )


# No clause that people write denies more often or farther; it keeps the time linear in one without end.
_MOST_DENIALS, _LONGEST_REACH = 20, 300


def _nones(text: str, sentence: Span) -> Iterator[Mention]:
    earlier: Span | None = None
    held = list(clauses(text, sentence))
    for place, clause in enumerate(held):
        for sign in islice(_negators().finditer(text, *clause), _MOST_DENIALS):
            if sign[0] == "无" and text.startswith(" ", sign.end()):
                continue  # a cell of a flattened table (专职 无 兼职 3): which side it denies is not sure
            scope = Span(sign.end(), min(clause.end, sign.end() + _LONGEST_REACH))
            trigger, behind = _governed(text, Span(*sign.span()), scope)
            behind += continued(text, behind, held[place + 1 : place + 4])
            things = behind or _governed_before(text, earlier, clause, sign.start(), scope)
            for thing in things or ():
                yield Mention("none", trigger, trigger, trigger.end, Decimal(0), target=thing)
            if things == [] and _stands_alone(text, sentence, trigger):
                yield Mention("none", trigger, trigger, trigger.end, Decimal(0))
            elif not things and _ends(text, sign, trigger) and (label := _label(text, clause, sign.start())):
                yield Mention("none", trigger, trigger, trigger.end, Decimal(0), target=label)
        earlier = clause


# 国家秘密无; 纠正、其他均没有: the names of a list, up to a figure, a colon or the start of the clause.
_LABEL_ENDS = re.compile(r"(?:一[件例宗起个条项])?\s*(?:$|[，,、；;。.)）\n])")
_VERB = re.compile("[\u4e00-\u9fff]{0,3}?(?=[，,、；;。.)）\n]|$)")
_LABEL = re.compile(r"(?:[^\d:：、 ]{1,16}、){0,4}[^\d:：、 ]{2,16}\Z")
_LONGEST_LABEL = 48


def _ends(text: str, sign: re.Match[str], trigger: Span) -> bool:
    """Whether a denial, with the verb of 未 and 没, ends its item of a list."""
    if _LABEL_ENDS.match(text, trigger.end):
        return True
    return sign[0] in ("未", "没") and _VERB.match(text, sign.end()) is not None


def _label(text: str, clause: Span, at: int) -> Span | None:
    """What stands before a denial that ends its item of a list; None where it is no name that we know."""
    start = max(clause.start, at - _LONGEST_LABEL)
    found = _LABEL.search(text[start:at].rstrip("均都皆也亦则俱者"))
    if found is None:
        return None
    label = Span(start + found.start(), start + found.end())
    last = [one.symbol for one in lexicon().tokens(text, *label)][-1:]
    return label if last and last[0] != RESIDUE else None


@cache
def _symbols(which: Literal["things", "verbs", "carried"]) -> frozenset[str]:
    return frozenset(lexicon().symbols[name] for name in _grammar()[which])


def _governed(text: str, sign: Span, scope: Span) -> tuple[Span, list[Span]]:
    """The trigger with the verb that completes it, and the things that follow it in its clause."""
    tokens = list(lexicon().tokens(text, *scope))
    trigger = sign
    if (
        tokens
        and tokens[0].symbol in _symbols("verbs")
        and not text[sign.end : tokens[0].span.start].strip("新再曾实际")
    ):
        trigger = Span(sign.start, tokens[0].span.end)
    return trigger, [one.span for one in tokens if one.symbol in _symbols("things")]


def _governed_before(text: str, earlier: Span | None, clause: Span, at: int, after: Span) -> list[Span] | None:
    """The things named before a denial that ends its clause (复议、诉讼均未发生); None where it denies something else."""
    rest = Span(after.start + len(_NOT_ONE.match(text, after.start, after.end)[0]), after.end)  # type: ignore[index]
    if any(one.symbol not in _symbols("verbs") for one in lexicon().tokens(text, *rest)):
        return None
    found = _things(text, Span(clause.start, at))
    if found or text[clause.start : at].strip("均都也皆, ，"):
        return found
    return _things(text, earlier) if earlier else []


# 没有一例
_NOT_ONE = re.compile("(?:一[件例宗起个条项])?")


def _things(text: str, scope: Span) -> list[Span]:
    return [one.span for one in lexicon().tokens(text, *scope) if one.symbol in _symbols("things")]


def _stands_alone(text: str, sentence: Span, trigger: Span) -> bool:
    """Whether the sentence is no more than 无, 没有, 未发生: a heading then names the thing."""
    left = text[sentence.start : trigger.start].strip("本年度,，:： ")
    return not left and not text[trigger.end : sentence.end].strip("。;；. 情况")


@cache
def _total_words() -> re.Pattern[str]:
    words = [*_grammar()["totals"], *_grammar()["ones"]]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _totals(text: str, sentence: Span, figures: list[Mention]) -> Iterator[Mention]:
    """均、全部… up to each verb of its clause, where no figure and no denial stands between."""
    starts = [one.span.start for one in figures]
    for clause in clauses(text, sentence):
        sign = _total_words().search(text, *clause)
        if sign is None or bisect_left(starts, sign.end()) < bisect_left(starts, clause.end):
            continue
        if sign[0] in _grammar()["ones"] and (bisect_left(starts, sign.start()) != 1 or figures[0].value != 1):
            continue
        verbs = [one for one in lexicon().tokens(text, sign.end(), clause.end) if one.symbol in _symbols("carried")]
        for verb in verbs:
            if not any(word in text[sign.end() : verb.span.start] for word in _grammar()["denials"]):
                span = Span(sign.start(), verb.span.end)
                yield Mention("all", span, span, span.end, target=verb.span)


@cache
def _rate_words() -> re.Pattern[str]:
    words = "|".join(sorted(_grammar()["rates"], key=len, reverse=True))
    return re.compile(f"(?:{words})[均都为达到了是:： ]{{0,5}}$")


def _rates(text: str, numerals: list[Numeral]) -> Iterator[Mention]:
    """办结率100%, 答复率达100%."""
    for one in numerals:
        if one.role != "percent" or one.value != 100:
            continue
        start = max(0, one.span.start - 14)
        word = _rate_words().search(text[start : one.span.start])
        if word:
            span = Span(start + word.start(), min(len(text), one.span.end + 1))
            verb = next(token.span for token in verb_tokens(text, span) if token.symbol in _symbols("carried"))
            yield Mention("all", span, span, span.end, target=verb)


def verb_tokens(text: str, target: Span) -> list[Token]:
    """The cues inside the target of a mention."""
    return [one for one in lexicon().tokens(text, *target) if one.symbol != RESIDUE]
