"""The JSON report: the same as `Report.to_json`, valid against its schema, in constant memory."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from validator.report import Report
from validator.reports import FORMATS, Style, writer
from validator.resources import schema

from .conftest import document, finding, report


def written(made: Report) -> str:
    out = io.StringIO()
    face = writer("json", out, Style())
    for each in made.documents:
        face.add(each)
    face.finish(replace(made, documents=()))
    face.close()
    return out.getvalue()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_is_the_report_itself(full, count):
    made = replace(full, documents=(full.documents * 2)[:count])
    text = written(made)
    assert json.loads(text) == made.to_json()
    assert text == json.dumps(made.to_json(), ensure_ascii=False, indent=2) + "\n"


def test_it_is_valid_against_its_schema(full):
    checker = Draft202012Validator(schema("report"))
    Draft202012Validator.check_schema(schema("report"))
    for made in (full, report()):
        assert [error.message for error in checker.iter_errors(json.loads(written(made)))] == []


def test_the_schema_refuses_what_the_contract_does_not_know(full):
    checker = Draft202012Validator(schema("report"))
    data = full.to_json()
    data["documents"][0]["findings"][0]["problem"] = "ugly"
    data["documents"][0]["findings"][1]["location"]["line"] = None
    data["surprise"] = 1
    assert len(list(checker.iter_errors(data))) == 3


def test_words_that_look_like_the_report_do_no_harm():
    made = report(document(finding(evidence='"documents": []')), profile='"documents": []')
    assert json.loads(written(made)) == made.to_json()


def test_a_place_has_only_what_the_format_has(full):
    places = [entry["location"] for entry in json.loads(written(full))["documents"][0]["findings"]]
    assert set(places[0]) == {"line", "column", "end_line", "end_column", "section"}


def test_every_format_of_the_registry_can_be_written(full):
    for name in FORMATS:
        out = io.StringIO()
        face = writer(name, out, Style())
        face.add(full.documents[0])
        face.finish(full)
        face.close()
        assert out.getvalue()
