"""The HTML report in a browser: readable by everybody, harmless, and whole on paper."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.leaflets import input_of, parsed
from validator.engine import judge
from validator.explanation import rule_text

from .conftest import Shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
PAGES = ["sample.html", "portfolio/index.html"]


def _axe(page: Page, *rules: str) -> list[str]:
    """What axe-core has against the page."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    options = {"resultTypes": ["violations"], **only}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


@pytest.mark.parametrize("name", ["part.html", "portfolio/index.html"])
def test_an_accessibility_engine_finds_nothing_in_light_and_dark(
    shown: Shown, reports: Path, name: str
) -> None:
    page = shown.page(reports / name)
    page.evaluate(OPEN)
    assert _axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 19, 25)"
    assert _axe(page, "color-contrast") == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_reaches_beyond_a_phone(shown: Shown, reports: Path, name: str) -> None:
    page = shown.page(reports / name, width=360, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _visible(page: Page) -> int:
    return page.locator(".card:visible").count()


def test_findings_are_filtered_with_the_keyboard(shown: Shown, reports: Path) -> None:
    page = shown.page(reports / "sample.html")
    assert page.locator("output").inner_text() == "40 of 40 findings shown."
    page.locator("input[value=error]").focus()
    page.keyboard.press("Space")
    assert page.locator("output").inner_text() == "15 of 40 findings shown."
    assert _visible(page) == 15
    assert page.locator(".words a.num.error").first.is_hidden()
    page.locator("fieldset[data-kind=family] input[value=statement]").uncheck()
    page.locator("input[value=review]").uncheck()
    left = page.locator(".card:not([data-off])")
    assert {card.get_attribute("data-family") for card in left.all()}.isdisjoint({"statement"})
    assert {card.get_attribute("data-verdict") for card in left.all()} == {"gap", "met"}
    assert page.locator("#d1-review li[data-line]:not([data-off])").count() == 0
    page.get_by_role("button", name="Show all").click()
    assert _visible(page) == 40


def test_the_keyboard_reaches_report_words_and_findings(shown: Shown, reports: Path) -> None:
    page = shown.page(reports / "sample.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.locator(".words a.num").first.focus()
    page.keyboard.press("Enter")
    page.locator("#d1-f1:target").wait_for()
    closed = page.locator("#d1-gap")
    assert not closed.evaluate("each => each.open")
    page.locator(".legend a[href='#d1-gap']").click()
    page.locator("#d1-gap[open]").wait_for()


def test_without_scripts_all_is_there_but_the_filters(shown: Shown, reports: Path) -> None:
    page = shown.page(reports / "sample.html", java_script_enabled=False)
    assert _visible(page) == 40
    assert page.locator("form.filters").is_hidden()
    page.locator("#d1-met summary").click()
    page.locator("#d1-met li[data-line]").first.wait_for()


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_everything_whatever_was_hidden_on_the_screen(
    shown: Shown, reports: Path, scripts: bool
) -> None:
    page = shown.page(reports / "sample.html", java_script_enabled=scripts)
    if scripts:
        page.locator("input[value=error]").uncheck()
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = _squeezed("".join(sheet.get_textpage().get_text_bounded() for sheet in printed))
    made = judge(parsed(input_of("aknetrent"), market="tr"), path="", sha256="")
    for finding in made.findings:
        title = rule_text(finding.rule).title
        for part in (
            title,
            finding.fix,
            finding.rule,
            finding.fingerprint,
            *(law.at for law in finding.citation),
        ):
            assert _squeezed(part) in text, part
    for judgement in made.requirements:
        assert _squeezed(judgement.rule + judgement.reason) in text, judgement.rule


def test_the_portfolio_leads_to_the_finding(shown: Shown, reports: Path) -> None:
    page = shown.page(reports / "portfolio" / "index.html")
    page.locator(".heat").nth(1).locator("a.spot.error[href*=html]").first.click()
    page.locator(".card:target").wait_for()
    page.get_by_role("link", name="All leaflets of this run").click()
    page.wait_for_url("**/portfolio/index.html")


def test_the_portfolio_fits_on_paper(shown: Shown, reports: Path) -> None:
    page = shown.page(reports / "portfolio" / "index.html")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sheets = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    text = "".join(sheets)
    assert all(sheet.get_width() > sheet.get_height() for sheet in printed)
    assert sheets[-1].index("A checking aid") > 0  # no sheet for the footer alone
    for name in ("aknetrent.txt", "de-tablet.txt", "statement/keep-out-of-reach"):
        assert _squeezed(name) in _squeezed(text)


def test_a_leaflet_that_means_harm_does_none(shown: Shown, reports: Path) -> None:
    (evil,) = (reports / "portfolio").glob("*evil*.html")
    for path in (evil, reports / "portfolio" / "index.html"):
        page = shown.page(path)
        page.evaluate(OPEN)
        page.wait_for_timeout(100)
        assert page.evaluate("typeof window.owned") == "undefined"
        assert page.locator("script").count() == 1  # ours
        assert page.locator("img, base, svg[onload], a[href^='javascript']").count() == 0
    page = shown.page(evil)
    assert "<script>window.owned=1;alert(1)</script>" in page.locator("main").inner_text()


def test_the_policy_stops_code_that_is_not_ours(shown: Shown, reports: Path) -> None:
    page = shown.page(reports / "sample.html")
    page.evaluate(
        "() => { const made = document.createElement('script'); made.textContent = 'window.owned = 1';"
        " document.body.append(made); }"
    )
    assert page.evaluate("typeof window.owned") == "undefined"
    assert len(shown.wrong) == 1
    assert "Content Security Policy" in shown.wrong.pop()
