"""`--revisions` on the command line, in the configuration and from Python; places as paragraphs."""

from __future__ import annotations

import json

import pytest

import validator
from tests.docx_files import docx, p, r

from .conftest import LEAFLET

_RULE = "residue/tracked-change"
_READ = "Read all of this leaflet carefully"


@pytest.fixture
def tracked(tmp_path):
    """A Word file in which one statement was deleted with changes tracked."""
    path = tmp_path / "leaflet.docx"

    def paragraph(line):
        if not line.startswith(_READ):
            return p(line)
        return p(f'<w:del w:author="Ann">{r(line, tag="delText")}</w:del>')

    path.write_bytes(docx("".join(map(paragraph, LEAFLET.split("\n")))))
    return path


def _rules(outcome):
    (document,) = json.loads(outcome.out)["documents"]
    return {finding["rule"] for finding in document["findings"]}


@pytest.mark.parametrize(
    ("view", "lost"), [((), True), (("--revisions", "accepted"), True), (("--revisions", "original"), False)]
)
def test_the_view_is_judged(leaflet, tracked, view, lost):
    rules = _rules(leaflet("check", tracked, "--format", "json", *view))
    assert _RULE in rules
    assert ("statement/read-carefully" in rules) == lost


def test_the_command_line_wins_over_the_configuration(leaflet, tracked, tmp_path):
    config = tmp_path / "own.toml"
    config.write_text('revisions = "original"\n', "utf-8")
    given = ("check", tracked, "--format", "json", "--config", config)
    assert "statement/read-carefully" not in _rules(leaflet(*given))
    assert "statement/read-carefully" in _rules(leaflet(*given, "--revisions", "accepted"))


def test_parse_and_python_take_it_too(leaflet, tracked):
    shown = leaflet("parse", tracked, "--revisions", "original")
    assert _READ in shown.out
    assert _READ not in leaflet("parse", tracked).out
    (found,) = validator.parse(tracked, revisions="original")
    assert any(block.text.startswith(_READ) for block in found.blocks)
    with pytest.raises(validator.UsageError, match="unknown view of tracked changes 'both'"):
        validator.check(tracked, revisions="both")


def test_an_unknown_view_names_the_choices(leaflet, tracked):
    outcome = leaflet("check", tracked, "--revisions", "both")
    assert (outcome.code, outcome.out) == (2, "")
    assert "unknown view of tracked changes 'both': choose accepted, original" in outcome.err


def test_the_report_names_view_and_paragraphs(leaflet, tracked):
    out = leaflet("check", tracked).out
    assert "note: the file holds tracked changes: judged as if all of them were accepted" in out
    assert f"warning  paragraph 4  {_RULE}" in out
    assert "before paragraph 8  statement/read-carefully" in out


def test_word_s_lock_files_are_no_leaflets(leaflet, tracked):
    (tracked.parent / "~$leaflet.docx").write_bytes(b"\x05Ann" + bytes(158))
    outcome = leaflet("check", tracked.parent)
    assert outcome.code == 1
    assert outcome.err == ""
