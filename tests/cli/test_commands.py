"""`leaflet parse`, `explain` and `rules`, and the same from Python."""

from __future__ import annotations

import json

import pytest

import validator
from validator.catalogue import markets, requirements
from validator.explanation import in_general, rule_text

from .conftest import LEAFLET


def test_parse_prints_the_structured_document(leaflet, sample, tmp_path):
    outcome = leaflet("parse", sample)
    assert (outcome.code, outcome.err) == (0, "")
    document = json.loads(outcome.out)
    assert document["metadata"]["path"] == str(sample)
    assert [section["id"] for section in document["sections"]] == [
        "front",
        "what-it-is",
        "before-use",
        "how-to-use",
        "side-effects",
    ]
    target = tmp_path / "parsed.json"
    assert leaflet("parse", sample, "-o", target) == (0, "", "")
    assert json.loads(target.read_text("utf-8")) == document


def test_parse_reads_standard_input(process):
    outcome = process("parse", "-", stdin=LEAFLET.encode())
    assert outcome.code == 0
    assert json.loads(outcome.out)["metadata"]["path"] == "-"


def test_several_leaflets_in_a_file_are_a_list(leaflet, tmp_path):
    path = tmp_path / "two.txt"
    path.write_text(LEAFLET + "\n" + LEAFLET, "utf-8")
    assert len(json.loads(leaflet("parse", path).out)) == 2
    out = leaflet("check", path).out
    assert f"{path} (1 of 2: " in out
    assert "2 leaflets checked" in out


@pytest.mark.parametrize("rule", sorted(requirements()))
def test_every_rule_is_explained(leaflet, rule):
    code, out, err = leaflet("explain", rule)
    assert (code, err) == (0, "")
    requirement = requirements()[rule]
    assert out.startswith(f"{rule}: {requirement.title}\n")
    assert requirement.why in out
    for text in (requirement.fix, *requirement.messages.values()):
        assert in_general(text) in out


def test_texts_of_rules_have_no_unfilled_slot(leaflet):
    texts = [rule_text(rule).fix for rule in requirements()]
    texts += [in_general(text) for each in requirements().values() for text in each.messages.values()]
    assert [text for text in texts if "{" in text] == []
    out = leaflet("explain", "excipient/benzoate").out
    assert "What to do: Insert under “[name of the medicine] contains …”: [expected text]\n" in out


def test_explain_shows_law_and_wording(leaflet):
    out = leaflet("explain", "statement/keep-leaflet", "--market", "eu").out
    assert "Market eu (European Union" in out
    assert "Keep this leaflet. You may need to read it again." in out
    assert "Market tr" not in out


def test_rules_lists_all_as_text_and_json(leaflet):
    text = leaflet("rules").out.splitlines()
    listed = json.loads(leaflet("rules", "--format", "json").out)
    assert len(text) == len(listed)
    assert {"rule", "title", "severity"} == set(listed[0])
    assert all(set(entry["severity"]) <= set(markets()) for entry in listed)
    for market in markets():
        chosen = json.loads(leaflet("rules", "--market", market, "--format", "json").out)
        assert chosen == [entry for entry in listed if market in entry["severity"]]


def test_check_from_python(sample):
    report = validator.check(sample, market="eu", select=("section",))
    assert report.documents[0].path == str(sample)
    assert {finding.rule for finding in report.documents[0].findings} >= {
        "section/storage",
        "section/contents",
    }
    same = validator.check(sample.read_bytes(), market="eu", select=("section",))
    assert same.documents[0].findings == report.documents[0].findings
    assert same.documents[0].path == "<bytes>"


def test_parse_from_python(sample):
    (found,) = validator.parse(sample)
    assert found == validator.parse(LEAFLET.encode())[0]
    assert validator.parse(b"nothing of the kind and the like") == ()


def test_many_from_python(sample, tmp_path):
    report = validator.check_many([sample, tmp_path / "absent.txt"])
    assert [document.path for document in report.documents] == [str(sample)]
    assert [failure.reason for failure in report.unreadable] == ["the file does not exist"]
    items = list(validator.iter_documents([sample, tmp_path / "absent.txt"]))
    assert [type(item).__name__ for item in items] == ["Document", "Failure"]


def test_errors_from_python(tmp_path):
    with pytest.raises(validator.UnreadableError, match="does not exist"):
        validator.check(tmp_path / "absent.txt")
    with pytest.raises(validator.UnreadableError, match="empty"):
        validator.check(b"")
    with pytest.raises(validator.UnreadableError, match="no leaflet was recognised"):
        validator.check(b"nothing of the kind and the like")
    with pytest.raises(validator.UsageError, match="unknown market 'xx'"):
        validator.iter_documents([], market="xx")
    with pytest.raises(validator.UsageError, match="did you mean"):
        validator.explain("statement/keep-leaflt")
    assert validator.explain("statement/keep-leaflet").id == "statement/keep-leaflet"
