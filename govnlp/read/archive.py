"""The files inside a ZIP (also DOCX, XLSX), unpacked one by one within a limit that no packed file can talk its way past."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from types import MappingProxyType

from govnlp.read.limits import Limits
from govnlp.schema.report import Issue

_ENTRY = b"PK\x01\x02"  # what each entry of the directory at the end begins with
_MOST_ENTRIES = 10_000
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF8 = 0x1, 0x800
_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


class UnpackingError(Exception):
    """A file inside an archive cannot be unpacked; `issue` says why. It never leaves the readers."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.message)
        self.issue = issue


class Archive:
    """A ZIP whose files are unpacked when they are asked for, all together no more than `limits.unpacked` bytes.

    >>> data = io.BytesIO()
    >>> with zipfile.ZipFile(data, "w") as made:
    ...     made.writestr("年报/a.txt", "0123456789")
    >>> archive = Archive(data.getvalue(), Limits(unpacked=15))
    >>> archive.names, archive.read("年报/a.txt")
    (('年报/a.txt',), b'0123456789')
    >>> archive.read("年报/a.txt")
    Traceback (most recent call last):
    govnlp.read.archive.UnpackingError: 年报/a.txt unpacks to more than the limit of 15 bytes for a whole archive. Give the report alone, or raise the limit `unpacked`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises `UnpackingError` where `data` is no archive that can be opened."""
        if data.count(_ENTRY) > _MOST_ENTRIES:
            raise UnpackingError(_too_large(f"the archive has more than {_MOST_ENTRIES:,} files"))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            raise UnpackingError(damaged(f"the archive cannot be opened ({error})")) from None
        self._limit = self._left = limits.unpacked
        self._entries = MappingProxyType(dict(_entries(self._zip)))

    @property
    def names(self) -> tuple[str, ...]:
        """The files, in the order of the archive; folders are left out."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a file; `UnpackingError` where there is none, it is encrypted or damaged, or the limit is passed."""
        entry = self._entries.get(name)
        if entry is None:
            raise UnpackingError(damaged(f"the archive lacks {name}"))
        if entry.flag_bits & _ENCRYPTED:
            raise UnpackingError(encrypted(f"{name} in the archive"))
        if entry.compress_type not in _KNOWN:
            raise UnpackingError(damaged(f"{name} is packed in a way that is not known"))
        try:
            with self._zip.open(entry) as file:
                data = file.read(self._left + 1)
        except _FAULTS as error:
            raise UnpackingError(damaged(f"{name} cannot be unpacked ({error})")) from None
        if len(data) > self._left:
            raise UnpackingError(
                _too_large(f"{name} unpacks to more than the limit of {self._limit:,} bytes for a whole archive")
            )
        self._left -= len(data)
        return data


def names_in(data: bytes) -> tuple[str, ...]:
    """The files that an archive names; none where it cannot be opened.

    >>> names_in(b"PK")
    ()
    """
    try:
        return Archive(data, Limits()).names
    except UnpackingError:
        return ()


def _entries(opened: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    return {_name(one): one for one in opened.infolist() if not one.is_dir()}


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a file; what packers of Chinese Windows write as GBK is read as that."""
    if not entry.flag_bits & _UTF8:
        try:
            return entry.filename.encode("cp437").decode("gb18030").replace("\\", "/")
        except UnicodeError:
            pass
    return entry.filename.replace("\\", "/")


def damaged(what: str) -> Issue:
    """The issue `damaged_source` (error).

    >>> damaged("the archive lacks word/document.xml").message
    'the archive lacks word/document.xml: the file is damaged or was cut off. Fetch it again.'
    """
    return Issue(
        code="damaged_source", severity="error", message=f"{what}: the file is damaged or was cut off. Fetch it again."
    )


def encrypted(what: str) -> Issue:
    """The issue `encrypted_source` (error).

    >>> encrypted("the Word file").message
    'the Word file is protected by a password and was not read. Save it without one.'
    """
    return Issue(
        code="encrypted_source",
        severity="error",
        message=f"{what} is protected by a password and was not read. Save it without one.",
    )


def _too_large(what: str) -> Issue:
    return Issue(
        code="source_too_large",
        severity="error",
        message=f"{what}. Give the report alone, or raise the limit `unpacked`.",
    )
