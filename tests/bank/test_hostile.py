"""Texts made to be slow: figures, units and lists without end cost time in proportion to their length."""

from __future__ import annotations

import time

import pytest

from tests.bank.leaflets import Entry, leaflet
from tests.leaflets import judged
from tests.linear import assert_linear

LINES = {
    "doses": "The maximum dose is 2 mg. Take 1 mg twice a day, a total of 2 mg a day.",
    "starts": "The starting dose is 1 mg a day. The usual dose is 2 to 3 mg a day.",
    "bands": "• 10-20 kg: 5 mg",
    "rates": "• 1 mg/kg for 10-20 kg: 5 mg",
    "rows": "10–20\t100\t½\t1/2",
    "durations": "The treatment lasts 16 weeks or a treatment of 16 days.",
    "by weight": "The dose is 1 mg/kg, for 3 kg 2 mg/kg. Take 2 tablets of 1 mg (2 mg), then 3 tablets (3 mg).",
    "phases": "10 days: 4 days 5 mg, then 6 days 2 mg. In all 2 weeks (14 days), once a week 5 mg once a day.",
    "weekly": "Take 5 mg once a week.\n\nTake 5 mg once a day.",
    "timed": "Take 1 tablet of 5 mg in the morning and 2 tablets of 5 mg at noon, 15 mg a day",
    "forbidden": "More than 5 mg a day must not be taken, above 5 mg never",
    "divided": "A daily dose of 60 mg is divided into 3 doses of 20 mg",
    "halves": "Take half a half of one and a half 1½ 1/2 tablets of 5 mg (2.5 mg).",
    "contents": "Each 5 ml contains contains 1 mg 1 ml contains 2 mg in two divided divided doses.",
}


@pytest.mark.parametrize("name", LINES)
def test_many_doses_cost_linear_time(name: str) -> None:
    def work(count: int) -> None:
        text = leaflet(Entry("en", "\n".join([LINES[name]] * count), "", "", "5 mg"), "how-to-use")
        judged(text, market="eu", language="en", select=("dose",))

    assert_linear(work, 160)


def test_one_line_of_doses_costs_linear_time() -> None:
    def work(count: int) -> None:
        text = leaflet(Entry("en", LINES["doses"] * count, "", ""), "how-to-use")
        judged(text, market="eu", language="en", select=("dose",))

    assert_linear(work, 200)


def test_one_line_of_categories_costs_linear_time() -> None:
    def work(count: int) -> None:
        text = leaflet(Entry("en", "up to 1 in 10 people (common) " * count, "", ""), "side-effects")
        judged(text, market="eu", language="en", select=("frequency",))

    assert_linear(work, 400)


@pytest.mark.parametrize(
    "line",
    [
        "Common (may affect up to 1 in 10 people)",
        "Common: less than more than up to 1 in 1, 000 to but and",
        "• Common",
        "Common\n(may affect 1 to 10 in",
        "common common common common:",
    ],
)
def test_many_categories_cost_linear_time(line: str) -> None:
    def work(count: int) -> None:
        text = leaflet(Entry("en", "\n".join([line] * count), "", ""), "side-effects")
        judged(text, market="eu", language="en", select=("frequency",))

    assert_linear(work, 160)


def test_strengths_that_are_far_apart_are_no_long_sum() -> None:
    entry = Entry("en", "The usual dose is 9,999.999 mg once a day.", "", "", "0.001 mg, 1,000 mg")
    start = time.process_time()
    judged(leaflet(entry, "how-to-use"), market="eu", language="en", select=("dose",))
    assert time.process_time() - start < 1
