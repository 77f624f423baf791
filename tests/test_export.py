"""`leaflet parse`: valid against its schema, exact in its numbers, true in its places."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from tests.leaflets import input_of, parsed
from validator.export import leaflet_json
from validator.resources import schema

NAMES = (
    *("aknetrent", "da-tablet", "de-tablet", "es-tablet", "eu-tablet", "fr-tablet"),
    *("tr-tablet", "uk-tablet", "us-guide"),
)


@pytest.mark.parametrize("name", NAMES)
def test_the_structured_document_keeps_to_its_schema(name: str) -> None:
    document = json.loads(json.dumps(leaflet_json(parsed(input_of(name)), "input.txt")))
    errors = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema("leaflet")).iter_errors(document)
    ]
    assert errors == []


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema("leaflet"))


def test_a_worked_example_is_read_as_a_person_reads_it() -> None:
    (example,) = leaflet_json(parsed(input_of("aknetrent")))["facts"]["examples"]
    seen = {
        part: (example[part]["span"]["text"], example[part]["span"]["location"]["line"], example[part]["per"])
        for part in ("rate", "measure", "result")
    }
    assert seen == {
        "rate": ("0.5 mg/kg/day", 25, ["kg", "day"]),
        "measure": ("70 kg", 25, []),
        "result": ("35 mg per day", 25, ["day"]),
    }


def test_the_ladder_is_a_list_of_intervals() -> None:
    facts = leaflet_json(parsed(input_of("aknetrent")))["facts"]
    ladder = {
        d["label"]: (d["interval"]["low"], d["interval"]["high"])
        for d in facts["definitions"]
        if d["interval"]
    }
    assert ladder == {
        "very-common": ("1/10", None),
        "common": ("1/100", "1/10"),
        "uncommon": ("1/1000", "1/100"),
        "rare": ("1/10000", "1/1000"),
        "very-rare": (None, "1/10000"),
    }
