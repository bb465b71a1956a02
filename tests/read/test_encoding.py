"""Bytes to text in every encoding that Chinese pages use, rightly or wrongly declared, whole or damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.read.encoding import decode

SHORT = "本年收到申请三件"
PROSE = "全年主动公开政府信息120条，收到公开申请3件，均按时答复。没有发生行政复议和行政诉讼。"
TRADITIONAL = "本年度主動公開政府資訊120條，收到申請3件，均已答覆，並無行政訴訟。"


@pytest.mark.parametrize("text", [SHORT, PROSE, TRADITIONAL])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
def test_each_encoding_is_found(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.issues) == (text, name, ())


def test_big5():
    assert decode(TRADITIONAL.encode("big5"))[:2] == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_markup_in_utf16_without_a_mark(codec):
    page = f"<html><body><p>{SHORT}</p><td>3</td></body></html>"
    assert decode(page.encode(codec)).text == page


@pytest.mark.parametrize("declared", ["utf-8", "big5", "gb2312", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_what_a_page_declares_is_only_a_hint(declared, codec):
    page = f'<html><head><meta charset="{declared}"></head><body>{PROSE}</body></html>'
    assert decode(page.encode(codec)).text == page


def test_a_late_declaration_breaks_a_tie():
    page = "<p>" + "銝" * 2 + "</p>" + " " * 5000 + '<meta http-equiv=Content-Type content="text/html; charset=gbk">'
    assert decode(page.encode("gbk")).encoding == "gb18030"


@pytest.mark.parametrize(("codec", "cut"), [("utf-8", 1), ("utf-8", 2), ("gbk", 1), ("utf-16", 1)])
def test_a_character_cut_off_at_the_end(codec, cut):
    decoded = decode((PROSE + "件").encode(codec)[:-cut])
    assert decoded.text.startswith(PROSE)
    assert [issue.code for issue in decoded.issues] == ["undecodable_bytes"]


@pytest.mark.parametrize(
    ("codec", "bad"), [("utf-8", b"\xe5\x85"), ("utf-8", b"\xff"), ("gbk", b"\xff"), ("gbk", b"\xff\xff")]
)
def test_a_few_bad_bytes(codec, bad):
    decoded = decode((PROSE * 3).encode(codec) + bad + ("。" + PROSE * 3).encode(codec))
    assert decoded.text.startswith(PROSE * 3)
    assert decoded.text.endswith(PROSE * 2)
    assert "\ufffd" in decoded.text
    assert decoded.issues[0].code == "undecodable_bytes"
    assert decoded.issues[0].severity == "warning"


def test_replacement_characters_of_the_source_are_no_bad_bytes_of_ours():
    assert decode(f"{PROSE}\ufffd".encode()).issues == ()


def test_ascii_with_entities():
    assert decode(b"<p>&#20844;&#24320;</p>")[:2] == ("<p>&#20844;&#24320;</p>", "utf-8")


def test_nothing_decodable():
    decoded = decode(bytes(range(128, 256)) * 40 + bytes(range(30)) * 40)
    assert (decoded.text, decoded.encoding) == ("", "")
    assert decoded.issues[0].code == "undecodable_source"


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    assert isinstance(decode(data).text, str)


@given(st.integers(0, len(PROSE.encode("gbk"))))
def test_any_even_prefix_of_gbk_reads_alike(size):
    head = ("<p>" + SHORT).encode("gbk")
    text = decode(head + PROSE.encode("gbk")[:size]).text
    assert text.startswith("<p>" + SHORT)


@pytest.mark.parametrize("text", ["© 2021 Example", "　　", "——"])
def test_valid_utf8_without_chinese_stays_utf8(text):
    assert decode(text.encode())[:2] == (text, "utf-8")


def test_gbk_that_happens_to_be_valid_utf8():
    data = "一时十小".encode("gbk")
    assert data.decode("utf-8")
    assert decode(data).text == "一时十小"
