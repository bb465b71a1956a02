"""HTML source cut into text and tags, and written anew with a number in place of each text.

The new markup is what the parser sees: `<td>12;</td>` for the twelfth text of the source. Whatever the parser then
repairs (unclosed cells, text between rows, wrong nesting), a number still leads back to its place in the source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from operator import add
from typing import Literal, NamedTuple, TypeAlias

from govnlp.read.html_pictures import picture_source, shows_something

BLANK = " \t\n\r\f"
_HIDDEN_TEXT = "script|style|noscript|template|textarea|title|xmp|iframe|noembed|noframes|svg"
_REST_OF_TAG = r"""[^>"'=]*+(?>(?>=\s*+(?:"[^"]*+"|'[^']*+'|)[^>"'=]*+|["'][^>"'=]*+)*)(?:>|\Z)"""
_COMMONEST = "|".join(chain.from_iterable((name, name.upper()) for name in ("td", "p", "span", "tr", "br", "div")))
# What is no text, each branch linear; what is never closed reaches to the end, as in a browser.
_MARKUP = re.compile(
    "("
    + "|".join(
        (
            r"</[a-zA-Z][^>\"'=]*+>",
            rf"<(?:{_COMMONEST})(?=[\s/>]){_REST_OF_TAG}",
            r"<!--(?:-?>|(?>(?:[^-]++|-(?!-!?>))*)(?:--!?>|\Z))",
            r"<!\[CDATA\[(?>(?:[^\]]++|\](?!\]>))*)(?:\]\]>|\Z)",
            rf"<(?i:({_HIDDEN_TEXT}))(?=[\s/>]){_REST_OF_TAG}"
            rf"(?>(?:[^<]++|<(?!/(?i:\2)[\s/>]))*)(?:</(?i:\2){_REST_OF_TAG}|\Z)",
            rf"</?[a-zA-Z]{_REST_OF_TAG}",
            r"<[!?/][^>]*+(?:>|\Z)",
        )
    )
    + ")"
)
_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)")
_SET_APART = re.compile(r"float\s*:|inline-block|width\s*:")

_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "caption")
# Elements that hold others to any depth; the parser walks up through them, so that their depth is bounded below.
_NESTING = (
    "div", "ul", "ol", "dl", "blockquote", "center", "section", "article", "main", "nav", "footer", "header", "aside",
    "address", "figure", "figcaption", "fieldset", "details", "summary", "dialog", "menu", "dir", "pre", "listing",
    "hgroup",
)  # fmt: skip
_PLAIN_BLOCKS = ("p", "li", "dd", "dt", "hr", "br", "h1", "h2", "h3", "h4", "h5", "h6")
_DROPPED = (
    *_HIDDEN_TEXT.split("|"), "html", "head", "body", "meta", "link", "base", "form", "col", "colgroup", "img", "image",
    "input", "frameset", "frame", "plaintext", "wbr", "param", "source", "embed", "area", "keygen", "bgsound", "track",
)  # fmt: skip
_INLINE = "span"
_NAMES: Mapping[str, str] = {
    **{name: name for name in chain(_TABLES, _NESTING, _PLAIN_BLOCKS)},
    **dict.fromkeys(_DROPPED, ""),
    "th": "td",
}
_UNSEEN = frozenset(("select", "datalist", "rp", "audio", "video", "canvas", "map"))
_MOST_DOCUMENTS = 20
# The parser joins texts between tags that it ignores, at a cost that grows with the square of their number.
_MANY_TEXTS, _TEXTS_AT_ONCE = 5000, 100
# Browsers stop nesting at 512 too.
_DEEPEST = 512

Display: TypeAlias = Literal["", "table", "section", "row", "cell"]
_DISPLAYS: Mapping[str, Display] = {
    "table": "table", "inline-table": "table", "table-row": "row", "table-cell": "cell",
    "table-row-group": "section", "table-header-group": "section", "table-footer-group": "section",
}  # fmt: skip


class Look(NamedTuple):
    """What matters of a tag's attributes.

    `display` is table, row, cell, section or empty; `group` is its class; `picture` where a picture is taken from.
    `shows` says that a picture or a field of a form may show a figure.
    """

    hidden: bool = False
    rowspan: str = ""
    colspan: str = ""
    display: Display = ""
    group: str = ""
    link: bool = False
    apart: bool = False
    picture: str = ""
    shows: bool = False


_NO_LOOK = Look()


class Marked(NamedTuple):
    """The markup with numbers for texts, the texts and where each starts in the source, and the looks of tags.

    `numbers` are those of the texts that were put into the markup; `tags` are the tags of the source, each once.
    """

    html: str
    texts: Sequence[str]
    starts: Sequence[int]
    looks: Sequence[Look]
    numbers: Sequence[int]
    tags: Sequence[str]


