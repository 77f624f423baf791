"""Waivers, baseline and evidence: decisions that are marked in every report and never hide anything."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, fhir
from tests.leaflets import input_of
from tests.test_invariance import html_of
from validator.errors import ConfigurationError
from validator.report import Place
from validator.reports import FORMATS
from validator.review.entry import Waiver
from validator.review.waivers import beside

from .conftest import LEAFLET

RULE = "section/storage"
DAY = 86_400
TODAY = "1790000000"  # 2026-09-21


def documents(outcome):
    return json.loads(outcome.out)["documents"]


def status(outcome):
    """The findings of the only document as (rule, whether waived, whether known)."""
    (document,) = documents(outcome)
    return [(f["rule"], bool(f["waived"]), f["baselined"]) for f in document["findings"]]


def notices(outcome):
    return [(n["kind"], n["severity"], n["at"]) for n in json.loads(outcome.out)["notices"]]


@pytest.fixture
def check(leaflet, sample, monkeypatch):
    """Check one rule of the sample, which has a gap there."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    monkeypatch.chdir(sample.parent)

    def run(*options, form="json", select=RULE):
        return leaflet("check", sample.name, "--select", select, "--format", form, *options)

    return run


def waive(folder: Path, *, name: str = "leaflet.toml", rule: str = RULE, **keys: str) -> None:
    if name == "leaflet.toml":
        keys = {"path": '"*.txt"', **keys}
    lines = [f'rule = "{rule}"', *(f"{key} = {value}" for key, value in keys.items())]
    text = "\n".join(["[[waiver]]", *lines, 'reason = "agreed with the agency"', 'by = "A. Person"', ""])
    (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize("name", ["leaflet.toml", "sample.txt.waivers.toml"])
def test_a_waived_finding_is_marked_and_does_not_count(check, sample, name):
    assert check().code == 1
    waive(sample.parent, name=name, until="2026-09-21", date="2026-01-01")
    outcome = check()
    assert (outcome.code, outcome.err) == (0, "")
    assert status(outcome) == [(RULE, True, False)]
    (finding,) = documents(outcome)[0]["findings"]
    assert finding["waived"] == {"reason": "agreed with the agency", "by": "A. Person", "until": "2026-09-21"}
    assert json.loads(outcome.out)["summary"]["waived"] == 1
    assert notices(outcome) == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_what_was_waived_and_why(check, sample, form):
    waive(sample.parent)
    outcome = check(form=form)
    assert outcome.code == 0
    assert RULE in outcome.out
    assert "agreed with the agency" in outcome.out
    assert "A. Person" in outcome.out


@pytest.mark.parametrize("name", ["leaflet.toml", "sample.txt.waivers.toml"])
def test_an_expired_waiver_lets_the_finding_count_again(check, sample, name):
    waive(sample.parent, name=name, until="2026-09-20")
    outcome = check()
    assert outcome.code == 1
    assert status(outcome) == [(RULE, False, False)]
    assert notices(outcome) == [("waiver-expired", "warning", f"{name}:1")]
    text = check(form="text").out
    assert (
        "waiver for section/storage by A. Person (“agreed with the agency”) expired on 2026-09-20; it covered 1 finding: renew it or remove it"
        in text
    )


def test_an_unused_waiver_counts_as_a_warning(check, sample):
    waive(sample.parent, rule="section/what-it-is")
    outcome = check(select="section/what-it-is")
    assert outcome.code == 0
    assert notices(outcome) == [("waiver-unused", "warning", "leaflet.toml:1")]
    assert check("--fail-on", "warning", select="section/what-it-is").code == 1
    # What this run did not judge is not said to be unused.
    assert notices(check("--fail-on", "warning")) == []
    waive(sample.parent, rule="section/what-it-is", path='"other/*"')
    assert notices(check(select="section/what-it-is")) == []


def test_what_fails_a_quiet_run_is_told(leaflet, sample):
    waive(sample.parent, rule="section/what-it-is")
    outcome = leaflet("check", sample, "--quiet", "--select", "section/what-it-is", "--fail-on", "warning")
    assert outcome.code == 1
    (line,) = outcome.out.splitlines()
    assert line.startswith("warning: leaflet.toml:1: the waiver for section/what-it-is")


def test_a_file_of_waivers_whose_leaflet_is_gone_is_told(leaflet, sample):
    waive(sample.parent, name="old.txt.waivers.toml")
    waive(sample.parent, name="sample.txt.waivers.toml")
    outcome = leaflet("check", sample.parent, "--format", "json")
    at = str(sample.parent / "old.txt.waivers.toml")
    assert notices(outcome) == [("waiver-unused", "warning", at)]
    assert "there is no “old.txt” beside it" in outcome.out
    assert notices(leaflet("check", sample, "--format", "json")) == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_of_a_waiver_out_of_order(check, sample, form):
    waive(sample.parent, rule="section/what-it-is")
    assert "covers no finding" in check(form=form, select="section/what-it-is").out


def test_a_waiver_may_mean_one_place_or_one_fingerprint(check, sample):
    (finding,) = documents(check())[0]["findings"]
    for keys, waived in (
        ({"place": '"storage"'}, True),
        ({"place": '"side-effects"'}, False),
        ({"place": f'"line {finding["location"]["line"]}"'}, True),
        ({"place": '"line 1"'}, False),
        ({"fingerprint": f'"{finding["fingerprint"]}"'}, True),
        ({"fingerprint": '"0123456789abcdef"'}, False),
        ({"path": '"sample*"'}, True),
        ({"path": '"elsewhere/*"'}, False),
    ):
        waive(sample.parent, **keys)
        assert check().code == (0 if waived else 1), keys


@pytest.mark.parametrize(
    ("place", "location", "holds"),
    [
        ("storage", Place(section="storage"), True),
        ("line 7", Place(line=5, end_line=8), True),
        ("line 7", Place(line=8), False),
        ("line 7", Place(paragraph=7), False),
        ("before line 20", Place(line=20), True),
        ("lines 74-76", Place(line=74, end_line=76), True),
        ("page 2, line 7", Place(page=2, line=7), True),
        ("page 2, line 7", Place(page=1, line=7), False),
        ("paragraph 14", Place(paragraph=14), True),
    ],
)
def test_places_are_written_as_the_report_writes_them(place, location, holds):
    entry = Waiver(rule=RULE, reason="x", by="y", place=place)
    assert entry.stands_at(location) is holds


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (
            ['rule = "section/storag"', 'reason = "x"', 'by = "y"'],
            2,
            "waiver.rule: unknown rule 'section/storag': did you mean 'section/storage'?",
        ),
        (['rule = "section"', 'reason = "x"', 'by = "y"'], 2, "waiver.rule: unknown rule 'section'"),
        (['rule = "section/storage"', 'by = "y"'], 1, "waiver.reason: is required"),
        (['rule = "section/storage"', 'reason = "x"'], 1, "waiver.by: is required"),
        (['rule = "section/storage"', 'reason = "  "', 'by = "y"'], 3, "waiver.reason: expected some words"),
        (
            ['rule = "section/storage"', 'resaon = "x"', 'by = "y"'],
            3,
            "waiver.resaon: unknown key; did you mean 'reason'?",
        ),
        (
            ['rule = "section/storage"', 'reason = "x"', 'by = "y"', 'until = "soon"'],
            5,
            "waiver.until: expected a valid date, found 'soon'",
        ),
        (
            ['rule = "section/storage"', 'reason = "x"', 'by = "y"', 'place = "Line 3"'],
            5,
            "waiver.place: expected a place such as ",
        ),
        (
            ['rule = "section/storage"', 'reason = "x"', 'by = "y"', 'fingerprint = "12"'],
            5,
            "waiver.fingerprint: expected a text of the form '^[0-9a-f]{16}$', found '12'",
        ),
        (
            [
                'rule = "section/storage"',
                'reason = "x"',
                'by = "y"',
                "date = 2026-05-01",
                "until = 2026-04-01",
            ],
            1,
            "waiver: until lies before date",
        ),
    ],
)
@pytest.mark.parametrize("name", ["leaflet.toml", "sample.txt.waivers.toml"])
def test_a_broken_waiver_is_named_with_file_and_line(leaflet, sample, name, lines, line, message):
    first = ["[[waiver]]", f'rule = "{RULE}"', 'reason = "x"', 'by = "y"', 'path = "*"']
    if name != "leaflet.toml":
        first.pop()
    body = [*lines, 'path = "*"'] if name == "leaflet.toml" else lines
    (sample.parent / name).write_text("\n".join([*first, "", "[[waiver]]", *body]), "utf-8")
    outcome = leaflet("check", sample)
    assert outcome.code == 2
    # One of the two may be missing: then the line is that of the entry's head.
    assert outcome.err.startswith(
        f"leaflet: error: {sample.parent / name}:{len(first) + 1 + line}: {message}"
    )
    assert outcome.err.count("\n") == 1


