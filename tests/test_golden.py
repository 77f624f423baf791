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
