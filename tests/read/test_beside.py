"""A page is followed to the files beside it, never out of its folder, and to the network only where the user asks."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import govnlp
from govnlp import Evidence, Limits, OptionError, Report, extract
from govnlp.read import Reach, fetch, read
from govnlp.read.beside import in_folder
from tests.read.word_files import p, packed, table, tc, word
from tests.render import docx
from tests.render.catalogue import page
from tests.render.grid import expected

TITLE = "澄湖县2022年政府信息公开工作年度报告"
WORD = word(p(TITLE) + p("一、总体情况") + p("全年收到政府信息公开申请3件。"))
SHELL = "<title>{title}</title><h1>{title}</h1><p>发布日期:2023-01-20</p>{link}<div>主办:澄湖县人民政府办公室</div>"


def shell(link: str, title: str = TITLE) -> bytes:
    return SHELL.format(title=title, link=link).encode()


def _count(report: Report, name: str = "applications.new.total") -> object:
    """A figure of a report."""
    return report.value(name)


def _evidence(report: Report) -> Evidence:
    return report.answers["applications.new.total"].evidence[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an attachment in it, below it, above it, and behind a link."""
    inside = tmp_path / "site"
    (inside / "files").mkdir(parents=True)
    for path in (tmp_path / "above.docx", inside / "nb.docx", inside / "files" / "年报 1.docx"):
        path.write_bytes(WORD)
    (inside / "out.docx").symlink_to(tmp_path / "above.docx")
    (inside / "in.docx").symlink_to(inside / "nb.docx")
    return inside


@pytest.mark.parametrize(
    "place",
    [
        "nb.docx", "./nb.docx", "nb.docx?v=1#p2", "files/%E5%B9%B4%E6%8A%A5%201.docx", "files/年报 1.docx", "in.docx",
        "files/%C4%EA%B1%A8%201.docx", "files/../nb.docx",
    ],
)  # fmt: skip
def test_a_file_beside_the_page_is_found(folder, place):
    found = in_folder(folder, Limits())(place)
    assert found is not None
    assert found.data == WORD


@pytest.mark.parametrize(
    "place",
    [
        "../above.docx", "..%2Fabove.docx", "files/../../above.docx", "..\\above.docx", "out.docx", "files", "", ".", "none.docx",
        "/etc/passwd", "file:///etc/passwd", "C:\\nb.docx", "\\nb.docx", "//host/nb.docx", "http://host/nb.docx", "nb.docx%00",
        "a" * 5000, "%2e%2e/above.docx", "/dev/zero",
    ],
)  # fmt: skip
def test_nothing_else_is_found(folder, place):
    assert in_folder(folder, Limits())(place) is None


def test_a_file_that_is_too_large_is_not_read(folder):
    assert in_folder(folder, Limits(bytes=len(WORD) - 1))("nb.docx") is None
    assert in_folder(folder, Limits(bytes=len(WORD)))("nb.docx") is not None


@pytest.mark.parametrize(
    "link",
    ['<p>附件:<a href="nb.docx">年度报告</a></p>', '<iframe src="nb.docx"></iframe>', '<object data="./nb.docx"></object>',
     '<a href="none.pdf">甲</a><a href="nb.docx">乙</a>', '<iframe src="viewer.html?file=nb.docx"></iframe><embed src="nb.docx">'],
)  # fmt: skip
def test_an_attached_report_is_read_in_its_place(folder, link):
    (folder / "page.html").write_bytes(shell(link))
    report = extract(folder / "page.html")
    assert (report.status, _count(report), report.meta.year) == ("complete", 3, 2022)
    assert _evidence(report).file == "nb.docx"
    start, end = _evidence(report).source_span
    assert read(WORD).source[start:end] == "3"
    assert report.text.index("收到政府信息公开申请3件") < report.text.index("主办")


