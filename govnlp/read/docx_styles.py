"""What the styles and the lists of a Word file say of its paragraphs: the level of a heading, the number of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from govnlp.read.docx_formats import printed
from govnlp.read.xml_tree import Node

_LEVELS = 9
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d$", re.I)
_PLACE = re.compile(r"%([1-9])")
_LONGEST_CHAIN = 20
_TIGHT = "、.．,，)）:：】〕]"  # after these nothing needs to part a number from its text


class Style(NamedTuple):
    """A style of paragraphs: the level of its headings (1 to 9, else 0), its list, whether it sets a table of contents."""

    level: int = 0
    list_: str = ""
    list_level: int = 0
    contents: bool = False


class Level(NamedTuple):
    """A level of a list: what it counts from, how it prints the number, what it prints around it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts: bool = True
    tight: bool = False
    digits_alone: bool = False


class Listing(NamedTuple):
    """A list: the definition that it counts with, its levels, and the levels that begin anew with it."""

    counter: str
    levels: Mapping[int, Level]
    restarted: Mapping[int, int]


def styles(root: Node | None) -> dict[str, Style]:
    """The styles of paragraphs by their id; each has what it takes over from the style that it is based on.

    >>> one = Node("w:style", {"w:type": "paragraph", "w:styleId": "2"})
    >>> one.children = [Node("w:name", {"w:val": "heading 1"})]
    >>> root = Node("w:styles", {}); root.children = [one]
    >>> styles(root)["2"].level
    1
    """
    nodes = {one.get("w:styleId"): one for one in (root.children if root else ()) if one.name == "w:style"}
    return {name: _style(node, nodes) for name, node in nodes.items() if node.get("w:type") == "paragraph"}


def _style(node: Node, nodes: Mapping[str, Node]) -> Style:
    chain = [node]
    while len(chain) < _LONGEST_CHAIN and (base := nodes.get(chain[-1].value("w:basedOn"))) is not None:
        chain.append(base)
    lists = [one for one in chain if one.child("w:pPr", "w:numPr", "w:numId")]
    numbered = lists[0] if lists else node
    return Style(
        level=next((level for one in chain if (level := _level(one)) is not None), 0),
        list_=numbered.value("w:pPr", "w:numPr", "w:numId"),
        list_level=number(numbered.value("w:pPr", "w:numPr", "w:ilvl")),
        contents=any(_CONTENTS.match(one.value("w:name")) for one in chain),
    )


def _level(node: Node) -> int | None:
    """The level that a style itself gives, 0 for body text; none where it gives none."""
    outline = node.value("w:pPr", "w:outlineLvl")
    if outline:
        return heading_level(outline)
    match = _HEADING.match(node.value("w:name"))
    return int(match[1]) if match else None


def heading_level(outline: str) -> int:
    """The level of a heading from 1 by its `w:outlineLvl` from 0; 0 for body text.

    >>> heading_level("0"), heading_level("9"), heading_level("")
    (1, 0, 0)
    """
    level = number(outline, -1) + 1
    return level if 1 <= level <= _LEVELS else 0


def number(written: str, otherwise: int = 0) -> int:
    """A small number of an attribute; `otherwise` where it is none.

    >>> number("12"), number("x"), number("9" * 30)
    (12, 0, 0)
    """
    return int(written) if len(written) < 8 and written.isascii() and written.isdigit() else otherwise


def listings(root: Node | None) -> dict[str, Listing]:
    """The lists of a file by their `w:numId`."""
    nodes = root.children if root else []
    definitions = {one.get("w:abstractNumId"): one for one in nodes if one.name == "w:abstractNum"}
    linked = {name: one.value("w:styleLink") for name, one in definitions.items()}
    homes = {style: name for name, style in linked.items() if style}
    found = {}
    for one in nodes:
        if one.name == "w:num":
            name = one.value("w:abstractNumId")
            style = definitions[name].value("w:numStyleLink") if name in definitions else ""
            name = homes.get(style, name) if style else name
            found[one.get("w:numId")] = _listing(one, name, definitions.get(name))
    return found


def _listing(node: Node, name: str, definition: Node | None) -> Listing:
    levels = dict(_levels(definition)) if definition else {}
    restarted = {}
    for one in node.children:
        if one.name == "w:lvlOverride":
            at = number(one.get("w:ilvl"))
            if one.child("w:startOverride"):
                restarted[at] = number(one.value("w:startOverride"))
            levels.update(_levels(one))
    return Listing(name, levels, restarted)


def _levels(definition: Node) -> dict[int, Level]:
    return {number(one.get("w:ilvl")): _level_of(one) for one in definition.children if one.name == "w:lvl"}


def _level_of(node: Node) -> Level:
    return Level(
        start=number(node.value("w:start")) if node.child("w:start") else 0,
        form=_form(node),
        text=node.value("w:lvlText"),
        restarts=node.value("w:lvlRestart") != "0",
        tight=node.value("w:suff") == "nothing",
        digits_alone=node.is_on("w:isLgl"),
    )


def _form(node: Node) -> str:
    """The format of the numbers; newer files give the true one (`w:numFmt` in `mc:Choice`) as a custom format."""
    return node.value("w:numFmt") or node.value("mc:AlternateContent", "mc:Fallback", "w:numFmt") or "decimal"


class Counter:
    """Counts the items of all lists of a file, in the order of the text.

    >>> counter = Counter({"5": Listing("0", {0: Level(form="chineseCounting", text="%1、")}, {})})
    >>> counter.next("5", 0), counter.next("5", 0), counter.next("6", 0)
    ('一、', '二、', '')
    """

    def __init__(self, lists: Mapping[str, Listing]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._met: set[str] = set()

    def next(self, list_: str, level: int) -> str:
        """What stands before the next item of a list at a level, with the space that parts it from the text."""
        listing = self._lists.get(list_)
        if listing is None or level not in listing.levels:
            return ""
        counts = self._counts.setdefault(listing.counter, {})
        if list_ not in self._met:
            self._met.add(list_)
            for at, start in listing.restarted.items():
                counts[at] = start - 1
        counts[level] = counts.get(level, listing.levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            if deeper not in listing.levels or listing.levels[deeper].restarts:
                del counts[deeper]
        return _label(listing.levels, level, counts)


def _label(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
    own = levels[level]
    if own.form == "bullet":
        return ""

    def count(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = levels.get(at, Level())
        form = "decimal" if own.digits_alone else shown.form
        return printed(counts.get(at, shown.start), form)

    label = _PLACE.sub(count, own.text).strip()
    return label if not label or own.tight or label[-1] in _TIGHT else label + " "
