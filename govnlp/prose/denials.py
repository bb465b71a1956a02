"""Statements of none (未收到…, 无, 零申请): the words that deny, and the things that they deny."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import islice

from govnlp.prose.denied import continued
from govnlp.prose.grammar import grammar, symbols
from govnlp.prose.lexicon import RESIDUE, lexicon
from govnlp.prose.mention import Mention
from govnlp.prose.sentences import clauses
from govnlp.schema.text import Span


@cache
def negators() -> re.Pattern[str]:
    """The words that deny where they do: 未 before a verb (未收到), not in 未来.

    >>> [sign[0] for sign in negators().finditer("未收到申请,未来无诉讼,有无障碍")]
    ['未', '无']
    """
    lists = grammar()
    wei, wu, ling = "|".join(lists["after_wei"]), "|".join(lists["not_after_wu"]), "|".join(lists["after_ling"])
    return re.compile(
        f"(?<=[均都皆])为[零0](?![0-9.件宗条项])|从未|不存在|不再有|没有|没(?=收|发|产|接|办|开|设|搞|列|参加)|未(?={wei})|零(?={ling})|(?<![{''.join(lists['not_before_wu'])}])无(?:一(?=[件例起宗次人条](?!外))|(?!{wu}))"
    )


# No clause that people write denies more often or farther; it keeps the time linear in one without end.
_MOST_DENIALS, _LONGEST_REACH = 20, 300


def nones(text: str, sentence: Span) -> Iterator[Mention]:
    """The statements of none of a sentence, one for each thing that is denied; no thing where a heading names it.

    >>> text = "未收到申请,复议、诉讼均未发生"
    >>> [(text[slice(*one.span)], text[slice(*one.target)]) for one in nones(text, Span(0, len(text)))]
    [('未收到', '申请'), ('未发生', '复议'), ('未发生', '诉讼')]
    """
    earlier: Span | None = None
    held = list(clauses(text, sentence))
    for place, clause in enumerate(held):
        for sign in islice(negators().finditer(text, *clause), _MOST_DENIALS):
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


def _governed(text: str, sign: Span, scope: Span) -> tuple[Span, list[Span]]:
    """The trigger with the verb that completes it, and the things that follow it in its clause."""
    tokens = list(lexicon().tokens(text, *scope))
    trigger = sign
    if (
        tokens
        and tokens[0].symbol in symbols("verbs")
        and not text[sign.end : tokens[0].span.start].strip("新再曾实际")
    ):
        trigger = Span(sign.start, tokens[0].span.end)
    return trigger, [one.span for one in tokens if one.symbol in symbols("things")]


def _governed_before(text: str, earlier: Span | None, clause: Span, at: int, after: Span) -> list[Span] | None:
    """The things named before a denial that ends its clause (复议、诉讼均未发生); None where it denies something else."""
    rest = Span(after.start + len(_NOT_ONE.match(text, after.start, after.end)[0]), after.end)  # type: ignore[index]
    if any(one.symbol not in symbols("verbs") for one in lexicon().tokens(text, *rest)):
        return None
    found = _things(text, Span(clause.start, at))
    if found or text[clause.start : at].strip("均都也皆, ，"):
        return found
    return _things(text, earlier) if earlier else []


# 没有一例
_NOT_ONE = re.compile("(?:一[件例宗起个条项])?")


def _things(text: str, scope: Span) -> list[Span]:
    return [one.span for one in lexicon().tokens(text, *scope) if one.symbol in symbols("things")]


def _stands_alone(text: str, sentence: Span, trigger: Span) -> bool:
    """Whether the sentence is no more than 无, 没有, 未发生: a heading then names the thing."""
    left = text[sentence.start : trigger.start].strip("本年度,，:： ")
    return not left and not text[trigger.end : sentence.end].strip("。;；. 情况")
