"""What a perfect report on the sample leaflet says, row by row, for both markets and for `auto`.

The sample is an English rendering of a Turkish Kullanma Talimatı for isotretinoin, cut off before its end.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from tests.leaflets import input_of, judged
from validator.report import Document, Finding

BOTH = ("eu", "tr")
LAST_LINE = 76

# markets, line (of a missing thing: before which line, or the last one), rule, problem, words of the message
REPORTED = [
    (BOTH, 20, "section/before-use", "missing", ("allerg", "other medicines", "pregnancy", "driving")),
    (BOTH, LAST_LINE, "section/storage", "missing", ()),
    (("eu",), LAST_LINE, "section/contents", "missing", ()),
    (BOTH, 20, "section/how-to-use", "altered", ("headed 2", "numbers it 3", "is missing")),
    (BOTH, 50, "section/side-effects", "altered", ("headed 3", "numbers it 4", "is missing")),
    (BOTH, 8, "black-triangle/reference", "unresolved", ("no section 4", "(3)", "does not say how to report")),
    (("eu",), 8, "black-triangle/statement", "altered", ("“drug” instead of “medicine”",)),
    (("eu",), 8, "black-triangle/listing", "outdated", ("Isotretinoin", "2024-02", "no longer required")),
    (("eu",), LAST_LINE, "statement/reporting-side-effects", "missing", ()),
    (BOTH, 38, "section/subsection", "empty", ("Use in children",)),
    (BOTH, 42, "section/subsection", "duplicate", ("Use in the elderly", "line 40", "without text")),
    (BOTH, 74, "document/truncated", "empty", ("skin problems", "heading without content", "no closing punctuation")),
    (BOTH, 62, "frequency/usage", "empty", ()),
    (BOTH, 16, "consistency/brackets", "inconsistent", ("[eg;", "never closed")),
    (BOTH, 25, "dose/unit", "inconsistent", ("0.5 mg per day", "0.5 mg/kg/day")),
    (BOTH, 4, "warning/pregnancy-box", "altered", ("“damage” instead of “harm”", "“should” instead of “must”")),
    (BOTH, 12, "statement/active-substance", "missing", ("amount of isotretinoin",)),
    (BOTH, 1, "consistency/product-name", "inconsistent", ("AKNETRENT (Generic Roaccutane)",)),
    (BOTH, 10, "section/contents-list", "missing", ()),
    *((BOTH, 10, f"statement/{name}", "missing", ()) for name in (
        "read-carefully", "keep-leaflet", "further-questions", "prescribed-for-you")),
    *((BOTH, 50, f"statement/{name}", "missing", ()) for name in ("overdose", "missed-dose", "stopping")),
    *((BOTH, LAST_LINE, f"statement/{name}", "missing", ()) for name in (
        "keep-out-of-reach", "expiry-date", "marketing-authorisation-holder", "last-revised")),
    (("eu",), LAST_LINE, "statement/excipients", "missing", ()),
    (("tr",), 10, "statement/excipients", "missing", ()),
    *((BOTH, 20, f"warning/isotretinoin-{name}", "missing", ()) for name in (
        "ppp", "contraception", "pregnancy-tests", "psychiatric", "blood-donation", "never-share",
        "peanut-soya", "sun", "stop-if-pregnant", "breast-feeding", "acknowledgement")),
]  # fmt: skip

MET = [
    ("black-triangle/symbol", "line 8"),
    ("warning/pregnancy-box", "lines 4-6"),
    ("frequency/definitions", ""),
    ("frequency/numbers", ""),
    ("dose/worked-example", "35 mg"),
    ("dose/range", ""),
    ("statement/take-as-told", "line 22"),
    ("statement/side-effects-intro", "line 52"),
    ("section/what-it-is", "line 10"),
    ("section/how-to-use", "line 20"),
    ("section/side-effects", "line 50"),
]


@lru_cache
def report(market: str) -> Document:
    return judged(input_of("aknetrent"), market=market)


def findings(market: str, rule: str, problem: str) -> list[Finding]:
    return [f for f in report(market).findings if (f.rule, f.problem) == (rule, problem)]


@pytest.mark.parametrize(
    ("market", "line", "rule", "problem", "told"),
    [(market, *row[1:]) for row in REPORTED for market in row[0]],
)
def test_reported(market: str, line: int, rule: str, problem: str, told: tuple[str, ...]) -> None:
    found = findings(market, rule, problem)
    assert [finding.location.line for finding in found] == [line]
    for words in told:
        assert words in found[0].message


@pytest.mark.parametrize("market", BOTH)
def test_every_finding_can_be_defended(market: str) -> None:
    for finding in report(market).findings:
        assert finding.citation
        assert finding.citation[0].source
        assert finding.fix
        assert "{" not in finding.message.replace("{", "", finding.expected.count("{"))
        if finding.problem == "missing" and finding.rule.startswith(("statement/", "warning/", "excipient/")):
            assert finding.expected or "amount" in finding.message


@pytest.mark.parametrize("market", BOTH)
@pytest.mark.parametrize(("rule", "reason"), MET)
def test_met(market: str, rule: str, reason: str) -> None:
    (judgement,) = [j for j in report(market).requirements if j.rule == rule]
    assert judgement.verdict == "met"
    assert reason in judgement.reason


def test_no_official_english_wording_exists_for_the_turkish_triangle_statement() -> None:
    (judgement,) = [j for j in report("tr").requirements if j.rule == "black-triangle/statement"]
    assert judgement.verdict == "review"


def test_the_turkish_list_is_for_review() -> None:
    (judgement,) = [j for j in report("tr").requirements if j.rule == "black-triangle/listing"]
    assert (judgement.verdict, "2024-06" in judgement.reason) == ("review", True)


@pytest.mark.parametrize("market", BOTH)
def test_the_strength_check_says_why_it_does_not_apply(market: str) -> None:
    (judgement,) = [j for j in report(market).requirements if j.rule == "dose/strength-multiple"]
    assert judgement.verdict == "not-applicable"
    assert "strength" in judgement.reason


@pytest.mark.parametrize("market", BOTH)
def test_what_must_not_be_reported(market: str) -> None:
    rules = [(f.rule, f.problem) for f in report(market).findings]
    for silent in ("dose/worked-example", "dose/range", "frequency/definitions", "frequency/numbers"):
        assert silent not in [rule for rule, _ in rules]
    assert ("black-triangle/symbol", "missing") not in rules
    assert len(set(rules)) == len(rules)
    doses = [f.evidence for f in report(market).findings if f.rule.startswith("dose/")]
    assert not any("week" in evidence for evidence in doses)


def test_auto_recognises_language_and_market_and_says_on_what() -> None:
    document = report("auto")
    assert (document.language, document.market) == ("en", "tr")
    cues = " ".join(document.recognised.market).lower()
    assert "instructions for proper use" in cues
    assert "this triangle will enable" in cues
    assert document.findings == report("tr").findings
