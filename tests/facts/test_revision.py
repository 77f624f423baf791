"""The date of the last revision, and what it means for requirements that came later."""

from __future__ import annotations

import pytest

from tests.compose import DATE, compose, example_text, text_of
from tests.leaflets import judged, parsed
from validator.document.facts import Product
from validator.records import Example

DATES = [
    ("en", "in 06/2017.", "2017-06"),
    ("en", "in June 2017.", "2017"),
    ("en", "on 15 June 2017.", "2017"),
    ("en", "on 15.06.2017.", "2017-06"),
    ("en", "on 2017-06-15.", "2017-06"),
    ("en", "in 06-2017; for 2016 see our website.", "2017-06"),
    ("en", "on 03/11/2017.", "2017-11"),
    ("en", "in {MM/YYYY}.", ""),
    ("de", "im Juni 2017.", "2017"),
    ("de", "im 06.2017.", "2017-06"),
    ("lt", "2017 m. birželio mėn.", "2017"),
    ("lt", "2017-06-15.", "2017-06"),
]


@pytest.mark.parametrize(("language", "date", "expected"), DATES)
def test_the_date_is_read(language: str, date: str, expected: str) -> None:
    pieces = compose("eu", language)
    text = text_of(pieces).replace(f"{DATE}.", date).replace(f"in {date}", date)
    assert date in text
    assert parsed(text, market="eu", language=language).facts.product.revised == expected


@pytest.mark.parametrize(
    ("revised", "before"),
    [
        ("2018-06-20", True),
        ("2018-06-21", False),
        ("2018-05", True),
        ("2018-06", False),
        ("2017", True),
        ("2018", False),
        ("", False),
    ],
)
def test_a_date_without_month_or_day_counts_as_the_latest(revised: str, before: bool) -> None:
    assert Product(revised=revised).revised_before("2018-06-21") == before


def _told(revised: str, text: str, rule: str) -> list[tuple[str, str, str]]:
    document = judged(text.replace(DATE, revised), market="eu", language="en")
    return [(f.problem, f.severity, f.message) for f in document.findings if f.rule == rule]


def test_what_a_later_decision_asks_for_is_for_review_in_an_older_leaflet() -> None:
    text = example_text("", Example(verdict="fail", texts={"contents": "The active substance is valproate."}))
    rule = "warning/valproate-birth-defects"
    (new,) = _told("06/2019", text, rule)
    (old,) = _told("06/2016", text, rule)
    assert new[:2] == ("missing", "error")
    later = "This is asked for since 2018-03-21; the leaflet was last revised in 2016-06."
    assert old == ("missing", "advice", f"{new[2]} {later}")
