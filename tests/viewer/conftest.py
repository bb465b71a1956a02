"""A browser for these tests: Debian's chromium, driven by playwright. What it shows is kept in `out/viewer`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
Theme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; skipped where there is none."""
    if not CHROMIUM.is_file():
        pytest.skip("chromium is not installed: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; at the end no script has failed, and nothing but the file itself was asked for."""
    faults: list[str] = []
    contexts = []

    def opener(
        path: Path, *, language: str = "zh-CN", theme: Theme = "light", width: int = 1400, height: int = 900
    ) -> Page:
        context = browser.new_context(
            locale=language,
            color_scheme=theme,
            viewport={"width": width, "height": height},
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None)
        page.on(
            "request",
            lambda one: (
                None if one.url.startswith(("file:", "data:", "blob:")) else faults.append(f"request: {one.url}")
            ),
        )
        page.goto(path.as_uri())
        page.wait_for_selector(".bar h1")
        return page

    yield opener
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def shot(repository: Path) -> Callable[[Page, str], None]:
    """Keeps what a page shows as a picture."""
    folder = repository / "out" / "viewer"
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=str(folder / f"{name}.png"))

    return keep
