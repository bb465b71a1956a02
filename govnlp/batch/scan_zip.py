"""The members of a ZIP file, one at a time; names that a Chinese Windows wrote in GBK are put right."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from govnlp.batch.columns import too_large
from govnlp.batch.kinds import is_container, is_left_out, kind_of
from govnlp.batch.values import Found, Refusal, shown

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def read_zip(path: Path, limit: int, *, pictures: bool = False) -> Iterator[Found]:
    """The documents of a ZIP file, in its own order. A member that is encrypted, damaged or too large is a refusal.

    No more than `limit` bytes of a member are ever unpacked, whatever it claims. `ValueError` where the file is no ZIP.
    """
    taken: set[str] = set()
    try:
        with zipfile.ZipFile(path) as archive:
            for number, member in enumerate(archive.infolist()):
                name = member_name(member)
                if member.is_dir() or _is_hidden(name):
                    continue
                unique = name if name not in taken else f"{name}#{number}"
                taken.add(unique)
                yield _member(archive, member, f"{shown(str(path))}::{shown(unique)}", limit, pictures)
    except zipfile.BadZipFile as error:
        raise ValueError(f"the ZIP file is damaged ({error}); fetch it again") from error


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member: UTF-8 where it says so, else GBK where the bytes are GBK.

    >>> member_name(zipfile.ZipInfo("年报.html".encode("gbk").decode("cp437")))
    '年报.html'
    """
    if member.flag_bits & _UTF8_NAME or member.filename.isascii():
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return member.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return member.filename


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, limit: int, pictures: bool) -> Found:
    weight = member.compress_size
    if is_left_out(source, pictures=pictures):
        return Found(source, "bytes", weight=weight, refusal=Refusal("left_out", PurePosixPath(source).suffix.lower()))
    if is_container(kind := kind_of(source)) and kind != "zip":
        said = Refusal("nested", "it holds documents itself; unpack it, and name it directly.")
        return Found(source, "bytes", weight=weight, refusal=said)
    if member.file_size > limit:
        return Found(source, "bytes", weight=weight, refusal=too_large(member.file_size, limit))
    if member.flag_bits & _ENCRYPTED:
        said = Refusal("encrypted", "the member is encrypted; unpack the archive with its password first.")
        return Found(source, "bytes", weight=weight, refusal=said)
    try:
        with archive.open(member) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        said = Refusal("damaged", f"the member cannot be unpacked ({type(error).__name__}: {error}); fetch it again.")
        return Found(source, "bytes", weight=weight, refusal=said)
    refusal = too_large(len(data), limit) if len(data) > limit else None
    return Found(source, "bytes", data=b"" if refusal else data, weight=weight, refusal=refusal)
