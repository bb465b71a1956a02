"""Which pictures of a page may show what a report says, and which only adorn it (图标、二维码、横幅)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SMALL = 60  # pixels; no table can be read at that size
_NO_FIGURE = 4  # pixels; no figure can be read at that size
_SOURCES = ("data-original", "data-src", "original", "_src", "oldsrc", "src")
_SIZE = re.compile(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*$")
_STYLED = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,5})(?:\.\d*)?px")
_ADORNS = re.compile(
    r"^(?:pdf|docx?|word|xlsx?|excel|rar|zip)\.|(?:^|[^a-z])(?:icons?|ico|logo|qr|qrcode|[a-z]{0,9}ewm|erweima|weixin|wechat|"
    r"weibo|spacer|blank|dot|arrow|btn|button|bg|banner|share|print|close|loading|beian|gongan|ghs|jiucuo|zhaocuo|dzjg|sydw|"
    r"footer|header|nav|search|favicon|line|top|home|guohui)(?:[^a-z]|$)"
)
_ADORNS_IN_CHINESE = re.compile(
    "二维码|图标|标识|标志|横幅|分享|打印|关闭|无障碍|长者|适老|党政机关|找错|备案|扫一扫|微博|微信(?!图片|截图)"
)
_LEAST_DATA = 3000  # characters; a picture within the page that takes fewer is an icon
_LONGEST_NAME = 80


def picture_source(given: Mapping[str, str]) -> str:
    """Where an `<img>` with these attributes takes its picture from; empty where it has none or merely adorns.

    >>> picture_source({"src": "/upload/2022/nb2.png", "width": "860"}), picture_source({"src": "/img/icon_pdf.gif"})
    ('/upload/2022/nb2.png', '')
    """
    source = next((given[name] for name in _SOURCES if given.get(name)), "").strip()
    if not source or _is_small(given) or _ADORNS_IN_CHINESE.search(given.get("alt", "") + given.get("title", "")):
        return ""
    if source[:5].lower() == "data:":
        return source if len(source) >= _LEAST_DATA else ""
    return "" if _ADORNS.search(_file_name(source).lower()) else source


def shows_something(name: str, given: Mapping[str, str]) -> bool:
    """Whether an `<img>` or `<input>` with these attributes shows what may be a figure, in a cell without text.

    >>> shows_something("img", {"src": "n.png", "width": "20"}), shows_something("input", {"type": "hidden", "value": "3"})
    (True, False)
    """
    if name == "input":
        return given.get("type", "text").lower() in ("text", "number", "") and bool(given.get("value", "").strip())
    source = next((given[key] for key in _SOURCES if given.get(key)), "").strip()
    is_rule = any(
        int(match[1]) <= _NO_FIGURE for key in ("width", "height") if (match := _SIZE.match(given.get(key, "")))
    )
    if not source or is_rule:
        return False
    return source[:5].lower() == "data:" or not _ADORNS.search(_file_name(source).lower())


def _is_small(given: Mapping[str, str]) -> bool:
    sizes = [match[1] for name in ("width", "height") if (match := _SIZE.match(given.get(name, "")))]
    sizes += _STYLED.findall(given.get("style", "").lower())
    return any(int(size) <= _SMALL for size in sizes)


def _file_name(source: str) -> str:
    return source.partition("?")[0].rpartition("/")[2][-_LONGEST_NAME:]
