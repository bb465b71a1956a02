"""Pictures of a page: those of its content are noted where they stand, those that adorn it are not."""

from __future__ import annotations

import pytest

from govnlp.normalise import normalise
from govnlp.read import html, read_text
from govnlp.schema.document import Document, Picture
from govnlp.schema.text import Span


def _before(document: Document) -> list[tuple[str, str]]:
    """The name of each picture and the last line before it."""
    text = document.text.value
    return [(one.name, text[: one.span.start].rstrip("\n").rpartition("\n")[2]) for one in document.pictures]


def test_a_picture_stands_after_the_line_before_it():
    page = html.document(
        '<p>二、主动公开</p><p><img src="/u/b1.png"></p><p>三、依申请</p><div><img src=b2.jpg></div><p>完</p>'
    )
    assert _before(page) == [("b1.png", "二、主动公开"), ("b2.jpg", "三、依申请")]
    assert all(one.span.start == one.span.end for one in page.pictures)


def test_a_picture_before_any_text_stands_at_the_start():
    assert html.document("<img src=b1.png><p>一、概述</p>").pictures == (Picture(Span(0, 0), "b1.png"),)


def test_pictures_move_with_the_text():
    page = html.document("<p>二、主動(dòng)公開政務信息</p><img src=b1.png><p>三、依申請公開</p>")
    clean = normalise(page)
    assert clean.text.value != page.text.value
    assert _before(clean) == [("b1.png", "二、主动公开政务信息")]


def test_a_lazy_picture_is_taken_from_where_it_will_be_loaded():
    page = html.document('<p>一</p><img src="/img/loading.gif" data-original="/u/tab1.png">')
    assert [one.src for one in page.pictures] == ["/u/tab1.png"]


def test_the_data_of_a_picture_within_the_page_are_not_carried_on():
    page = html.document(f'<p>一</p><img src="data:image/png;base64,{"iVBOR" * 2000}">')
    assert [(one.src, one.name) for one in page.pictures] == [("data:image/png;base64", "a picture within the page")]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/images/logo.png">',
        '<img src="/images/icon_doc.gif">',
        '<img src="/i/a.png" width="16" height=16>',
        '<img src="/i/a.png" style="width:600px;height:2px">',
        '<img src="/i/a.png" alt="扫一扫在手机打开当前页">',
        '<img src="">',
        "<img>",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<div style="display:none"><img src="/u/b1.png"></div>',
        '<footer><div><img src="/u/b1.png"></div></footer>',
        '<nav><img src="/u/b1.png"></nav>',
        '<img src="/u/b1.png">' * 3,
        '<!-- <img src="/u/b1.png"> -->',
    ],
)
def test_what_adorns_a_page_is_no_picture(markup):
    assert html.document(f"<p>一、概述</p>{markup}<p>二、公开</p>").pictures == ()


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/u/W020220118.png" width="100%">',
        '<a href="/u/big.jpg"><img src="/u/online_table.jpg" width=860 height="300px"></a>',
        '<img src="/u/1.png" alt="微信图片_20220118">',
        '<table><tr><td><img src="/u/1.png"></td><td>图一</td></tr></table>',
    ],
)
def test_what_may_show_a_table_is_a_picture(markup):
    assert len(html.document(f"<p>一、概述</p>{markup}<p>二、公开</p>").pictures) == 1


def test_a_picture_changes_nothing_that_is_printed():
    page = "<p>一、概述{}内容</p><table><tr><td>收费{}<td>0</table>"
    with_pictures = html.document(page.format("<img src=/u/1.png>", "<img src=/u/2.png>"))
    without = html.document(page.format("", ""))
    assert (with_pictures.text.value, with_pictures.blocks) == (without.text.value, without.blocks)
    assert len(with_pictures.pictures) == 2


def test_very_many_pictures_are_bounded():
    page = read_text("<p>一</p>" + "".join(f"<img src=/u/{at}.png>" for at in range(5000)))
    assert len(page.pictures) == 100
