"""Our own compliant leaflets are clean, and every single defect put into them gives its finding alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.leaflets import FIXTURES, brief, input_of, judged


def variants() -> list[Any]:
    found = []
    for path in sorted(FIXTURES.glob("leaflets/*/variants.yaml")):
        for variant in yaml.safe_load(path.read_text("utf-8")):
            found.append(pytest.param(path.parent.name, variant, id=f"{path.parent.name}-{variant['id']}"))
    return found


def spoiled(name: str, variant: dict[str, Any]) -> str:
    """The leaflet with the edits of a variant; each must find its words exactly once."""
    text = input_of(name)
    edit = variant["replace"] if "replace" in variant else (variant["drop"], variant.get("with", ""))
    for old, new in [edit, *variant.get("also", [])]:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "name", sorted({path.parent.name for path in FIXTURES.glob("leaflets/*/variants.yaml")})
)
def test_the_leaflet_itself_is_clean(name: str) -> None:
    assert [finding.message for finding in judged(input_of(name)).findings] == []


# What a slot without a value leaves behind in a message: two blanks, quotes around nothing, "means .".
EMPTY_SLOT = re.compile(r"\S  +\S|“”|\b(?:means|is|are|hold) *\.")


@pytest.mark.parametrize(("name", "variant"), variants())
def test_a_defect_gives_its_finding_alone(name: str, variant: dict[str, Any]) -> None:
    document = judged(spoiled(name, variant), market=variant.get("market", "auto"))
    assert brief(document) == sorted(tuple(finding) for finding in variant["expect"])
    told = [text for f in document.findings for text in (f.message, f.fix)]
    assert [text for text in told if EMPTY_SLOT.search(text)] == []
