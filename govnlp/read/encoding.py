"""Bytes to text: BOM, strict UTF-8, then the encoding under which the text looks most like official Chinese prose.

What a page declares about itself is only a hint that breaks ties: a good share of the pages in the wild declare wrongly.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from govnlp.schema.report import Issue

_SAMPLE = 128 * 1024
# The most frequent characters of official prose in both scripts; a wrong decoding shows hardly any of them.
_FREQUENT = frozenset(
    "政府信息公开工作年度报告的情况主动依申请和人民国务院条例区市县省镇乡街道办事处行机关部门本级及其他不予以上下一二三四五六七八"
    "九十数量制发件规章范性文总计收到理结果答复网站平台建设管内容社会服务监督保障存在问题改进意见有关法律师企业科研构公益组织自然"
    "商织属于类纠正维持未审结议诉讼费元万个次新旧目录更完善提高加强进落实要求按照通过各项中大为是在了与等对全面时间编月日第位"
    "责任领导小开展培训利用渠道方式群众社区党委会经济发财预算决重点领域解读回应关切标准化规定程序登记接受提供说明电话地址"
    "學習務條關門處辦結構織數據發佈開報動請況區縣鄉鎮級規總計於類糾維審議訴訟費萬個與對導會經濟財預應號單標準電話認實際"
    "資訊機構為來時間長員並無現將從過進達選選還體後當種變樣點業產車東書馬見貝頁風飛語說讀請設許證"
)  # fmt: skip
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_ENOUGH = 3000  # characters that are looked at
_FOREIGN = re.compile(
    "[\u3040-\u30ff\u3105-\u312f\uac00-\ud7af\ue000-\uf8ff\ufffd\x80-\x9f\u0370-\u07ff]|[\U00010000-\U0010ffff]"
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (b"\x84\x31\x95\x33", "gb18030"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_FAMILIES = {
    "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "xgbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "utf16": "utf-16-le", "utf16le": "utf-16-le", "utf16be": "utf-16-be",
}  # fmt: skip
_HINT = 0.02
_VALID = 0.5
_LEAST_SCORE = 0.05


class Decoded(NamedTuple):
    """The text, the name of its encoding (empty where none fits), and what was lost on the way."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of `data`; bytes that stand for no character become U+FFFD and one issue with their number.

    >>> decode("政府信息公开".encode("gbk"))[:2]
    ('政府信息公开', 'gb18030')
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], name)
    if b"\x00" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return _scored(data)
        if text.isascii() or _CHINESE.search(text):
            return Decoded(text, "utf-8")
        return _scored(data, utf8_is_valid=True)
    return _scored(data)


def _scored(data: bytes, utf8_is_valid: bool = False) -> Decoded:
    """The reading that looks most like official prose; none at all is an `undecodable_source`."""
    sample = data[:_SAMPLE]
    hints = {_FAMILIES.get(re.sub(r"[-_]", "", name.decode("ascii").lower())) for name in _DECLARED.findall(data)}
    candidates = ["utf-8", "gb18030", "big5hkscs"]
    if _may_be_utf16(sample):
        candidates += ["utf-16-le", "utf-16-be"]
    scores = {name: _score(_text(sample, name), name) + _HINT * (name in hints) for name in candidates}
    scores["utf-8"] += _VALID * utf8_is_valid
    best = max(candidates, key=lambda name: scores[name])
    if scores[best] < _LEAST_SCORE:
        return Decoded("", "", (_nothing_decodable(len(data)),))
    return _decoded(data, best)


def _may_be_utf16(sample: bytes) -> bool:
    """Zeros, or an even length with the bytes of Chinese (4E-9F) at every second place: no other encoding has these."""
    if 0 in sample:
        return True
    half = max(1, len(sample) // 2)
    return max(sum(0x4E <= byte <= 0x9F for byte in sample[at::2]) for at in (0, 1)) > 0.6 * half


def _score(text: str, name: str) -> float:
    """From -1 (nonsense) to 1: the share of frequent characters, less that of what Chinese text never holds."""
    body = "".join(_BEYOND_ASCII.findall(text))[:_ENOUGH]
    if not body:
        return 0.5 if (text.isascii() and name == "utf-8") or (name.startswith("utf-16") and text) else -1.0
    frequent = sum(map(_FREQUENT.__contains__, body))
    chinese = len(body) - len(_CHINESE.sub("", body))
    foreign = len(_FOREIGN.findall(body))
    return (frequent + 0.2 * chinese - 2 * foreign) / (1.2 * len(body))


def _text(data: bytes, name: str) -> str:
    return data.decode(name, errors="replace")


def _decoded(data: bytes, name: str) -> Decoded:
    text = _text(data, name)
    printed = data.count(b"\xef\xbf\xbd") if name == "utf-8" else 0
    bad = text.count("\ufffd") - printed
    return Decoded(text, name, (_bad_bytes(bad, name),) if bad > 0 else ())


def _bad_bytes(count: int, name: str) -> Issue:
    return Issue(
        code="undecodable_bytes",
        severity="warning",
        message=f"{count} places hold bytes that are no {name} character; each is shown as U+FFFD. "
        "A figure or a label beside one may be damaged: compare with the original.",
    )


def _nothing_decodable(size: int) -> Issue:
    return Issue(
        code="undecodable_source",
        severity="error",
        message=f"the {size} bytes are text in no encoding that Chinese pages use (UTF-8, GB18030, Big5, UTF-16). "
        "Check that the file is what it should be, and fetch it again.",
    )
