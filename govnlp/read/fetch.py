"""Files of the network, only where the user asks for them: over http and https, from public addresses, within limits."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import time
from html import unescape
from typing import IO
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from govnlp.read.beside import Finder, Found
from govnlp.read.limits import Limits

_SAVED = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,1000}?)\s*-->")
_BASE = re.compile(r"<base\s[^>]{0,1000}?href\s{0,9}=\s{0,9}[\"']?([^\"'\s>]{1,1000})", re.I)
_SAFE = "/%:?=&;,@+$!~*'()[]#"
_PATIENCE = 10.0  # seconds for one answer of a server
_PIECE = 64 * 1024
_AGENT = "govnlp (+https://pypi.org/project/govnlp/)"


def web(source: str, limits: Limits) -> Finder:
    """Downloads what a page of markup leads to; a relative place is taken from `<base>` or from where it was saved.

    >>> web("<p>", Limits())("t.png") is None
    True
    """
    base = _base(source)
    deadline = time.monotonic() + limits.seconds

    def find(place: str) -> Found | None:
        url = urljoin(base, place.strip()) if base else place.strip()
        data = _download(url, limits, deadline) if _is_web(url) else None
        return Found(url, data) if data else None

    return find


def _base(source: str) -> str:
    """The address of the page, as it says itself; empty where it does not."""
    match = _BASE.search(source) or _SAVED.search(source)
    return unescape(match[1]) if match and _is_web(unescape(match[1])) else ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _is_public(url: str) -> bool:
    """Whether every address of the host is one of the open network: a page must not reach into the reader's own."""
    host = urlsplit(url).hostname or ""
    found = {one[4][0] for one in socket.getaddrinfo(host, None)}
    return bool(found) and all(ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)


class _Redirects(HTTPRedirectHandler):
    """Follows a server elsewhere only where the user's page could have led there itself."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        if not _is_web(newurl) or not _is_public(newurl):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> OpenerDirector:
    """Knows http and https and nothing else: no files, no ftp."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _download(url: str, limits: Limits, deadline: float) -> bytes | None:
    """The bytes at a web address; none where they cannot be had within the limits of size and time."""
    try:
        url = quote(url, safe=_SAFE)
        if not _is_public(url):
            return None
        request = Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 - the scheme was checked
        with _opener().open(request, timeout=_PATIENCE) as answer:
            pieces, size = list[bytes](), 0
            while time.monotonic() < deadline and (piece := answer.read(_PIECE)):
                pieces.append(piece)
                size += len(piece)
                if size > limits.bytes:
                    return None
            return b"".join(pieces) if time.monotonic() < deadline else None
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        return None
