"""Characters that a Word file prints without writing them as text: symbols of a font (`w:sym`), boxes to tick."""

from __future__ import annotations

from govnlp.read.xml_tree import Node

_TICKED, _OPEN = "☑", "☐"
_PRIVATE = 0xF000  # fonts of symbols are addressed in the private area of Unicode
_WINGDINGS = {0xFE: _TICKED, 0xFC: "√", 0xFB: "×", 0xFD: "☒", 0x78: "☒", 0xA8: _OPEN, 0x6F: _OPEN, 0x72: _OPEN,
              0x71: _OPEN, 0x70: _OPEN}  # fmt: skip
_WINGDINGS_2 = {0x52: _TICKED, 0x54: "☒", 0x51: "☒", 0xA3: _OPEN, 0x2A: _OPEN, 0x50: "√", 0x4F: "×", 0x35: _OPEN}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol(node: Node) -> str:
    """What a `w:sym` prints, empty where it is not known.

    >>> symbol(Node("w:sym", {"w:font": "Wingdings 2", "w:char": "F052"}))
    '☑'
    """
    try:
        code = int(node.get("w:char"), 16)
    except ValueError:
        return ""
    table = _FONTS.get(node.get("w:font").lower())
    if table is not None:
        return table.get(code - _PRIVATE if code >= _PRIVATE else code, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""


def field_value(begin: Node) -> str:
    """What a field of a form shows that holds no text of its own: a box to tick, an entry chosen from a list.

    >>> box = Node("w:checkBox", {}); data = Node("w:ffData", {}); field = Node("w:fldChar", {})
    >>> box.children = [Node("w:default", {"w:val": "1"})]; data.children = [box]; field.children = [data]
    >>> field_value(field)
    '☑'
    """
    box, choice = begin.child("w:ffData", "w:checkBox"), begin.child("w:ffData", "w:ddList")
    if box is not None:
        return _TICKED if box.is_on("w:checked" if box.child("w:checked") else "w:default") else _OPEN
    if choice is None:
        return ""
    entries = [one.get("w:val") for one in choice.children if one.name == "w:listEntry"]
    chosen = choice.value("w:result") or choice.value("w:default") or "0"
    return entries[int(chosen)] if chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(entries) else ""
