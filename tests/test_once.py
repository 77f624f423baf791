"""One contradiction of a dose is one finding, that of the requirement that says most about it."""

from __future__ import annotations

import pytest

from tests.bank.leaflets import Entry, leaflet
from tests.leaflets import judged

TABLETS = "Take two 250 mg capsules three times a day with food (a total of 1,300 mg a day)."
HALF = "The usual dose is 30 mg a day, that is two and a half tablets of 20 mg, in the evening."
PUFF = "Each puff gives 160 micrograms. Take 2 puffs in the morning and evening, which makes 640 mg a day."
WEEKS = "The cream is used for 16 weeks. The fungus is only gone after the full 16 days."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLETS, [("dose/daily-total", "1,300 mg a day")]),
        (HALF, [("dose/strength-multiple", "30 mg a day")]),
        (PUFF, [("dose/unit", "640 mg a day")]),
        (WEEKS, [("dose/duration", "16 days")]),
    ],
)
def test_the_more_telling_requirement_alone_speaks(text: str, expected: list[tuple[str, str]]) -> None:
    document = judged(leaflet(Entry("en", text, "", ""), "how-to-use"), language="en", select=("dose",))
    assert [(finding.rule, finding.evidence) for finding in document.findings] == expected


def test_the_other_requirement_points_to_it_and_does_not_hold() -> None:
    text = leaflet(Entry("en", TABLETS, "", ""), "how-to-use")
    document = judged(text, language="en", select=("dose",))
    told = {judgement.rule: judgement for judgement in document.requirements}
    assert told["dose/strength-multiple"].verdict == "review"
    assert told["dose/strength-multiple"].reason == "what does not fit there is told by dose/daily-total"
    assert told["dose/daily-total"].verdict == "gap"


def test_a_requirement_that_is_asked_alone_tells_it() -> None:
    text = leaflet(Entry("en", TABLETS, "", ""), "how-to-use")
    document = judged(text, language="en", select=("dose/strength-multiple",))
    assert [finding.rule for finding in document.findings] == ["dose/strength-multiple"]
