"""Versions of a template: the one in force by default, an older one when asked for, none before it is final."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.leaflets import brief, input_of
from tests.test_markets import law_in
from validator import catalogue, check
from validator.errors import UsageError

TEXT = input_of("eu-tablet").encode()
OLD = {
    "eu/profile.8.yaml": """
extends: profile.yaml
name: eu-qrd-8
title: European Union, QRD template 8
template: "8"
since: 2011-07-01
until: 2013-03-01
requirements:
  statement/reporting-side-effects: null
  black-triangle/symbol: null
""",
    "eu/wording.en.8.yaml": """
extends: wording.en.yaml
statements:
  keep-out-of-reach:
    text: Keep out of the reach and sight of children.
    seen: template
""",
}


@pytest.mark.parametrize("version", ["", "10.4", "10.3"])
def test_the_report_names_the_version(version: str) -> None:
    (document,) = check(TEXT, template=version).documents
    assert document.profile == f"eu-qrd-{version or '10.4'}"
    assert document.findings == ()


def test_the_versions_of_a_market_follow_one_another() -> None:
    older, current = (catalogue.profile("eu", version) for version in catalogue.templates("eu"))
    assert (older.template, current.template) == ("10.3", "10.4")
    assert older.since < current.since
    assert (older.until, current.until) == (current.since, None)
    cited = {citation.source for demand in older.requirements.values() for citation in demand.citation}
    assert "qrd-10.3" in cited
    assert "qrd-10.4" not in cited


def test_an_older_version_has_rules_and_wording_of_its_own(tmp_path: Path) -> None:
    law = law_in(tmp_path, OLD)
    text = TEXT.decode().replace("▼", "").replace("You can also report side effects", "You can report")
    text = text.replace(
        "Keep this medicine out of the sight and reach of", "Keep out of the reach and sight of"
    )
    (now,) = check(text.encode(), law=law).documents
    (then,) = check(text.encode(), law=law, template="8").documents
    assert brief(now) == [
        ("black-triangle/symbol", "missing", "error"),
        ("statement/keep-out-of-reach", "outdated", "warning"),
        ("statement/reporting-side-effects", "altered", "warning"),
    ]
    assert (then.profile, then.findings) == ("eu-qrd-8", ())
    met = {judgement.rule: judgement.reason for judgement in then.requirements}
    assert met["statement/keep-out-of-reach"].startswith("line ")


@pytest.mark.parametrize(
    ("market", "version", "told"),
    [
        ("eu", "11", r"template '11' of market 'eu' is not in force: .*; choose 10\.3, 10\.4"),
        ("auto", "11", r"template '11' of market 'eu' is not in force"),
        ("tr", "10.3", r"template '10\.3' of market 'tr' does not exist; choose 2019"),
        ("auto", "9", r"unknown template '9': choose .*10\.3, 10\.4"),
    ],
)
def test_a_version_that_nothing_is_judged_by(market: str, version: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check(TEXT, market=market, template=version)