def test_where_a_path_belongs(leaflet, sample):
    waive(sample.parent, path='"x"', name="sample.txt.waivers.toml")
    with pytest.raises(
        ConfigurationError, match=r"waivers.toml:3: waiver.path: this file is about its own leaflet"
    ):
        beside(str(sample))
    (sample.parent / "leaflet.toml").write_text(
        f'[[waiver]]\nrule = "{RULE}"\nreason = "x"\nby = "y"\n', "utf-8"
    )
    assert "leaflet.toml:1: waiver.path: is required" in leaflet("check", sample).err


def test_a_file_of_waivers_is_no_leaflet_and_a_broken_one_costs_no_other_file(leaflet, sample):
    other = sample.parent / "other.txt"
    other.write_text(LEAFLET, "utf-8")
    (sample.parent / "other.txt.waivers.toml").write_text("[[waiver]\n", "utf-8")
    outcome = leaflet("check", sample.parent, "--format", "json")
    assert outcome.code == 2
    assert len(documents(outcome)) == 2
    assert outcome.error_lines == [
        f"leaflet: error: {other}.waivers.toml: not valid TOML: Expected ']]' at the end of an array declaration (at line 1, column 9)"
    ]


def test_waivers_in_pyproject(check, sample):
    (sample.parent / "pyproject.toml").write_text(
        f'[tool.leaflet]\nmarket = "eu"\n\n[[tool.leaflet.waiver]]\nrule = "{RULE}"\npath = "*"\nreason = "x"\nby = "y"\n',
        "utf-8",
    )
    assert check().code == 0
    text = (sample.parent / "pyproject.toml").read_text("utf-8")
    (sample.parent / "pyproject.toml").write_text(text.replace('by = "y"', "by = 3"), "utf-8")
    assert "pyproject.toml:8: waiver.by: expected a valid string, found 3" in check().err


