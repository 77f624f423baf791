"""Golden reports: what people and machines get for our leaflets, reviewed as diffs (`pytest --update`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.leaflets import FIXTURES, input_of, judged
from validator.__main__ import main
from validator.resources import schema

REPORTS = [
    ("aknetrent", "tr"),
    ("aknetrent", "eu"),
    ("eu-tablet", "eu"),
    ("tr-tablet", "tr"),
    ("uk-tablet", "uk"),
]
FORMS = {
    "jsonl": "jsonl",
    "sarif": "sarif",
    "junit": "junit.xml",
    "markdown": "md",
    "csv": "csv",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "html": "html",
}
EXIT = {"aknetrent": 1, "eu-tablet": 0, "tr-tablet": 0, "uk-tablet": 0, "us-guide": 0}


def compare(path: Path, text: str, update: bool) -> None:
    if update:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize(("name", "market"), REPORTS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_report(
    name: str,
    market: str,
    form: str,
    update: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = FIXTURES / "leaflets" / name
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.setenv("COLUMNS", "100")
    code = main(["check", "input.txt", "--market", market, "--format", form, "--verbose"])
    out = capsys.readouterr().out
    assert code == EXIT[name]
    if form == "json":
        assert list(Draft202012Validator(schema("report")).iter_errors(json.loads(out))) == []
    compare(folder / f"expected.{market}.{'txt' if form == 'text' else 'json'}", out, update)


@pytest.mark.parametrize("form", FORMS)
def test_the_sample_in_every_format(
    form: str, update: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = FIXTURES / "leaflets" / "aknetrent"
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert main(["check", "input.txt", "--market", "tr", "--format", form]) == 1
    compare(folder / f"expected.tr.{FORMS[form]}", capsys.readouterr().out, update)


@pytest.mark.parametrize("form", ["text", "json", *FORMS])
def test_a_folder_with_all_that_a_report_can_tell(
    form: str,
    update: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    write_folder(tmp_path / "leaflets")
    (tmp_path / "leaflet.toml").write_text(WAIVERS, "utf-8")
    known = ["--baseline", "known.json"]
    main(["check", "leaflets/tr-tablet.txt", "--write-baseline", "known.json"])
    (tmp_path / "leaflets" / "tr-tablet.txt.waivers.toml").write_text(EXPIRED, "utf-8")
    capsys.readouterr()
    assert main(["check", "leaflets", "--format", form, *known]) == 3
    name = {"text": "txt", "json": "json", **FORMS}[form]
    compare(FIXTURES / "reports" / f"folder.{name}", capsys.readouterr().out, update)


WAIVERS = """\
[[waiver]]
rule = "statement/keep-out-of-reach"
path = "leaflets/eu-*"
reason = "on the carton"
by = "A. Person"
until = 2099-12-31

[[waiver]]
rule = "statement/expiry-date"
path = "leaflets/eu-*"
reason = "not needed any more"
by = "A. Person"
"""
EXPIRED = """\
[[waiver]]
rule = "statement/keep-out-of-reach"
reason = "until the next variation"
by = "B. Person"
until = 2026-01-31
"""
GAPS = {
    "eu-tablet": (
        "Keep this medicine out of the sight and reach of children.",
        "Do not pass it on to others. ",
    ),
    "tr-tablet": ("VELORİN’i çocukların göremeyeceği, erişemeyeceği yerlerde ve ambalajında saklayınız.",),
}


def write_folder(folder: Path) -> None:
    """Two leaflets that have lost sentences, and an empty file: beside them are waivers and a baseline."""
    folder.mkdir()
    for name, lost in GAPS.items():
        text = (FIXTURES / "leaflets" / name / "input.txt").read_text("utf-8")
        for sentence in lost:
            assert sentence in text
            text = text.replace(sentence, "", 1)
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")


def test_auto_gives_the_report_of_the_market_it_recognises(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FIXTURES / "leaflets" / "aknetrent")
    assert main(["check", "input.txt", "--format", "json"]) == 1
    (guessed,) = json.loads(capsys.readouterr().out)["documents"]
    main(["check", "input.txt", "--format", "json", "--market", "tr"])
    (given,) = json.loads(capsys.readouterr().out)["documents"]
    assert guessed["recognised"]["market"]
    assert {**guessed, "recognised": None} == {**given, "recognised": None}


CLEAN = [
    "da-tablet",
    "de-tablet",
    "es-tablet",
    "eu-tablet",
    "fr-tablet",
    "tr-tablet",
    "uk-tablet",
    "us-guide",
]


@pytest.mark.parametrize("name", CLEAN)
def test_our_own_leaflets_are_clean(name: str) -> None:
    assert [finding.message for finding in judged(input_of(name)).findings] == []


@pytest.mark.parametrize("name", ["aknetrent", *CLEAN])
def test_the_structured_document(
    name: str, update: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = FIXTURES / "leaflets" / name
    monkeypatch.chdir(folder)
    assert main(["parse", "input.txt"]) == 0
    compare(folder / "parsed.json", capsys.readouterr().out, update)