def mark(source: str) -> Marked:
    """The source with a number and `;` for each text that is more than white space, or that a cell begins with.

    >>> mark("<p CLASS=a>甲<b>乙</b> <a href=x>丙</a>").html
    '<p>1;2; <span k="0">4;</span>'
    """
    pieces = _MARKUP.split(source)
    texts, tags = pieces[0::3], pieces[1::3]
    starts = [0, *accumulate(map(add, map(len, texts), map(len, tags)))]
    distinct = list(dict.fromkeys(tags))
    looks, rewritten = _rewritten(distinct)
    new_tags = _shallow(_parted(tags, distinct, [rewritten[tag] for tag in tags]))
    cells = {new for new in rewritten.values() if _is_cell(new, looks)}
    before = zip(texts, ["", *new_tags], strict=True)
    marks = [
        f"{number};" if tag in cells or text.strip(BLANK) else " " if text else ""
        for number, (text, tag) in enumerate(before)
    ]
    numbers = [number for number, one in enumerate(marks) if one[-1:] == ";"]
    if len(marks) > _MANY_TEXTS:
        marks[::_TEXTS_AT_ONCE] = [one + "<wbr>" for one in marks[::_TEXTS_AT_ONCE]]
    html = "".join(chain.from_iterable(zip(marks, [*new_tags, ""], strict=True)))
    return Marked(html, texts, starts, looks, numbers, distinct)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag as written, names in lower case, the first of a name.

    >>> attributes("<td colspan=2 NoWrap style='width: 1px'>")
    {'colspan': '2', 'nowrap': '', 'style': 'width: 1px'}
    """
    found: dict[str, str] = {}
    name = _NAME.match(tag)
    for match in _ATTRIBUTE.finditer(tag, name.end() if name else 0):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


class _Tag(NamedTuple):
    """A tag of the source: its name there, the name that the parser will see, and its look where it opens."""

    name: str
    new_name: str
    closing: bool
    look: Look


def _rewritten(tags: Sequence[str]) -> tuple[list[Look], dict[str, str]]:
    """For each tag what takes its place: nothing, the bare tag, or the tag with the number of its look."""
    has_table = any(tag[:6].lower() == "<table" for tag in tags)
    parsed = {tag: _parsed(tag, has_table) for tag in tags}
    # Inline elements without any special look change nothing: their tags are left out altogether.
    plain = {one.name for one in parsed.values()} - {one.name for one in parsed.values() if one.look is not _NO_LOOK}
    looks: list[Look] = []
    return looks, {tag: _new_tag(one, plain, looks) for tag, one in parsed.items()}


def _parsed(tag: str, has_table: bool) -> _Tag:
    match = _NAME.match(tag)
    if not match:
        return _Tag("", "", False, _NO_LOOK)
    name = match[2].lower()
    if name in ("img", "input") and (look := _picture_look(name, attributes(tag))) != _NO_LOOK:
        return _Tag(name, "img", False, look)
    new_name = _NAMES.get(name, _INLINE)
    bare = bool(match[1]) or not new_name or (tag.endswith(name + ">") and name != "a")
    look = Look(hidden=name in _UNSEEN and not match[1]) if bare else _look(name, attributes(tag), has_table)
    return _Tag(name, new_name, bool(match[1]), _NO_LOOK if look == _NO_LOOK else look)


def _picture_look(name: str, given: Mapping[str, str]) -> Look:
    return Look(picture=picture_source(given) if name == "img" else "", shows=shows_something(name, given))


def _look(name: str, given: Mapping[str, str], has_table: bool) -> Look:
    style = given.get("style", "").lower()
    display = match[1] if (match := _DISPLAY.search(style)) else ""
    return Look(
        hidden=display == "none" or "hidden" in given or name in _UNSEEN,
        rowspan=given.get("rowspan", ""),
        colspan=given.get("colspan", ""),
        display="" if name in _TABLES or name == "th" else _DISPLAYS.get(display, ""),
        group=given.get("class", "") if name in _NESTING or name in ("li", "dd", "dt") else "",
        link=name in ("a", "button"),
        # Only a page without tables may set its cells side by side in inline elements.
        apart=not has_table and name not in _NAMES and ("class" in given or bool(_SET_APART.search(style))),
    )


def _new_tag(tag: _Tag, plain: set[str], looks: list[Look]) -> str:
    if not tag.new_name or (tag.new_name == _INLINE and tag.name in plain):
        return ""
    if tag.closing:
        return f"</{tag.new_name}>"
    if tag.look is _NO_LOOK:
        return f"<{tag.new_name}>"
    looks.append(tag.look)
    return f'<{tag.new_name} k="{len(looks) - 1}">'


def _is_cell(tag: str, looks: Sequence[Look]) -> bool:
    number = re.search(r'k="(\d+)"', tag)
    return tag.startswith("<td") or (number is not None and looks[int(number[1])].display == "cell")


_OPENS_DEEP = re.compile(rf"<({'|'.join((*_NESTING, 'table'))})[ >]")
_CLOSES_DEEP = re.compile(rf"</(?:{'|'.join((*_NESTING, 'table'))})>")


def _shallow(tags: list[str]) -> list[str]:
    """The tags with those that nest deeper than any parser should follow turned into line breaks."""
    opens = {tag for tag in set(tags) if _OPENS_DEEP.match(tag)}
    if not opens or sum(map(opens.__contains__, tags)) <= _DEEPEST:
        return tags
    closes = {tag for tag in set(tags) if _CLOSES_DEEP.match(tag)}
    depth, kept = 0, list[str]()
    for tag in tags:
        depth = depth + (tag in opens) - (tag in closes and depth > 0)
        is_too_deep = (tag in opens and depth > _DEEPEST) or (tag in closes and depth >= _DEEPEST)
        kept.append("<br>" if is_too_deep else tag)
    return kept


def _parted(tags: Sequence[str], distinct: Sequence[str], new_tags: list[str]) -> list[str]:
    """The tags with all tables closed where a second document begins (two files glued together)."""
    begins = {tag for tag in distinct if tag[:9].lower() == "<!doctype" or tag[:5].lower() == "<html"}
    beginnings = [at for at, tag in enumerate(tags) if tag in begins] if begins else []
    for at in beginnings[1:_MOST_DOCUMENTS]:
        if tags[at][1] == "!" or tags[at - 1][:6].lower() == "</html":
            before = new_tags[:at]
            still_open = sum(tag.startswith("<table") for tag in before) - sum(tag.count("</table>") for tag in before)
            new_tags[at] = "</table>" * max(0, still_open)
    return new_tags