def test_only_new_gaps_fail(leaflet, sample, monkeypatch):
    monkeypatch.chdir(sample.parent)
    written = leaflet("check", sample.name, "--write-baseline", "known.json", "--format", "json")
    assert written.code == 0
    assert leaflet("check", sample.name, "--write-baseline", "again.json").code == 0
    assert (sample.parent / "known.json").read_bytes() == (sample.parent / "again.json").read_bytes()
    assert leaflet("check", sample.name).code == 1
    known = leaflet("check", sample.name, "--baseline", "known.json", "--strict-baseline", "--format", "json")
    assert known.code == 0
    assert {entry[1:] for entry in status(known)} == {(False, True)}
    assert notices(known) == []
    assert json.loads(known.out)["summary"]["errors"] == 0
    sample.write_text(LEAFLET.replace("Always take this medicine exactly", "Take this medicine"), "utf-8")
    new = leaflet("check", sample.name, "--baseline", "known.json", "--format", "json")
    fresh = [rule for rule, _, baselined in status(new) if not baselined]
    assert fresh == ["statement/take-as-told"]


def test_entries_that_no_longer_occur_are_told(leaflet, sample, monkeypatch):
    monkeypatch.chdir(sample.parent)
    (sample.parent / "gone.txt").write_text(LEAFLET, "utf-8")
    options = ("--select", "section", "--format", "json")
    leaflet("check", ".", "--write-baseline", "known.json", *options)
    (sample.parent / "leaflet.toml").write_text('baseline = "known.json"\n', "utf-8")
    sample.write_text(LEAFLET + "\n5. How to store Testamol\n\nKeep it cool.\n", "utf-8")
    (sample.parent / "gone.txt").unlink()
    outcome = leaflet("check", ".", *options)
    assert outcome.code == 0
    told = [notice["message"] for notice in json.loads(outcome.out)["notices"]]
    assert "section/storage (missing) in sample.txt no longer occurs; write the baseline anew" in told
    assert sum("in gone.txt no longer occurs" in message for message in told) == len(told) - 1
    assert leaflet("check", ".", "--strict-baseline", *options).code == 1
    assert leaflet("check", ".", "--strict-baseline", "--fail-on", "never", *options).code == 0
    # A run that does not judge a rule or a file says nothing about it.
    few = leaflet("check", "sample.txt", "--select", "section/contents", "--format", "json")
    assert not [entry for entry in json.loads(few.out)["notices"] if "sample.txt" in entry["message"]]


