"""The faces of a comparison: every form of the report, the schema, the table for a pull request."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.leaflets import input_of
from validator.cli import run
from validator.reports import FORMATS
from validator.resources import schema

TEXT = input_of("eu-tablet")
EDITED = (
    TEXT.replace("kidneys", "lungs")
    .replace("• dry mouth\n", "")
    .replace("It usually begins", "It mostly | begins")
    .replace("Exempla Pharma Ltd, 1", "Exempla <b>Pharma</b> @all Ltd, 2")
)


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    monkeypatch.chdir(tmp_path)
    Path("old.txt").write_text(TEXT, "utf-8")
    Path("new.txt").write_text(EDITED, "utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(["diff", "old.txt", "new.txt", *arguments])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_form_tells_of_the_losses(
    versions: None, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    code, out = said(capsys, "--format", form)
    assert code == 1
    assert "dry mouth" in out
    assert "lungs" in out


def test_the_page_shows_the_newer_version_with_its_edits(
    versions: None, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = said(capsys, "--format", "html")
    assert "not in the leaflet" not in out
    assert "was not handed" not in out
    assert re.search(r"<mark[^>]*>if you have a severe disease of the lungs", out)


def test_what_is_new_asks_for_no_older_words(versions: None, capsys: pytest.CaptureFixture[str]) -> None:
    added = TEXT.replace("This medicine does not", "Store below 25 °C.\nThis medicine does not")
    Path("new.txt").write_text(added, "utf-8")
    (found,) = json.loads(said(capsys, "--format", "json")[1])["documents"][0]["findings"]
    assert found["rule"] == "diff/storage-changed"
    assert found["fix"] == (
        "Check it against the approved storage conditions; the older version did not say this."
    )


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("error", 1), ("warning", 1), ("advice", 1)])
def test_the_exit_code(versions: None, capsys: pytest.CaptureFixture[str], fail_on: str, code: int) -> None:
    assert said(capsys, "--fail-on", fail_on)[0] == code
    assert said(capsys, "--fail-on", fail_on, "--select", "diff/wording")[0] == (fail_on == "advice")


def test_the_json_report_keeps_to_its_schema(versions: None, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(said(capsys, "--format", "json")[1])
    Draft202012Validator(schema("report")).validate(report)
    (document,) = report["documents"]
    assert document["compared"]["path"] == "old.txt"
    assert {finding["rule"].split("/")[0] for finding in document["findings"]} == {"diff"}
    (lost,) = [finding for finding in document["findings"] if finding["rule"] == "diff/side-effect-removed"]
    assert lost["beside"]["location"]["line"] == 97


def test_the_table_for_a_pull_request(versions: None, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = said(capsys, "--format", "markdown")
    lines = out.splitlines()
    assert lines[lines.index("| severity | change | place | before | after |") + 2 :][:3] == [
        "| 🔴 error | contraindication removed | line 36 | if you have a severe disease of the kidneys. | "
        "if you have a severe disease of the lungs. |",
        "| 🔴 error | side effect removed | line 97 of the older version | dry mouth | – |",
        "| 🟠 warning | contact changed | line 135 (was line 136) | "
        "Exempla Pharma Ltd, 1 Example Street, Dublin 2, Ireland | "
        "Exempla &lt;b>Pharma&lt;/b> @<!-- -->all Ltd, 2 Example Street, Dublin 2, Ireland |",
    ]
    assert "<details><summary>1 edit of wording alone</summary>" in lines
    assert "It mostly \\| begins" in out


def test_a_comment_never_grows_beyond_its_room(versions: None, capsys: pytest.CaptureFixture[str]) -> None:
    more = [f"• Tell your doctor at once about sign number {number} of this kind." for number in range(900)]
    Path("old.txt").write_text(
        TEXT.replace("Warnings and precautions\n", "\n".join(["Warnings and precautions", *more, ""])),
        "utf-8",
    )
    _, out = said(capsys, "--format", "markdown")
    assert len(out) < 65_536
    assert "more: a comment has no room for them, see the full report." in out


def test_nothing_changed(versions: None, capsys: pytest.CaptureFixture[str]) -> None:
    Path("new.txt").write_text(TEXT, "utf-8")
    code, out = said(capsys, "--format", "markdown")
    assert code == 0
    assert "No safety content changed." in out


def test_a_waiver_and_a_baseline(versions: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--write-baseline", "known.json")[0] == 0
    assert said(capsys, "--baseline", "known.json")[0] == 0
    Path("leaflet.toml").write_text(
        '[[waiver]]\nrule = "diff/side-effect-removed"\npath = "new.txt"\nreason = "approved"\nby = "Ann"\n',
        "utf-8",
    )
    code, out = said(capsys, "--select", "diff/side-effect-removed", "--format", "markdown")
    assert code == 0
    assert "side effect removed (waived: approved (Ann))" in out
