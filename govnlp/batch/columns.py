"""Which columns of a table hold a document: its text or HTML, its address, its date. Source: `columns.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from govnlp.batch.values import Columns, Found, Refusal


class Fields(NamedTuple):
    """The columns that were found; `html` is asked first, `text` where it is empty."""

    html: str | None
    text: str | None
    url: str | None
    date: str | None

    @property
    def holds_text(self) -> bool:
        """Whether there is any document in such rows."""
        return self.html is not None or self.text is not None


def fields(names: Iterable[str], wanted: Columns = Columns()) -> Fields:  # noqa: B008 - immutable
    """The columns among `names`: those that the user named, else those with a usual name.

    >>> fields(["ID", "URL", "正文"])
    Fields(html=None, text='正文', url='URL', date=None)
    >>> fields(["id", "page", "html"], Columns(text="page"))
    Fields(html=None, text='page', url=None, date=None)
    """
    known = list(names)
    chosen = wanted.html is not None or wanted.text is not None
    return Fields(
        html=wanted.html if chosen else _usual("html", known),
        text=wanted.text if chosen else _usual("text", known),
        url=wanted.url or _usual("url", known),
        date=wanted.date or _usual("date", known),
    )


def found_in(row: Mapping[str, object], chosen: Fields, source: str, limit: int, weight: int = 0) -> Found:
    """The document of a row; a refusal where it has no such column or too much text.

    >>> found_in({"text": "一、概述", "url": "http://a.cn/1"}, fields(["text", "url"]), "a.jsonl::1", 100).url
    'http://a.cn/1'
    """
    if not chosen.holds_text or not any(name in row for name in (chosen.html, chosen.text) if name):
        names = ", ".join(map(str, list(row)[:12]))
        message = f"no column of text or HTML among: {names}. Name it with --text-column or --html-column."
        return Found(source, "text", weight=weight, refusal=Refusal("no_text_column", message))
    text = _text(row, chosen.html) or _text(row, chosen.text) or ""
    data = text.encode("utf-8", "replace")
    url, date = _text(row, chosen.url), _text(row, chosen.date)
    if len(data) > limit:
        return Found(source, "text", url=url, date=date, weight=weight, refusal=too_large(len(data), limit))
    return Found(source, "text", data=data, url=url, date=date, weight=weight)


def too_large(size: int, limit: int) -> Refusal:
    """The refusal of what is larger than the limit.

    >>> too_large(9, 5).message
    'it has 9 bytes, more than the limit of 5; cut out the report, or raise the limit.'
    """
    message = f"it has {size:,} bytes, more than the limit of {limit:,}; cut out the report, or raise the limit."
    return Refusal("too_large", message)


def _text(row: Mapping[str, object], name: str | None) -> str | None:
    value = row.get(name) if name is not None else None
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value).encode("utf-8", "replace").decode("utf-8")  # JSON may hold halves of characters


def _usual(role: str, names: list[str]) -> str | None:
    folded = {name.strip().lower(): name for name in reversed(names)}
    return next((folded[one] for one in _names()[role] if one in folded), None)


@cache
def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(files(__package__).joinpath("columns.yaml").read_text("utf-8"))
    return found