def test_what_is_not_there_is_told(folder):
    (folder / "page.html").write_bytes(shell('<a href="none.pdf">年度报告</a>'))
    for report in (extract(folder / "page.html"), extract(shell('<a href="nb.docx">年报</a>'))):
        assert (report.status, report.facts) == ("partial", ())
        assert [(one.code, one.severity) for one in report.issues if one.severity != "info"] == [
            ("attached_report", "error")
        ]
        assert report.meta.year == 2022


def test_the_folder_of_bytes_and_of_text_is_named(folder):
    link = '<a href="nb.docx">年报</a>'
    assert _count(extract(shell(link), beside=folder)) == 3
    assert _count(extract(text=shell(link).decode(), beside=folder)) == 3
    with pytest.raises(OptionError, match="no folder"):
        extract(shell(link), beside=folder / "none")


def test_an_attachment_that_cannot_be_read_says_why(folder):
    (folder / "nb.ofd").write_bytes(packed({"OFD.xml": b"1"}))
    (folder / "page.html").write_bytes(shell('<a href="nb.ofd">年报</a>'))
    report = extract(folder / "page.html")
    assert report.status == "partial"
    assert {"attached_report", "unsupported_format"} <= {one.code for one in report.issues}


def test_a_page_that_is_a_report_itself_is_not_followed(folder):
    body = "<p>全年主动公开政府信息12条,收到政府信息公开申请5件,均已按照条例规定的期限办结并答复申请人。</p>"
    (folder / "page.html").write_bytes(shell(body + '<a href="nb.docx">下载</a>'))
    report = extract(folder / "page.html")
    assert _count(report) == 5
    assert "总体情况" not in report.text


def test_evidence_leads_into_the_page_and_into_the_attachment(tmp_path):
    made = page("art50v2", Random(7))
    data = docx.plain(made, Random(1))
    (tmp_path / "t.docx").write_bytes(data)
    markup = shell('<a href="t.docx">附件</a>', made.title) + b"<p></p>"
    report = extract(markup, beside=tmp_path)
    sources = {"t.docx": read(data).source, None: markup.decode()}
    assert {name: report.value(name) for name in expected(made)} == {
        name: one.value for name, one in expected(made).items()
    }
    for fact in report.facts:
        for one in fact.evidence:
            assert sources[one.file][slice(*one.source_span)] == fact.raw


def test_an_attachment_is_not_followed_without_end(tmp_path):
    for at in range(5):
        (tmp_path / f"{at}.html").write_bytes(shell(f'<iframe src="{(at + 1) % 5}.html"></iframe>'))
    report = extract(tmp_path / "0.html")
    assert report.status == "partial"


def test_the_same_report_in_two_formats_is_read_once(folder):
    (folder / "nb.txt").write_text("收到政府信息公开申请9件。", "utf-8")
    (folder / "page.html").write_bytes(
        shell('<a href="nb.docx">Word</a><a href="nb.pdf">PDF</a><a href="nb.docx?x">再</a>')
    )
    report = extract(folder / "page.html")
    assert report.text.count("收到政府信息公开申请") == 1


def test_an_attached_table_and_an_attached_report_are_both_read(folder):
    fees = word(table(tc("信息内容") + tc("本年收费金额(单位:万元)"), tc("行政事业性收费") + tc("7.5")))
    (folder / "sf.docx").write_bytes(fees)
    (folder / "page.html").write_bytes(shell('<a href="nb.docx">报告</a><a href="sf.docx">附表</a>'))
    report = extract(folder / "page.html")
    assert (_count(report), _count(report, "proactive.admin_fees.amount")) == (3, 75000)


