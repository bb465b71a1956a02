"""Forms printed to PDF by a browser and by an office program, and tables as pdfplumber sees them."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pdfplumber
import pytest

from govnlp import extract
from govnlp.read import pdf
from govnlp.schema.document import Grid
from govnlp.schema.report import Report
from tests.render import docx, html
from tests.render.catalogue import page
from tests.render.fill import FORMS
from tests.render.pdf import FONT_FILE, Style, drawn

CHROMIUM, SOFFICE = shutil.which("chromium"), shutil.which("soffice")
pytestmark = pytest.mark.skipif(not FONT_FILE.exists(), reason="the font that the PDFs are drawn with is not here")


def answers(report: Report) -> dict[str, tuple[object, str]]:
    return {name: (fact.value, fact.status) for name, fact in report.answers.items()}


def as_html(form: str) -> bytes:
    style = b"table{border-collapse:collapse;width:100%} td{border:1px solid #000}"
    return (html.plain(page(form, Random(5)), Random(0)).data or b"").replace(b"td{border:1px solid #000}", style)


@cache
def printed(form: str, program: str) -> bytes:
    """A form as PDF, printed by chromium from HTML or by LibreOffice from DOCX."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, f"form.{'html' if program == 'chromium' else 'docx'}"), Path(folder, "form.pdf")
        source.write_bytes(as_html(form) if program == "chromium" else docx.plain(page(form, Random(5)), Random(0)))
        command = (
            [str(CHROMIUM), "--headless", "--no-sandbox", f"--print-to-pdf={target}", str(source)]
            if program == "chromium"
            else [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                  "--outdir", folder, str(source)]
        )  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("program", ["chromium", "soffice"])
def test_a_form_printed_by_a_program_gives_the_facts_of_its_html(form, program):
    if not {"chromium": CHROMIUM, "soffice": SOFFICE}[program]:
        pytest.skip(f"{program} is not installed")
    report = extract(printed(form, program))
    assert answers(report) == answers(extract(as_html(form)))
    assert report.status == "complete"
    assert report.meta.year == page(form, Random(5)).year
    for fact in report.facts:
        for one in fact.evidence:
            assert report.text[one.span.start : one.span.end] == fact.raw
            assert one.page is not None


@pytest.mark.parametrize("form", FORMS)
def test_cells_of_a_page_are_those_that_pdfplumber_finds(form):
    data = drawn(page(form, Random(2)), Style(room=2400, repeat=False), 2)
    with pdfplumber.open(BytesIO(data)) as opened:
        wanted = [
            [cell for row in table for cell in row if cell is not None]
            for one in opened.pages
            for table in one.extract_tables()
        ]
    document = pdf.read(data)
    found = [[document.cut(cell.span) for cell in block.cells] for block in document.blocks if isinstance(block, Grid)]
    assert [list(map(_squeezed, table)) for table in found] == [list(map(_squeezed, table)) for table in wanted]


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.slow
def test_paragraphs_set_by_an_office_program_are_whole():
    if not SOFFICE:
        pytest.skip("LibreOffice is not installed")
    with TemporaryDirectory() as folder:
        source = Path(folder, "prose.docx")
        source.write_bytes(_prose())
        command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=120)
        document = pdf.read(Path(folder, "prose.pdf").read_bytes())
    assert [document.cut(block.span) for block in document.blocks] == [
        "云泽县人民政府2022年政府信息公开工作年度报告",
        *_PROSE,
    ]


_PROSE = [
    "一、总体情况",
    "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止；如有疑问，请与县政府办公室（湖滨路18号，邮编330000）联系。",
    "（一）主动公开情况",
    "全年通过政府网站公开政府信息1286条，通过政务微信公开382条，举办新闻发布会4次，办理网上留言411件，发布解读材料37篇（图解12篇）。",
] * 9


def _prose() -> bytes:
    """Paragraphs as offices set them: 16 points, justified, indented by two characters, over several pages."""
    from docx import Document as Word
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    word, out = Word(), BytesIO()
    for at, text in enumerate(["云泽县人民政府2022年政府信息公开工作年度报告", *_PROSE]):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if at else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.first_line_indent = Pt(32) if at else None
        paragraph.add_run(text).font.size = Pt(16 if at else 20)
    word.save(out)
    return out.getvalue()
