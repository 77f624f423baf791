"""A headless Chromium for the tests; a machine without one leaves them out and says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from validator.__main__ import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
EVIL = (
    "<script>window.owned=1;alert(1)</script><img src=x onerror='window.owned=1;alert(2)'>"
    "</script></style></title><svg onload=alert(3)> ]]> --> {{7*7}} ${7*7} =cmd|'/C calc'!A0 \x1b[31mred\x1b[0m"
    " ::error::owned <a href='javascript:alert(4)'>x</a> <base href=//evil.org> &lt;script&gt;"
)


def _lacking() -> str:
    """What a browser test needs and this machine has not."""
    if not find_spec("playwright") or not find_spec("axe_playwright_python"):
        return "the packages playwright and axe-playwright-python are not installed"
    return "" if _chromium() else "no Chromium or Chrome was found"


def _chromium() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once, with a profile of its own that is thrown away."""
    if lacking := _lacking():
        if os.environ.get("LEAFLET_BROWSER") == "required":
            pytest.fail(lacking)
        pytest.skip(f"browser tests left out: {lacking}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_chromium(), args=list(_OPTIONS))
        yield started
        started.close()


class Shown:
    """Pages as a person sees them; what they asked the network for, and what went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.asked: list[str] = []
        self.wrong: list[str] = []

    def page(self, path: Path, *, width: int = 1280, **context: Any) -> Page:
        made = self._browser.new_context(viewport={"width": width, "height": 900}, **context)
        page = made.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.wrong.append(message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        if folder := os.environ.get("LEAFLET_SCREENSHOTS"):
            name = f"{path.parent.name}-{path.stem}-{width}-{context.get('color_scheme', 'light')}.png"
            page.screenshot(path=Path(folder) / name, full_page=True)
        return page

    def close(self) -> None:
        for context in self._browser.contexts:
            context.close()


@pytest.fixture
def shown(browser: Browser) -> Iterator[Shown]:
    made = Shown(browser)
    yield made
    made.close()
    assert [url for url in made.asked if not url.startswith("file:")] == []
    assert made.wrong == []


@pytest.fixture(scope="session")
def reports(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report on the sample, a portfolio, and a report on a leaflet that means harm."""
    folder = tmp_path_factory.mktemp("reports")
    leaflets = folder / "leaflets"
    leaflets.mkdir()
    texts = {
        name: (FIXTURES / "leaflets" / name / "input.txt").read_text("utf-8")
        for name in ("aknetrent", "eu-tablet", "de-tablet")
    }
    evil = texts["eu-tablet"].replace("Velorin 10 mg", f"Velorin{EVIL} 10 mg").replace("feeling sick", EVIL)
    texts["evil"] = evil.replace("Keep this medicine out of the sight and reach of children.", "")
    for name, text in texts.items():
        (leaflets / f"{name}.txt").write_text(text, "utf-8")
    sample = str(leaflets / "aknetrent.txt")
    as_html = ["check", sample, "--market", "tr", "--format", "html"]
    assert main([*as_html, "-o", str(folder / "sample.html")]) == 1
    some = [part for rule in ("black-triangle", "section", "dose") for part in ("--select", rule)]
    assert main([*as_html, *some, "-o", str(folder / "part.html")]) == 1
    assert main(["check", str(leaflets), "--format", "html", "-o", str(folder / "portfolio")]) == 1
    return folder
