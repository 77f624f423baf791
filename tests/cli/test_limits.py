"""`[limits]` of the configuration: what exceeds one is refused, by every command that reads a leaflet."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from validator.cache import Cache
from validator.readers.limits import Limits
from validator.settings import Options

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"


@pytest.fixture
def limited(sample):
    def write(text: str) -> None:
        (sample.parent / "leaflet.toml").write_text(f"[limits]\n{text}\n", "utf-8")

    return write


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ("max-bytes = 100", "the file is larger than the limit of 0.0001 MB"),
        ("max-blocks = 3", "the file has more than 3 paragraphs"),
        ("max-block-chars = 50", "the file has a paragraph of more than 50 characters"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("parse",)])
def test_what_exceeds_a_limit_is_refused(leaflet, sample, limited, command, limit, reason):
    limited(limit)
    result = leaflet(*command, sample.name)
    assert result.code == 3
    assert result.err.splitlines() == [f"leaflet: error: {sample.name}: {reason}"]


def test_a_limit_may_be_raised(leaflet, sample, limited):
    limited("max-bytes = 900_000_000")
    assert leaflet("check", sample.name).code == 1


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("max-byte = 100", "limits.max-byte: unknown limit 'max-byte': choose "),
        ("max-bytes = 0", "limits.max-bytes: expected greater than or equal to 1, found 0"),
        ('max-bytes = "1 MB"', "limits.max-bytes: "),
    ],
)
def test_a_wrong_limit_names_file_line_and_key(leaflet, sample, limited, limit, message):
    limited(limit)
    result = leaflet("check", sample.name)
    assert result.code == 2
    (line,) = result.err.splitlines()
    assert f"leaflet.toml:2: {message}" in line


def test_every_limit_is_documented_with_its_default():
    text = DOCS.read_text("utf-8")
    for entry in fields(Limits):
        assert f"`{entry.name.replace('_', '-')}`" in text
        assert f"({entry.default:,})" in text


def test_other_limits_are_another_entry_of_the_cache(tmp_path):
    kept = Cache(str(tmp_path), "stamp")
    entries = {
        kept._entry(b"", "a.txt", Options(limits=limits)) for limits in (Limits(), Limits(max_bytes=9))
    }
    assert len(entries) == 2
