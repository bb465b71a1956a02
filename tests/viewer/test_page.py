"""The page in a browser: both sides lead to each other, findings come first, everything can be reached by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.viewer.making import CONFLICT, HOSTILE, TOWN, written

SLOT = "td.value[data-indicator='{}']"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town"), text=TOWN)


@pytest.fixture(scope="module")
def conflict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("conflict"), text=CONFLICT)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    source = repository / "corpora" / "samples" / "county-2021.html"
    return written(tmp_path_factory.mktemp("county"), source=source)


def test_a_figure_leads_to_its_source_and_back(county, opened, shot):
    page = opened(county)
    page.click(SLOT.format("applications.granted.natural_person"))
    mark = page.locator(".sheet-of-text .mark.selected")
    assert mark.inner_text() == "14"
    assert page.locator(".inspector .card h3").inner_text() == "予以公开 · 自然人"
    assert "自然人" in page.locator(".inspector .sources").inner_text()
    page.wait_for_function(
        "() => { const box = document.querySelector('.mark.selected').getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight }"
    )
    page.click(".sheet-of-text p .mark >> text=6214")
    assert page.locator("td.value.selected").get_attribute("data-indicator") == "disclosure.total"
    shot(page, "county-light")


def test_the_forms_are_drawn_as_they_are_printed(county, opened):
    page = opened(county)
    matrix = page.locator("[data-form=matrix] tr")
    assert matrix.count() == 3 + 2 + 22 + 1
    assert matrix.nth(3).inner_text().split()[:4] == ["一、本年新收政府信息公开申请数量", "31", "9", "0"]
    assert page.locator("[data-form=remedies] td.value").count() == 15
    assert page.locator(SLOT.format("proactive.admin_fees.amount")).inner_text() == "2,386.45"
    widths = page.eval_on_selector_all(
        "[data-form=matrix] tbody",
        "bodies => bodies.map(body => [...body.rows].map(row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)))",
    )
    assert max(widths[0]) == 10


def test_empty_blank_zero_and_none_are_told_apart(conflict, opened, shot):
    page = opened(conflict)
    states = {
        "applications.new.legal_service": ("blank", "空"), "applications.new.research": ("zero", "0"),
        "remedies.review.total": ("none", "无"), "applications.granted.total": ("absent", ""),
        "applications.new.natural_person": ("reported", "11"),
    }  # fmt: skip
    for indicator, (state, text) in states.items():
        cell = page.locator(SLOT.format(indicator)).first
        assert state in cell.get_attribute("class").split(), indicator
        assert cell.inner_text().strip() == text
    named = {page.locator(SLOT.format(name)).first.get_attribute("aria-label") for name in states}
    assert len({name.partition(": ")[2] for name in named}) == 5
    assert page.locator(".cell .badge.blank").inner_text() == "空"
    shot(page, "states")


def test_findings_come_in_order_and_name_their_cells(conflict, opened, shot):
    page = opened(conflict)
    kinds = page.eval_on_selector_all(".finding", "all => all.map(one => one.className.split(' ')[1])")
    order = ["conflict", "doubt", "low", "check", "issue"]
    assert kinds == sorted(kinds, key=order.index)
    assert kinds[0] == "conflict"
    assert "check" in kinds
    page.keyboard.press("j")
    assert page.locator(".finding[aria-current]").get_attribute("data-finding") == "conflict:applications.new.total"
    assert set(page.locator(".mark.selected").all_inner_texts()) == {"9", "13"}
    for _ in range(kinds.index("check")):
        page.keyboard.press("j")
    assert page.locator(".finding[aria-current]").get_attribute("data-finding").startswith("check:")
    chosen = page.eval_on_selector_all("td.value.selected", "all => all.map(one => one.dataset.indicator)")
    assert "applications.new.total" in chosen
    assert all(
        "failed" in one
        for one in page.eval_on_selector_all("td.value.selected", "all => all.map(one => one.className)")
    )
    assert page.locator(".cell-mark.suspect").count() >= 2
    page.keyboard.press("k")
    assert page.locator(".finding[aria-current]").count() == 1
    shot(page, "findings")


def test_terms_of_a_failed_check_lead_to_their_cells(conflict, opened):
    page = opened(conflict)
    page.locator(".checks.failed .term").first.click()
    assert page.locator("td.value.selected").count() >= 1
    assert page.locator(".mark.selected").count() >= 1


def test_both_languages_and_both_themes(county, opened, shot):
    page = opened(county, language="en-GB", theme="dark")
    assert page.locator(".top h2").inner_text().startswith("To review")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 19, 22)"
    assert "Individuals" in page.locator("[data-form=matrix]").inner_text()
    shot(page, "county-dark-english")
    page.keyboard.press("l")
    assert page.locator(".top h2").inner_text().startswith("待核查")
    assert page.get_attribute("html", "lang") == "zh-CN"
    seen = [page.get_attribute("html", "data-theme")]
    for _ in range(3):
        page.keyboard.press("t")
        seen.append(page.get_attribute("html", "data-theme"))
    assert seen == ["dark", "light", "dark", "dark"]
    page.emulate_media(color_scheme="light")
    page.wait_for_function("() => getComputedStyle(document.body).backgroundColor === 'rgb(238, 240, 242)'")


def test_colours_can_be_read(county, opened):
    """Text of marks on their tint has a contrast of at least 4.5 to 1 in both themes, chips too."""
    script = """() => {
      const parse = text => text.match(/[\\d.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
      const worst = [];
      for (const node of document.querySelectorAll('.mark:not(.selected), .chip, td.value.zero, td.value.none, .note, .tag, button.primary')) {
        const style = getComputedStyle(node);
        let home = node, back = style.backgroundColor;
        while (/, 0\\)$|transparent/.test(back) && home.parentElement) { home = home.parentElement; back = getComputedStyle(home).backgroundColor; }
        const [a, b] = [light(parse(style.color)), light(parse(back))].sort((x, y) => y - x);
        worst.push([(a + .05) / (b + .05), node.className]);
      }
      return worst.sort((a, b) => a[0] - b[0])[0];
    }"""
    for theme in ("light", "dark"):
        worst = opened(county, theme=theme).evaluate(script)
        assert worst[0] >= 4.5, worst


def test_search_finds_names_values_and_text(county, opened, shot):
    page = opened(county)
    page.keyboard.press("/")
    page.keyboard.type("信访")
    options = page.locator("#search-results li")
    assert "信访" in options.first.inner_text()
    shot(page, "search")
    page.keyboard.press("Enter")
    assert (
        page.locator("td.value.selected")
        .get_attribute("data-indicator")
        .startswith("applications.unprocessed.petition")
    )
    page.fill(".search", "18426")
    page.keyboard.press("Enter")
    assert page.locator("td.value.selected").get_attribute("data-indicator") == "proactive.licensing.decisions"
    page.fill(".search", "老旧小区")
    page.keyboard.press("Enter")
    assert "老旧小区" in page.locator(".flash").inner_text()
    page.fill(".search", "no such thing")
    assert page.locator("#search-results").inner_text() == "没有找到。"


def test_keys_help_and_escape(town, opened, shot):
    page = opened(town)
    page.keyboard.press("?")
    assert page.locator("dialog.help dt").count() == 12
    shot(page, "help")
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    page.click(SLOT.format("disclosure.total"))
    page.keyboard.press("Escape")
    assert page.locator(".selected").count() == 0
    page.focus(SLOT.format("disclosure.total"))
    page.keyboard.press("Enter")
    assert page.locator(".mark.selected").inner_text() == "128"


def test_what_the_text_holds_stays_text(tmp_path, opened):
    page = opened(written(tmp_path, text=HOSTILE))
    assert page.evaluate("window.broken") is None
    shown = page.locator(".sheet-of-text").inner_text()
    for piece in (
        "<script>window.broken=1</script>",
        "<img src=x onerror=window.broken=2>",
        "{{script}} {{stored}}",
        "𠮷𡈽镇",
    ):
        assert piece in shown
    page.click(SLOT.format("disclosure.total"))
    assert page.locator(".mark.selected").inner_text() == "37"
    assert page.locator("script").count() == 2


def test_a_page_allows_nothing_from_elsewhere(town, opened):
    page = opened(town)
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_narrow_screens_show_one_side_at_a_time(county, opened, shot):
    page = opened(county, width=390, height=800)
    assert page.locator(".paper").is_visible()
    assert not page.locator(".report").is_visible()
    shot(page, "narrow-document")
    page.click("[data-tab=report]")
    assert page.locator(".report").is_visible()
    assert not page.locator(".paper").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shot(page, "narrow-report")


def test_it_prints_the_report_and_the_document(county, opened, repository):
    page = opened(county)
    page.emulate_media(media="print")
    assert not page.locator(".inspector").is_visible()
    assert not page.locator(".searching").is_visible()
    assert page.locator("[data-form=remedies]").is_visible()
    assert page.locator(".sheet-of-text").is_visible()
    path = repository / "out" / "viewer" / "print.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.pdf(path=str(path), format="A4")
    pypdfium2 = pytest.importorskip("pypdfium2")
    file = pypdfium2.PdfDocument(str(path))
    text = "".join(one.get_textpage().get_text_bounded() for one in file)
    assert len(file) >= 3
    assert "本年新收政府信息公开申请数量" in text
    assert "稳岗就业" in text
    assert text.index("按统一格式显示") < text.index("稳岗就业")


def test_failed_and_foreign_documents_have_pages_too(tmp_path, opened):
    for name, source in (("empty", b""), ("picture", b"\x89PNG\r\n\x1a\n"), ("news", "<p>今日要闻</p>".encode())):
        page = opened(written(tmp_path, f"{name}.html", source=source))
        assert page.locator(".status").is_visible()
