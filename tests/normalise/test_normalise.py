"""Normalising: what is sound stays, what is damaged is repaired or told, and every character keeps its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.normalise import normalise
from govnlp.normalise.charmap import fold
from govnlp.normalise.script import char_to_simplified
from govnlp.schema.document import Cell, CellRun, Document, Grid
from govnlp.schema.text import Span, Text
from tests.normalise.damaging import cut, document, glossed, grid, traditional

SOUND = [
    "一、总体情况",
    "2021年,本县围绕中心工作,持续做好信息公开。全年主动公开政府信息1,128条,其中网站900条、公众号228条。",
    "(一)组织领导。县长任组长,办公室(秘书科)具体负责(联系电话:0555-6770000)。",
    "张骞镇、於潜街道、乾县、徵村的王喆、李昇、欧阳菲菲共同参加(见附件PDF)。",
    "您是否满意?我们一直在听。为什么不公开?!请说明理由。",
    "Annual report (a) of the county (he) said: is it open? Yes! See http://www.abc.gov.cn/a_b?c=1。",
    "本年新收 3 0 0 0 0 0 3",
    "信息内容  本年制发件数  本年废止件数  现行有效件数",
    "行政许可 4670",
    "结果维持 结果纠正 其他结果 尚未审结 总计",
    "项目(km)长度、客户端(APP)和文件(ppt)、选项(a)、(b)。",
    "“放管服”改革、《条例》、〔2021〕30号、①②③、○、●、☑。",
    "重庆市綦江区、浙江省衢州市、安徽省亳州市、广东省番禺区、新疆阿勒泰地区、内蒙古锡林郭勒盟。",
    "单位（盖章）".replace("（", "(").replace("）", ")"),
]


def _text(value: str) -> str:
    return normalise(document(value)).text.value


@pytest.mark.parametrize("line", SOUND)
def test_sound_text_is_unchanged(line):
    made = normalise(document(line))
    assert made.text.value == line
    assert made.issues == ()


def test_width_is_folded_and_no_issue_told():
    made = normalise(document("共１，１２８条（含转发）；占９．５％　ＡＢＣ：“好”！"))
    assert made.text.value == "共1,128条(含转发);占9.5% ABC:“好”！"
    assert made.issues == ()


def test_what_has_no_width_is_dropped_and_lines_stay():
    assert _text("\ufeff政\u200b务\u00ad公\u00a0开\r\n第\x07二行\x0c第三行") == "政务公 开\n第二行\n第三行"


def test_look_alikes_of_a_pdf_are_ideographs():
    assert _text("⼀、⾏政⻓官⻅⾯") == "一、行政长官见面"


def test_a_traditional_document_is_simplified_in_place():
    plain = "进一步规范政务公开工作,推动各单位加强网站建设,为群众提供服务。"
    made = normalise(document(traditional(plain)))
    assert made.text.value == plain
    assert made.raw(Span(0, 6)) == traditional(plain)[:6]
    assert [issue.code for issue in made.issues] == ["damage_repaired"]


def test_a_simplified_document_never_asks_for_opencc():
    import subprocess
    import sys

    code = (
        "import sys; from govnlp.normalise import normalise; from govnlp.schema.document import Document, Text;"
        "t = Text('政务公开'); normalise(Document('', t, t, (), 'text')); sys.exit('opencc' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("政務(wù)公開和網(wǎng)站、關(guān)於報(bào)告", "政务公开和网站、关于报告"),
        ("文(wen)章和复(fu)议由政(zheng)府公布", "文章和复议由政府公布"),
        ("复(fu)(fu)议结果", "复议结果"),
        ("政府(zhèng fǔ)公开", "政府公开"),
        ("绿(lǜ)色、女(nǚ)性", "绿色、女性"),
        ("萬（wàn）條", "万条"),
    ],
)
def test_glosses_are_dropped(printed, clean):
    assert _text(printed) == clean


@pytest.mark.parametrize(
    "line", ["文件(PDF)", "长(km)", "第一类(a)", "啊(a)", "他(he)说", "附(fu)件", "名单(list)", "客户端(app)"]
)
def test_brackets_that_are_no_glosses_stay(line):
    assert _text(line) == line


def test_glosses_between_digits_and_units():
    assert _text("網(wǎng)站發(fā)布39萬(wàn)條") == "网站发布39万条"


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("行 政 复 议", "行政复议"),
        ("三 、 本 年 度", "三、本年度"),
        ("总 计", "总计"),
        ("2021 年 3 月 5 日", "2021年3月5日"),
        (
            "县政府办公室认真履行 职责, 全年收到 128 件申请, 办结 1 2 8 件, 均已答复。",
            "县政府办公室认真履行职责,全年收到128件申请,办结128件,均已答复。",
        ),
    ],
)
def test_spaces_inside_words_go(printed, clean):
    assert _text(printed) == clean


def test_spaces_of_cells_go_but_never_between_figures():
    made = normalise(grid("自 然 人", "商业 企业", "0 0", "12 34", "5 件", "结果\n 维持"))
    assert [made.cut(cell.span) for cell in made.blocks[0].cells][:5] == ["自然人", "商业企业", "0 0", "12 34", "5件"]  # type: ignore[union-attr]


def test_cells_are_never_joined():
    text = "自 然 人 法 人"
    run = CellRun(Span(0, 9), (Span(0, 5), Span(6, 9)))
    made = normalise(Document(text, Text(text), Text(text), (run,), "text"))
    block = made.blocks[0]
    assert isinstance(block, CellRun)
    assert [made.cut(span) for span in block.cells] == ["自然人", "法人"]
    assert made.text.value == "自然人 法人"


def test_a_gloss_over_two_cells_stays():
    text = "務(wù)必"
    block = Grid(Span(0, 6), (Cell(Span(0, 3), 0, 0), Cell(Span(3, 6), 0, 1)))
    made = normalise(Document(text, Text(text), Text(text), (block,), "text"))
    assert "(wù)" in made.text.value


def test_repairs_are_told_with_kind_and_count():
    made = normalise(document("政務(wù)公開服務(wù)於民眾。行 政 复 议"))
    assert all(issue.severity == "info" and issue.code == "damage_repaired" for issue in made.issues)
    assert any(issue.message.startswith("pinyin: 2 ") for issue in made.issues)


@pytest.mark.parametrize("line", ["全年办理申请\ufffd\ufffd件", "本年度??府公开", "信息共?。其余"])
def test_lost_characters_are_told_with_their_place(line):
    warnings = [issue for issue in normalise(document(line)).issues if issue.severity == "warning"]
    assert [issue.code for issue in warnings] == ["damage_left"]
    assert warnings[0].evidence is not None
    assert line[warnings[0].evidence.source_span.start] in "?\ufffd"


_GLOSSES = {"務": "wù", "關": "guān", "報": "bào", "開": "kāi", "復": "fù", "網": "wǎng", "發": "fā"}
_PROSE = st.lists(
    st.sampled_from(
        [
            *SOUND,
            "本县共收到申请１２件，",
            "均已答复；",
            "网站发布４．５万条",
            "行 政 诉 讼",
            "为群众办实事",
            " ",
            "\u3000",
            "\n",
            "、",
        ]
    ),
    max_size=8,
).map("".join)
_NOISE = st.text("政務务公開开(（wùu )）12 １\u3000\u200b\n?？。！复fu、件鲃ㄒ唬", max_size=40)
_TEXTS = st.one_of(
    _PROSE, _NOISE, _PROSE.map(traditional).map(lambda text: glossed(text, _GLOSSES)), st.text(max_size=40)
)


@settings(max_examples=50, deadline=None)
@given(_TEXTS)
def test_normalising_again_changes_nothing(text):
    once = normalise(document(text))
    assert normalise(once) == once


@settings(max_examples=50, deadline=None)
@given(_TEXTS)
def test_every_kept_character_stands_where_it_came_from(text):
    made = normalise(document(text))
    for at, char in enumerate(made.text.value):
        origin = made.printed_span(Span(at, at + 1))
        assert origin.start < origin.end
        if origin.end - origin.start == 1 and not text.isascii():
            assert _same(char, text[origin.start])


def _same(clean: str, printed: str) -> bool:
    """The same character up to width, script and kind of space; 覆 and 著 have two simplified forms."""
    folded = fold(printed, frozenset(printed))
    return clean in (folded, char_to_simplified(folded), *_TWO_FORMS.get(folded, ""))


_TWO_FORMS = {"覆": "复", "著": "着"}


@settings(max_examples=50, deadline=None)
@given(_TEXTS)
def test_line_boundaries_are_kept(text):
    made = normalise(document(text)).text.value
    assert len(f"{made}.".splitlines()) == len(f"{text}.".splitlines())


@pytest.mark.parametrize(
    "piece",
    ["務(wù)", "(", "文(wen)", "?。ㄒ", "?", "行 政 ", " ", "(fu)", "1 2 件", "\ufffd!", "（", "復(", "a(", "務(wù"],
)
def test_hostile_input_ends(piece):
    text = piece * (20_000 // len(piece))
    assert len(normalise(document(text)).text) <= len(text)


def test_real_sound_pages_only_lose_spaces():
    folder = Path(__file__).parents[2] / "../shared/seeds"
    pages = sorted(folder.glob("*.txt"))
    if not pages:
        pytest.skip("the seed pages are not here")
    for page in pages:
        text = page.read_text("utf-8")
        if "(wù)" not in text:
            assert _text(text).replace(" ", "") == text.replace(" ", "")


def test_the_cut_of_bytes_is_undone_in_a_whole_document():
    plain = "政務公開年度報告\n　　（一）主動公開方面\n一是加強網站建設。\n　　（二）監督保障方面"
    made = normalise(document(cut(plain)))
    assert (
        made.text.value.replace(" ", "") == "政务公开年度报告\n(一)主动公开方面\n一是加强网站建设。\n(二)监督保障方面"
    )