def test_a_waived_finding_is_not_written_as_known(check, sample):
    waive(sample.parent)
    assert check("--write-baseline", "known.json").code == 0
    assert json.loads((sample.parent / "known.json").read_text("utf-8")) == {"version": 1, "findings": []}
    (sample.parent / "leaflet.toml").unlink()
    assert check("--baseline", "known.json").code == 1


def test_alike_findings_are_known_as_often_as_they_were(leaflet, sample, monkeypatch):
    monkeypatch.chdir(sample.parent)
    odd = "Call [your doctor.\n"
    options = ("--select", "consistency/brackets", "--format", "json")
    sample.write_text(LEAFLET + odd * 2, "utf-8")
    leaflet("check", sample.name, "--write-baseline", "known.json", *options)
    sample.write_text(LEAFLET + odd * 3, "utf-8")
    known = [
        entry[2] for entry in status(leaflet("check", sample.name, "--baseline", "known.json", *options))
    ]
    assert (known.count(True), known.count(False)) == (2, 1)
    sample.write_text(LEAFLET + odd, "utf-8")
    outcome = leaflet("check", sample.name, "--baseline", "known.json", *options)
    assert "no longer occurs (1 of 2)" in outcome.out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "the baseline cannot be read (No such file or directory)"),
        ("{", "not a baseline: Invalid JSON"),
        ('{"version": 2, "findings": []}', "not a baseline: version: Input should be 1"),
        ('{"version": 1, "findings": [{"path": "x"}]}', "not a baseline: findings.0.rule: Field required"),
    ],
)
def test_a_broken_baseline_is_one_line_and_code_2(leaflet, sample, text, message):
    path = sample.parent / "known.json"
    if text is not None:
        path.write_text(text, "utf-8")
    outcome = leaflet("check", sample, "--baseline", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"leaflet: error: {path}: {message}")
    assert outcome.err.count("\n") == 1


LOST = {
    "eu-tablet": (
        "Keep this medicine out of the sight and reach of children.",
        "Do not pass it on to others. ",
    ),
    "tr-tablet": (
        "VELORİN’i çocukların göremeyeceği, erişemeyeceği yerlerde ve ambalajında saklayınız.",
        "• Bu kullanma talimatını saklayınız. ",
    ),
    "aknetrent": (),
}
LANGUAGES = {"aknetrent": "en", "eu-tablet": "en", "tr-tablet": "tr"}
MARKETS = {"aknetrent": "tr", "eu-tablet": "eu", "tr-tablet": "tr"}


def spoiled(name: str) -> str:
    text = input_of(name)
    for lost in LOST[name]:
        assert lost in text
        text = text.replace(lost, "")
    return text


def wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, 60, break_on_hyphens=False) or "" for line in text.split("\n"))


