"""The features of the linear model against their definition, written out plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from govnlp.prose.ngrams import features
from govnlp.prose.windows import Window

SHORT = {"num": "#", "none": "!", "all": "&", "dig": "9", "year0": "Y", "year-1": "P", "year+1": "N", "year": "y"}
PIECES = ["<num>", "<num>", "<none>", "<all>", "<dig>", "<year-1>", "<year0>", "<other>", ",", ":", "。", "(", ")", "#", "!", "&",
          "收到", "申请", "件", "é", "😀", "未", "x<y", "公开信息"]  # fmt: skip


def plainly(text: str) -> list[list[int]]:
    """A name and an n-gram, one after the other, and the checksum of both."""
    section = ""
    if text.startswith("<section"):
        section, _, text = text.partition(">")
    body = text.translate(dict.fromkeys(map(ord, "#!&"), "~"))
    body = re.sub("<([^<>]{1,20})>", lambda found: SHORT.get(found[1], ""), body)
    return [
        sorted({crc32(name.encode()) for name in _names(body, at, section)})
        for at, one in enumerate(body)
        if one in "#!&"
    ]


def _names(body: str, at: int, section: str) -> Iterator[str]:
    kind, before, after = body[at], body[max(0, at - 60) : at], body[at + 1 : at + 21]
    clause = re.split("[,;:。()]", before)[-1]
    behind = re.split("[,;:。()]", after)[0]
    own = clause.split("#")[-1]
    yield from (kind, f"s{kind}{section}", f"su{section}{after[:1]}", f"c{clause[:4]}")
    for size in range(1, 7):
        yield from (f"l{kind}{before[-size:]}", f"r{kind}{after[:size]}")
    yield from (f"x{kind}{before[-2:]}|{after[:2]}", f"x{kind}{before[-1:]}|{after[:1]}")
    zones = [(f"so{section}", own, 2, 2), (f"o{kind}", own, 1, 4), (f"b{kind}", behind.split("#")[0], 1, 4),
             (f"k{kind}", clause, 1, 3), (f"r{kind}", behind, 1, 3), (f"n{kind}", before[-28:], 2, 3),
             (f"f{kind}", before[:-28], 2, 3), (f"a{kind}", after, 2, 2)]  # fmt: skip
    for zone, text, least, most in zones:
        for size in range(least, most + 1):
            yield from (zone + text[start : start + size] for start in range(len(text) - size + 1))


@given(st.sampled_from(["", "<section>", "<section:fees>"]), st.lists(st.sampled_from(PIECES), max_size=60))
def test_features_are_as_defined(section: str, pieces: list[str]):
    text = section + "".join(pieces)
    wanted = plainly(text)
    assert features(Window(text, ())) == wanted
    assert features(Window(text, ()), range(0, len(wanted), 2)) == wanted[::2]
