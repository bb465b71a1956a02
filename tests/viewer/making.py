"""Reports of our own for these tests, and pages of them."""

from __future__ import annotations

from pathlib import Path

from govnlp.viewing import view

TOWN = """柳坪镇人民政府2016年政府信息公开工作年度报告
一、概述
本报告由柳坪镇人民政府编制。
二、主动公开政府信息情况
2016年,全镇主动公开政府信息128条。
三、依申请公开政府信息情况
全年共收到政府信息公开申请7件,办结6件。窗口另代收求件9宗。
群众来电咨询88次。
四、行政复议和行政诉讼情况
2016年,未发生行政复议和行政诉讼。
五、收费情况
全年收取检索复制费0.12万元。
"""
# The overview says 9 and the section 12; a sum of the matrix is off by one; one cell is blank.
CONFLICT = """<html><body><h1>石桥县人民政府2021年政府信息公开工作年度报告</h1>
<p>一、总体情况</p><p>2021年共收到政府信息公开申请9件。</p>
<p>三、收到和处理政府信息公开申请情况</p>
<table><tr><td colspan="2" rowspan="2">(本列数据的勾稽关系)</td><td colspan="7">申请人情况</td></tr>
<tr><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td>总计</td></tr>
<tr><td colspan="2">一、本年新收政府信息公开申请数量</td><td>11</td><td>1</td><td>0</td><td>0</td><td></td><td>0</td><td>13</td></tr>
<tr><td colspan="2">二、上年结转政府信息公开申请数量</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>
</table><p>四、行政复议、行政诉讼情况</p><p>没有发生行政复议、行政诉讼。</p></body></html>"""
# Markup, marks of the template, ends of lines that end a line of script, and characters beyond 16 bits, before a figure.
HOSTILE = (
    "柳坪镇人民政府2016年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    "<script>window.broken=1</script><img src=x onerror=window.broken=2>和</script><!-- {{script}} {{stored}} \u2028\u2029𠮷𡈽镇,"
    "全年主动公开政府信息37条。\n"
)


def written(folder: Path, file: str = "page.html", **options: object) -> Path:
    """A page in a folder: `view` with these options; by the rules alone unless a model is named."""
    path = folder / file
    path.write_text(view(**{"model": None, **options}), "utf-8")  # type: ignore[arg-type]
    return path


def pdf(pages: int = 40) -> bytes:
    """A report of many pages: one sentence with a figure on each, the matrix's first rows on the last."""
    from io import BytesIO

    import pytest

    font = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
    pytest.importorskip("reportlab")
    if not font.is_file():
        pytest.skip("the font is not installed: apt-get install fonts-wqy-zenhei")
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("wqy", str(font)))
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number in range(1, pages + 1):
        canvas.setFont("wqy", 12)
        lines = ["石桥县人民政府2016年政府信息公开工作年度报告", "三、依申请公开政府信息情况"] if number == 1 else []
        lines += [f"第{number}页的内容,说明各乡镇开展政务公开工作的情况。"] * 20
        if number == pages:
            lines.append("2016年共收到政府信息公开申请37件,均已按期办结。")
        for at, line in enumerate(lines):
            canvas.drawString(72, 780 - 24 * at, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