class _Served(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/elsewhere.docx":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        found = self.path == "/nb/%E5%B9%B4%E6%8A%A5.docx"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(WORD if found else b"<p>none</p>")

    def log_message(self, *_):
        pass


@pytest.fixture
def site(monkeypatch) -> Iterator[str]:
    """A web server of this machine, taken for a public one."""
    monkeypatch.setattr(fetch, "_is_public", lambda _: True)
    server = http.server.HTTPServer(("127.0.0.1", 0), _Served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_network_is_asked_only_where_the_user_asks(site):
    markup = shell(f'<a href="{site}/nb/年报.docx">年报</a>')
    assert extract(markup).status == "partial"
    report = extract(markup, fetch=True)
    assert (report.status, _count(report)) == ("complete", 3)
    assert _evidence(report).file == f"{site}/nb/年报.docx"


@pytest.mark.parametrize("head", ['<base href="{}/nb/">', "<!-- saved from url=(0030){}/nb/1.html -->"])
def test_a_relative_place_is_taken_from_where_the_page_lay(site, head):
    markup = head.format(site).encode() + shell('<a href="年报.docx">年报</a>')
    assert _count(extract(markup, fetch=True)) == 3
    assert extract(markup).status == "partial"


@pytest.mark.parametrize("place", ["/none.docx", "/elsewhere.docx"])
def test_what_the_network_does_not_give_is_told(site, place):
    assert extract(shell(f'<a href="{site}{place}">年报</a>'), fetch=True).status == "partial"


def test_a_page_cannot_reach_into_the_network_of_its_reader():
    for host in ("127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "[::1]"):
        assert fetch.web("", Limits(seconds=5))(f"http://{host}/a.docx") is None


def test_no_other_scheme_is_opened(tmp_path):
    (tmp_path / "nb.docx").write_bytes(WORD)
    for place in (
        (tmp_path / "nb.docx").as_uri(),
        "ftp://host/nb.docx",
        "data:text/plain,1",
        "javascript:1",
        "http://",
        "http://[x",
    ):
        assert fetch.web("", Limits())(place) is None


def test_limits_are_public():
    assert govnlp.Limits is Limits
    assert extract(b"0" * 100, limits=Limits(bytes=99)).issues[0].code == "source_too_large"
    assert read(shell('<a href="nb.docx">年报</a>'), reach=Reach()).pictures == ()


PROSE = "<p>一、总体情况</p><p>2022年全年主动公开政府信息12条,收到政府信息公开申请5件,均已按照条例规定的期限办结并答复申请人。</p>"
FEES = word(table(tc("信息内容") + tc("本年收费金额(单位:万元)"), tc("行政事业性收费") + tc("7.5")))


@pytest.mark.parametrize("called", ["2022年政府信息公开情况统计表", "附表<b>1</b>", "年度报告统计表.docx"])
def test_a_table_that_a_report_attaches_is_read_or_told(tmp_path, called):
    markup = shell(f'{PROSE}<p>附件:<a href="t.docx">{called}</a></p>')
    assert [one.code for one in extract(markup).issues if one.severity == "error"] == ["attached_table"]
    (tmp_path / "t.docx").write_bytes(FEES)
    report = extract(markup, beside=tmp_path)
    assert (report.status, _count(report, "proactive.admin_fees.amount")) == ("complete", 75000)
    assert _count(report) == 5


@pytest.mark.parametrize("called", ["政府信息公开申请表", "年度报告及统计表", "下载", "2022年年度报告"])
def test_other_links_of_a_report_are_left(tmp_path, called):
    (tmp_path / "t.docx").write_bytes(FEES)
    report = extract(shell(f'{PROSE}<p><a href="t.docx">{called}</a></p>'), beside=tmp_path)
    assert (report.status, "行政事业性收费" in report.text) == ("complete", False)


def test_a_report_with_a_table_of_its_own_needs_no_other(tmp_path):
    (tmp_path / "t.docx").write_bytes(FEES)
    own = "<table><tr><td>信息内容<td>本年收费金额(单位:万元)<tr><td>行政事业性收费<td>2</table>"
    report = extract(shell(f'{PROSE}{own}<a href="t.docx">统计表</a>'), beside=tmp_path)
    assert _count(report, "proactive.admin_fees.amount") == 20000
