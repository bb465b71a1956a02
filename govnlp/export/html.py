"""Reports as self-contained pages: the document beside the canonical report, an index of many, and spans for displaCy.

A page loads nothing: its style, its script and its data stand in it, and its policy (CSP) allows no other.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Literal, TypedDict

from govnlp.export.html_index import Entry, Listing
from govnlp.export.html_pages import Drawn
from govnlp.export.html_sheet import sheet
from govnlp.schema.document import Document
from govnlp.schema.report import Report

Language = Literal["zh", "en"]
# The parts of the script, in the order in which they are joined.
_SCRIPTS = (
    "words", "elements", "state", "marks", "figures", "guesses", "paper", "sheets", "forms", "review", "inspector", "editor",
    "search", "saving", "keys", "layout", "showing", "acts", "page",
)  # fmt: skip
_STYLES = ("theme.css", "style.css", "media.css")
_INDEX_SCRIPTS = ("words", "elements", "index")
_IMPORT = re.compile(r"^import [^\n]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class|let|async)", re.MULTILINE)
# What would end a script element or a line of script inside JSON.
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class DisplacyEnt(TypedDict):
    """A span of the text and its label."""

    start: int
    end: int
    label: str


class DisplacyDoc(TypedDict):
    """What `spacy.displacy.render(…, style="ent", manual=True)` takes."""

    text: str
    ents: list[DisplacyEnt]
    title: str | None


def page(
    report: Report,
    document: Document,
    pages: Sequence[Drawn] = (),
    annotations: Sequence[str] = (),
    language: Language | None = None,
) -> str:
    """One report as one HTML page; `pages` are the pictures of the pages of its file, where it has pages.

    `annotations` are lines that the page saved before; `language` is the one that the page opens in, the browser's
    without it.

    >>> from govnlp.schema.text import Text
    >>> page(Report(status="failed"), Document("", Text(""), Text(""), (), "empty")).startswith("<!doctype html>")
    True
    """
    whole = sheet(report, document, [one.view for one in pages], annotations)
    stored = [_stored("sheet", "application/json", whole.model_dump_json(exclude_defaults=True).translate(_UNSAFE))]
    stored += [_stored(f"page-{one.view.number}", "text/plain", one.picture) for one in pages]
    return _assembled(_title(report), _SCRIPTS, stored, language)


def index(entries: Sequence[Entry], language: Language | None = None) -> str:
    """A page that lists reports, with filters by status, year, organ and failed checks, and a link to the page of each.

    >>> index([]).startswith("<!doctype html>")
    True
    """
    listing = Listing(entries=tuple(entries)).model_dump_json().translate(_UNSAFE)
    return _assembled("govnlp", _INDEX_SCRIPTS, [_stored("listing", "application/json", listing)], language)


def displacy(report: Report) -> DisplacyDoc:
    """The figures of a report as spaCy's displaCy draws them: `displacy.render(…, style="ent", manual=True)`.

    Spans of `report.text`, in order and without overlaps; where several facts share a place their ids are joined.

    >>> displacy(Report(status="complete", text="一、概述"))["ents"]
    []
    """
    named: dict[tuple[int, int], list[str]] = {}
    for fact in report.facts:
        for one in fact.evidence:
            held = named.setdefault((one.span.start, one.span.end), [])
            if fact.indicator not in held:
                held.append(fact.indicator)
    ents: list[DisplacyEnt] = []
    for (start, end), names in sorted(named.items()):
        if start < end and (not ents or start >= ents[-1]["end"]):
            ents.append({"start": start, "end": end, "label": " + ".join(names)})
    return {"text": report.text, "ents": ents, "title": _title(report)}


def _title(report: Report) -> str:
    meta = report.meta
    named = " · ".join(str(part) for part in (meta.organ, meta.year) if part)
    return named or report.source.name or "govnlp"


def _assembled(title: str, scripts: tuple[str, ...], stored: list[str], language: Language | None) -> str:
    style, script = "".join(map(_asset, _STYLES)), _joined(scripts)
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": escape(policy), "title": escape(title), "language": language or "zh", "asked": language or "",
        "style": style, "stored": "\n".join(stored), "script": script,
    }  # fmt: skip
    # One pass: what stands in the data is never taken for a mark of the template.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _asset("page.html"))


def _stored(name: str, kind: str, content: str) -> str:
    return f'<script type="{kind}" id="{name}">{content}</script>'


def _hash(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


@cache
def _joined(names: tuple[str, ...]) -> str:
    """The parts of the script as one function: their imports and exports name what now stands in one scope."""
    parts = (_EXPORT.sub("", _IMPORT.sub("", _asset(f"{name}.js"))) for name in names)
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


@cache
def _asset(name: str) -> str:
    return files("govnlp.export").joinpath("viewer", name).read_text("utf-8")
