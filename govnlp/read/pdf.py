"""PDF to a document: text, tables and pages as they are drawn; pages that show pictures of text are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from govnlp.read import ocr, paged
from govnlp.read.limits import Limits
from govnlp.read.page import Page
from govnlp.read.pdf_page import Reading, read_page
from govnlp.read.pdf_pictures import Recogniser, is_pictured, is_unreadable, pictured_parts
from govnlp.read.pdf_size import too_large
from govnlp.schema.document import Document
from govnlp.schema.report import Issue, Severity
from govnlp.schema.text import Text

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_PDFIUM = Lock()  # pdfium is not made for several threads
_END = b"%%EOF"
_TAIL = 2048
_MOST_NAMED = 12
_LIMIT = "not read, the limit of pages or of time was reached. Raise it, or split the file"
_FAILED = "damaged and not read. Fetch the file again"
_CROWDED = "more is drawn there than is looked at, and tables may be missing. Print the file to a new PDF"
_GARBLED = "characters without a meaning, as a font without its table of characters (ToUnicode) gives them"
_INSTALL = "To read it as a picture install the extra `ocr`: pip install 'govnlp[ocr]'"


def read(data: bytes, limits: Limits = Limits()) -> Document:  # noqa: B008 - immutable
    """The document in a PDF. Nothing in the data raises.

    Pages are read until `limits.pages` or `limits.seconds` is reached. Issues: `encrypted_source`, `damaged_source`,
    `source_too_large`, `truncated_source`, `pages_not_read`, `unreadable_text`, `needs_ocr`, `picture_needs_ocr`,
    and those of `ocr.doubts`.

    >>> read(b"%PDF-1.7\\n").issues[0].code
    'damaged_source'
    """
    if large := too_large(data, limits.unpacked):
        return _unread(large)
    import pypdfium2 as pdfium

    try:
        with _PDFIUM:
            opened = pdfium.PdfDocument(data)
            count = len(opened)
    except pdfium.PdfiumError as error:
        return _unread(_encrypted() if _asks_password(error) else _damaged())
    if not count:
        return _unread(_damaged())
    try:
        log = _read_pages(opened, count, limits)
    finally:
        with _PDFIUM:
            opened.close()
    if _END not in data[-_TAIL:]:
        log.issues.insert(0, _truncated(count))
    return paged.document(log.pages, "pdf", [*log.issues, *log.told(), *ocr.doubts(log.pages)])


@dataclass(slots=True)
class _Log:
    """The pages read so far, and the numbers of those that something is to be said of."""

    pages: list[Page] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    recovered: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)

    def told(self) -> list[Issue]:
        """What is to be said of the pages."""
        found = [
            _issue("pages_not_read", "error", self.left, _LIMIT),
            _issue("pages_not_read", "error", self.failed, _FAILED),
            _issue("pages_not_read", "error", self.crowded, _CROWDED),
            _issue("unreadable_text", "error", self.garbled, f"{_GARBLED}. {_INSTALL}, or print the file to a new PDF"),
            _issue("unreadable_text", "warning", self.recovered, f"{_GARBLED}; read as a picture. Compare the figures"),
            _issue("needs_ocr", "error", self.pictures, f"nothing but a picture of text. {_INSTALL}"),
            _issue("picture_needs_ocr", "warning", self.parts, f"a large picture that may show a table. {_INSTALL}"),
        ]
        return [one for one in found if one]


def _read_pages(opened: pdfium.PdfDocument, count: int, limits: Limits) -> _Log:
    log, until = _Log(), monotonic() + limits.seconds
    recogniser = Recogniser(limits.pixels)
    for number in range(1, count + 1):
        if number > limits.pages or monotonic() > until:
            log.left = list(range(number, count + 1))
            break
        _read_one(opened, number, recogniser, log)
    return log


def _read_one(opened: pdfium.PdfDocument, number: int, recogniser: Recogniser, log: _Log) -> None:
    """Read a page, and note what is to be said of it."""
    import pypdfium2 as pdfium

    try:
        with _PDFIUM:
            handle = opened[number - 1]
            reading = read_page(handle, number)
    except pdfium.PdfiumError:
        log.failed.append(number)
        return
    if reading.cut:
        log.crowded.append(number)
    page = _page(handle, reading, recogniser, log)
    with _PDFIUM:
        handle.close()
    if page:
        log.pages.append(page)


def _page(handle: pdfium.PdfPage, reading: Reading, recogniser: Recogniser, log: _Log) -> Page | None:
    """The page, its pictures of text recognised; None where all of it is a picture and no recogniser is installed."""
    number = reading.page.number
    if is_unreadable(reading):
        page = recogniser.whole(handle, reading.page, _PDFIUM)
        (log.recovered if page else log.garbled).append(number)
        return page
    if is_pictured(reading):
        page = recogniser.whole(handle, reading.page, _PDFIUM)
        log.pictures += [] if page else [number]
        return page
    parts = pictured_parts(reading)
    page = recogniser.parts(handle, reading.page, parts, _PDFIUM) if parts else reading.page
    log.parts += [] if page else [number]
    return page or reading.page


def _asks_password(error: pdfium.PdfiumError) -> bool:
    import pypdfium2.raw as raw

    return error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def _issue(code: str, severity: Severity, numbers: Sequence[int], said: str) -> Issue | None:
    return Issue(code=code, severity=severity, message=f"{named(numbers)}: {said}.") if numbers else None


def named(numbers: Sequence[int]) -> str:
    """Pages in words, neighbours as a range.

    >>> named([3]), named([1, 2, 3, 7])
    ('page 3', 'pages 1-3, 7')
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    told = ", ".join("-".join(map(str, one)) for one in ranges[:_MOST_NAMED])
    more = " and others" if len(ranges) > _MOST_NAMED else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {told}{more}"


def _unread(issue: Issue) -> Document:
    return Document(source="", printed=Text(""), text=Text(""), blocks=(), format="pdf", issues=(issue,))


def _encrypted() -> Issue:
    return Issue(
        code="encrypted_source",
        severity="error",
        message="the PDF opens only with a password. Save it without one and read that.",
    )


def _damaged() -> Issue:
    return Issue(
        code="damaged_source",
        severity="error",
        message="the PDF is damaged: no page of it can be opened. Fetch it again.",
    )


def _truncated(count: int) -> Issue:
    return Issue(
        code="truncated_source",
        severity="warning",
        message=f"the PDF lacks its end, as a download that broke off does; {count} pages could be opened. Fetch it again.",
    )
