"""Candidates for a model: the mentions of the grammar, and every other word that may deny or carry a total.

The grammar names a denial only where it knows what is denied; a model can judge the rest (复议申请没有, 公报停办).
"""

from __future__ import annotations

import re
from decimal import Decimal

from govnlp.prose.mentions import Mention, MentionKind, mentions
from govnlp.schema.text import Span

_NONES = re.compile(
    "从未|尚未|未曾|未|不存在|没有|没得|没|无|零(?![一二三四五六七八九十百])|不曾|不涉及"
    "|不(?=收|设|征|再|作|用|开|发|编|制|办|列|存在)|阙如|付阙|空白|空缺|停(?=办|刊|更|[，,。；;])|暂停|免费|免收|谈不上|归零"
)
_ALLS = re.compile(
    "(?:均|全部|都|皆|悉数|一律|全数|尽数|俱|统统|清一色|全是|全为|已(?=答复|办结|全部|按)|件件)"
    "(?!(?:已|尚|还|从|为)?(?:未|无|没|不|零|空))"
)


def candidates(text: str) -> list[Mention]:
    """The mentions of `text` with the signs that the grammar leaves out, in order of where they start.

    A sign has no target; whether it denies or carries anything at all is for a tagger to say.

    >>> [(one.kind, text[slice(*one.span)]) for text in ["公报未出,收到2件皆公开"] for one in candidates(text)]
    [('none', '未'), ('figure', '2'), ('all', '皆')]
    """
    known = mentions(text)
    found = [*known, *_signs(text, _NONES, "none", known), *_signs(text, _ALLS, "all", known)]
    return sorted(found, key=lambda one: (one.span, one.target or one.span))


def _signs(text: str, pattern: re.Pattern[str], kind: MentionKind, known: list[Mention]) -> list[Mention]:
    taken = {at for one in known if one.kind == kind or one.kind == "figure" for at in range(*one.span)}
    found: list[Mention] = []
    for sign in pattern.finditer(text):
        if taken.isdisjoint(range(sign.start(), sign.end())):
            span = Span(*sign.span())
            value = Decimal(0) if kind == "none" else None
            found.append(Mention(kind, span, span, span.end, value))
    return found