DISGUISES: dict[str, tuple[str, Callable[[str, str], bytes]]] = {
    "other lines": (".txt", lambda text, _: wrapped(text).encode()),
    "HTML": (".html", lambda text, _: html_of(text)),
    "DOCX": (".docx", lambda text, _: docx_of(text)),
    "DOCX, automatic numbers": (".docx", lambda text, _: docx_of(text, automatic=True)),
    "FHIR JSON": (".json", lambda text, language: as_json(fhir(text, nested=True, language=language))),
    "FHIR XML": (".xml", lambda text, language: as_xml(fhir(text, nested=False, language=language))),
}


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_baseline_holds_for_other_lines_and_formats(leaflet, tmp_path, monkeypatch, name, disguise):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(spoiled(name), "utf-8")
    options = (
        "--market",
        MARKETS[name],
        "--language",
        LANGUAGES[name],
        "--format",
        "json",
        "--fail-on",
        "advice",
    )
    leaflet("check", "a.txt", "--write-baseline", "known.json", *options)
    assert json.loads((tmp_path / "known.json").read_text("utf-8"))["findings"]
    suffix, dress = DISGUISES[disguise]
    (tmp_path / f"a{suffix}").write_bytes(dress(spoiled(name), LANGUAGES[name]))
    outcome = leaflet("check", f"a{suffix}", "--baseline", "known.json", "--strict-baseline", *options)
    told = [(f["rule"], f["evidence"]) for f in documents(outcome)[0]["findings"] if not f["baselined"]]
    assert (told, notices(outcome), outcome.code) == ([], [], 0)


@pytest.mark.parametrize("name", LOST)
def test_other_numbers_of_sections_are_new_gaps_and_the_known_ones_stay_known(
    leaflet, tmp_path, monkeypatch, name
):
    monkeypatch.chdir(tmp_path)
    text = spoiled(name)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    options = ("--market", MARKETS[name], "--language", LANGUAGES[name], "--format", "json")
    leaflet("check", "a.txt", "--write-baseline", "known.json", *options)
    (tmp_path / "a.txt").write_text(re.sub(r"(?m)^(\d)\. ", lambda m: f"{int(m[1]) + 1}. ", text), "utf-8")
    outcome = leaflet("check", "a.txt", "--baseline", "known.json", *options)
    new = {f["rule"] for f in documents(outcome)[0]["findings"] if not f["baselined"]}
    numbered = {"section/what-it-is", "section/before-use", "section/how-to-use", "section/side-effects"}
    assert new <= numbered | {
        "section/storage",
        "section/contents",
        "section/contents-list",
        "black-triangle/reference",
    }


def test_evidence_says_what_a_run_rests_on(check, sample):
    assert json.loads(check().out)["evidence"] is None
    told = json.loads(check("--evidence", "--market", "eu").out)["evidence"]
    assert re.fullmatch("sha256:[0-9a-f]{64}", told["law"])
    assert told["options"]["market"] == "eu"
    assert told["options"]["select"] == [RULE]
    assert "jobs" not in told["options"]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "gitlab"])
def test_every_format_that_has_room_carries_the_evidence(check, form):
    out = check("--evidence", form=form).out.replace("<!-- -->", "").replace("%3A", ":")
    assert re.search("sha256:[0-9a-f]{64}", out)
    assert "2026-09-21T14:13:20Z" in out
    assert "section/storage" in out


@pytest.mark.parametrize("form", FORMATS)
def test_two_runs_give_the_same_bytes(process, sample, form):
    waive(sample.parent)
    (sample.parent / "b.txt").write_text(LEAFLET, "utf-8")
    (sample.parent / "empty.txt").write_text("", "utf-8")
    options = ("check", ".", "--format", form, "--evidence", "--verbose")
    first = process(*options, SOURCE_DATE_EPOCH=TODAY, PYTHONHASHSEED="1")
    second = process(*options, "--jobs", "2", SOURCE_DATE_EPOCH=TODAY, PYTHONHASHSEED="2")
    assert first.code == 3
    assert first == second
