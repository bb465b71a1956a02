"""Pages whose body is hidden in a string: a script's variable, an attribute, a `<textarea>` or `<xmp>`, CDATA, JSON.

Each such string is given back as markup of its own, every character with the place in the source it was decoded from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from govnlp.schema.text import Span, Text, TextBuilder

_LEAST_LENGTH = 200
_MOST_LAYERS = 4
_MOST_STRINGS = 8
# A script, a raw element, a tag with a long attribute; strings inside a script. A backslash outside a string is skipped
# with what follows it, so that no quotation mark is tried twice.
_SCRIPT = re.compile(r"<(?i:script)\b[^>]*+>((?>(?:[^<]++|<(?!/(?i:script)))*))")
_RAW = re.compile(r"<(?i:(textarea|xmp|template|noscript|title))\b[^>]*+>((?>(?:[^<]++|<(?!/(?i:\1)))*))")
_CDATA = re.compile(r"<!\[CDATA\[((?>(?:[^\]]++|\](?!\]>))*))")
_STRING = re.compile(
    r"""\\.|"([^"\\\n]*+(?>(?:\\.[^"\\\n]*+)*))(?:"|\Z)|'([^'\\\n]*+(?>(?:\\.[^'\\\n]*+)*))(?:'|\Z)"""
    r"|`([^`\\]*+(?>(?:\\.[^`\\]*+)*))(?:`|\Z)",
    re.S,
)
_ATTRIBUTE = re.compile(r"""=\s*+(?:"([^"<]{200,}+)"|'([^'<]{200,}+)')""")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))|[^\\]++|\\", re.S)
_ENTITY = re.compile(r"&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[a-zA-Z]{2,8};)|[^&]++|&")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": "\f", "v": " ", "0": "", "\n": ""}
_TAG = re.compile(r"<(?:/?(?:p|div|span|t[dr]|table|br|h[1-6])\b)", re.I)


def buried(source: str) -> Iterator[Text]:
    """The longest strings of the page that turn out to be markup, decoded.

    >>> body = "\\\\u003cp\\\\u003e" + "内" * 200 + "\\\\u003c/p\\\\u003e"
    >>> [text.value[:4] for text in buried(f"<script>var a = '{body}';</script>")]
    ['<p>内']
    """
    spans = sorted(set(_strings(source)), key=lambda span: span.start - span.end)[:_MOST_STRINGS]
    for span in spans:
        text = _unwrapped(_piece(source, span))
        if _TAG.search(text.value):
            yield text


def _strings(source: str) -> Iterator[Span]:
    """Where long strings stand in the source, the quotation marks left out."""
    if source.lstrip()[:1] in ("{", "["):
        yield from _literals(source, 0)
    for match in _SCRIPT.finditer(source):
        yield from _literals(match[1], match.start(1))
    for match in _RAW.finditer(source):
        if match.end(2) - match.start(2) >= _LEAST_LENGTH:
            yield Span(*match.span(2))
    for match in _CDATA.finditer(source):
        if match.end() - match.start() >= _LEAST_LENGTH:
            yield Span(*match.span(1))
    for match in _ATTRIBUTE.finditer(source):
        yield Span(*match.span(match.lastindex or 0))


def _literals(script: str, base: int) -> Iterator[Span]:
    for match in _STRING.finditer(script):
        if match.lastindex and match.end() - match.start() >= _LEAST_LENGTH:
            yield Span(*match.span(match.lastindex)).shifted(base)


def _piece(source: str, span: Span) -> Text:
    builder = TextBuilder()
    builder.keep(source[span.start : span.end], span.start)
    return builder.text()


def _unwrapped(text: Text) -> Text:
    """The text with layers of escapes (`\\u003c`, then `&lt;`) taken off until tags show, or none is left."""
    for _ in range(_MOST_LAYERS):
        if len(_TAG.findall(text.value)) > 1 and "\\u" not in text.value and '\\"' not in text.value:
            return text
        if "\\" in text.value:
            text = _unescaped(text.value).over(text)
        elif "&lt;" in text.value or "&#" in text.value:
            text = _without_entities(text.value).over(text)
        else:
            return text
    return text


def _unescaped(value: str) -> Text:
    """A string of JavaScript or JSON without its escapes; halves of a pair of surrogates become one character.

    >>> _unescaped(r"\\u4e00\\/b").value
    '一/b'
    """
    builder = TextBuilder()
    at = 0
    while at < len(value):
        match = _ESCAPE.match(value, at)
        if match is None:
            break
        at = match.end()
        code, byte, letter = match.groups()
        if code and "\ud800" <= chr(int(code, 16)) <= "\udfff":
            at = _put_surrogate(builder, value, match.start())
        elif code or byte:
            builder.put(chr(int(code or byte, 16)), Span(*match.span()))
        elif letter:
            builder.put(_LETTERS.get(letter, letter), Span(*match.span()))
        else:
            builder.keep(match[0], match.start())
    return builder.text()


_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def _put_surrogate(builder: TextBuilder, value: str, at: int) -> int:
    match = _PAIR.match(value, at)
    end = match.end() if match else at + 6
    builder.put(json.loads(f'"{match[0]}"') if match else "\ufffd", Span(at, end))
    return end


def _without_entities(value: str) -> Text:
    builder = TextBuilder()
    for match in _ENTITY.finditer(value):
        decoded = unescape(match[0]) if match[0][0] == "&" else match[0]
        if decoded == match[0]:
            builder.keep(match[0], match.start())
        else:
            builder.put(decoded, Span(*match.span()))
    return builder.text()
