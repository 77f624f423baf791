"""Entries of a wording file are changed where they stand; everything else stays, or nothing is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.errors import ConfigurationError
from validator.template.edit import Entry, edited
from validator.yamltext import text_values

FILE = """\
# Kept.
statements:
  first:   # why
    text: "Old."   # the text
    signals: [a]
    seen: leaflets
    # a remark at the end

  second: {text: Old, accepted: ["One", Two], seen: memory}
  third:
    text: >-
      Old
      words.
    accepted:
      - One
      # between
      - "Two"   # last
    seen: memory
  fourth: {seen: memory, text: &name Old}
  waits:  # missing: something
cues: [x]
"""


def entry(key: str, text: str = "New: #1", accepted: str = "Old", **whole: object) -> Entry:
    return Entry(("statements", key), {"text": text, "seen": "template", "source": "T"}, accepted, whole)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        (
            "first",
            '    text: "Old."   # the text\n    signals: [a]\n    seen: leaflets\n',
            '    text: "New: #1"   # the text\n    accepted: ["Old"]\n    signals: [a]\n    seen: template\n    source: "T"\n',
        ),
        (
            "second",
            '{text: Old, accepted: ["One", Two], seen: memory}',
            '{text: "New: #1", accepted: ["One", Two, "Old"], seen: template, source: "T"}',
        ),
        (
            "third",
            "    text: >-\n      Old\n      words.\n    accepted:\n      - One\n      # between\n"
            '      - "Two"   # last\n    seen: memory\n',
            '    text: "New: #1"\n    accepted:\n      - One\n      # between\n      - "Two"   # last\n      - "Old"\n'
            '    seen: template\n    source: "T"\n',
        ),
        (
            "waits",
            "  waits:  # missing: something\n",
            '  waits: {text: "New: #1", seen: template, source: "T", accepted: ["Old"]}  # missing: something\n',
        ),
        (
            "fifth",
            "  waits:  # missing: something\n",
            "  waits:  # missing: something\n"
            '  fifth: {text: "New: #1", seen: template, source: "T", accepted: ["Old"]}\n',
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_entry_changes(key: str, before: str, after: str, end: str) -> None:
    assert before in FILE
    text, wanted = (each.replace("\n", end) for each in (FILE, FILE.replace(before, after)))
    assert edited(text, [entry(key)]) == wanted


def test_several_entries_in_a_file_that_has_none_of_them() -> None:
    made = edited("market: eu\n", [entry("a", accepted=""), entry("b", accepted="", signals=["s"])])
    assert made == (
        "market: eu\nstatements:\n"
        '  a: {text: "New: #1", seen: template, source: "T"}\n'
        '  b: {signals: ["s"], text: "New: #1", seen: template, source: "T"}\n'
    ).replace('["s"]', "[s]")


@pytest.mark.parametrize(
    "text",
    [
        "statements: {}\n",
        "statements:\n  a: &x {text: Old, seen: memory}\n  b: *x\n",
        "statements:\n  b: [Old]\n",
        "statements: [b]\n",
    ],
)
def test_a_form_that_cannot_be_changed_is_told(text: str) -> None:
    with pytest.raises(ConfigurationError, match="edit statements/b by hand"):
        edited(text, [entry("b")])


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.sampled_from(["first", "second", "third", "new"]),
)
def test_any_wording_comes_back_as_it_was(text: str, key: str) -> None:
    held = text_values(edited(FILE, [entry(key, text)]))["statements"][key]
    assert (held["text"], held["accepted"][-1]) == (text, "Old")
