"""Small Word files made by hand: the XML of a body, in a package as Word writes it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ROOTS = {"styles": "w:styles", "numbering": "w:numbering", "footnotes": "w:footnotes"}


def word(
    body: str,
    namespace: str = W,
    files: Mapping[str, bytes] = MappingProxyType({}),
    parts: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A DOCX with this body; `parts` (styles, numbering, footnotes) are the insides of its other parts, `files` pictures."""
    office = _OFFICE if namespace == W else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    links = "".join(_link(f"r{name}", f"{office}/{name}", f"{name}.xml") for name in parts)
    links += "".join(_link(f"p{at}", f"{office}/image", name) for at, name in enumerate(files))
    inside = {
        "_rels/.rels": _links(_link("r1", f"{office}/officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _links(links),
        "word/document.xml": _part("w:document", f"<w:body>{body}</w:body>", namespace),
    }
    inside |= {f"word/{name}.xml": _part(_ROOTS[name], xml, namespace) for name, xml in parts.items()}
    return packed(
        {**{name: text.encode() for name, text in inside.items()}, **{f"word/{k}": v for k, v in files.items()}}
    )


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _part(root: str, inside: str, namespace: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns:w="{namespace}" {_SPACES}>{inside}</{root}>'


def _links(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def p(*runs: str, settings: str = "") -> str:
    """A paragraph; a run that is no markup is text."""
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{settings}</w:pPr>' if settings else ''}{inside}</w:p>"


def run(text: str, settings: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(text: str, settings: str = "") -> str:
    """A cell with one paragraph."""
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the markup of its cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
