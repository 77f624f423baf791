"""The report for people: exact text, wrapping, colour, honesty about what was not judged."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from validator.report import Place, Report
from validator.reports import Style, writer
from validator.reports.words import place

from .conftest import document, finding, report

GOLDEN = """\
leaflet.txt (1 of 2: A medicine)
  Judged as tr, language en (tr-kt). Guessed: market (“different age groups”),
  language (frequent words: the, of). Use --market eu to judge it by another
  template.
  note: 3 bytes could not be decoded

  Opening of the leaflet
    warning  line 7  statement/keep-leaflet
      The statement differs from the required wording.
      found:    “Keep this.”
      expected: “Keep this leaflet. You may need to read it again.”
      fix:      Insert: Keep this leaflet.
      law:      QRD template, Annex IIIB

  Section “before use”
    error  before line 20  section/before-use
      The statement differs from the required wording.
      fix:      Insert: Keep this leaflet.
      law:      QRD template, Annex IIIB

  Section “storage”
    error  end  section/storage
      The statement differs from the required wording.
      fix:      Insert: Keep this leaflet.
      law:      QRD template, Annex IIIB

  For a person to judge
    black-triangle/listing: to be looked up

  2 errors, 1 warning: 3 requirements met, 2 not met, 1 not applicable, 1 needs
  a person

"""


def written(made: Report, **style: object) -> str:
    out = io.StringIO()
    face = writer("text", out, Style(**{"others": lambda market, language: ["eu"], **style}))  # type: ignore[arg-type]
    for each in made.documents:
        face.add(each)
    face.finish(replace(made, documents=()))
    face.close()
    return out.getvalue()


def test_golden(full):
    assert written(full, width=80).startswith(GOLDEN)


def test_totals_and_waivers(full):
    text = written(full)
    assert "  waived  line 7  statement/keep-leaflet\n" in text
    assert "      waived:   agreed with the agency (RA, until 2027-01-01)\n" in text
    assert "not checked: x.txt: the file is empty\n" in text
    assert text.endswith("2 leaflets checked: 2 errors, 1 warning, 1 not checked\n")


def test_verbose_lists_every_verdict_with_its_reason(full):
    text = written(full, verbose=True)
    for line in (
        "  Met\n    section/what-it-is: line 10\n    section/how-to-use: line 20\n    section/subsection\n",
        "  Not met\n    section/before-use: The section is missing.\n",
        "  For a person to judge\n    black-triangle/listing: to be looked up\n",
        "  Does not apply\n    excipient/soya: not among the listed ingredients\n",
    ):
        assert line in text


def test_a_clean_leaflet_says_what_was_checked():
    text = written(report(document()))
    assert "  no gap: 3 requirements met, 2 not met, 1 not applicable, 1 needs a person\n" in text


def test_quiet_shows_findings_alone():
    text = written(report(document(), document(finding(), path="b.txt")), quiet=True)
    assert text.startswith("b.txt\n\n  Opening")
    assert "Judged" not in text
    assert "checked" not in text


def test_a_given_market_needs_no_hint():
    from validator.report import Recognised

    text = written(report(document(recognised=Recognised())))
    assert "  Judged as tr, language en (tr-kt).\n" in text
    assert "--market" not in text


@pytest.mark.parametrize("width", [70, 80, 120])
def test_no_line_is_wider_than_the_terminal(full, width):
    long = replace(full.documents[0], findings=(finding(message="word " * 60),))
    lines = written(report(long), width=width).splitlines()
    assert max(map(len, lines[1:])) <= width
    assert "\n".join(lines).count("word ") + "\n".join(lines).count("word\n") == 60


def test_without_a_width_nothing_is_wrapped():
    assert "      " + "word " * 59 + "word" in written(
        report(document(finding(message=("word " * 60).strip())))
    )


def test_colour_only_if_wanted(full):
    assert "\033" not in written(full)
    coloured = written(full, colour=True)
    assert "\033[31merror\033[0m" in coloured
    assert "\033[33mwarning\033[0m" in coloured


def test_control_characters_are_shown_not_sent():
    evil = "a\x1b[31mb\x07c\x9bd\u202ee\nf\ud800"
    made = report(document(finding(message=evil, evidence=evil), path=f"{evil}.txt", notes=(evil,)))
    text = written(made)
    assert "a␛[31mb␇c<U+009B>d<U+202E>e f<U+D800>" in text
    assert not set(text) & set("\x1b\x07\x9b\u202e\ud800")


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (Place(line=20, column=1, end_line=20, end_column=9), "line 20"),
        (Place(line=20, column=1, end_line=22, end_column=9), "lines 20-22"),
        (Place(line=20, column=1, end_line=20, end_column=1, section="before-use"), "before line 20"),
        (Place(line=20, column=9, end_line=20, end_column=9, section="storage"), "end"),
        (Place(line=20, column=9, end_line=20, end_column=9, section="end"), "end"),
        (Place(line=20, column=1, end_line=20, end_column=1, section="front"), "before line 20"),
        (Place(page=2, line=7, column=1, end_line=7, end_column=4), "page 2, line 7"),
        (Place(page=2), "page 2"),
        (Place(paragraph=14), "paragraph 14"),
        (Place(), "whole leaflet"),
    ],
)
def test_places_read_as_people_say_them(location, expected):
    gone = finding(rule="section/storage", problem="missing", location=location)
    assert place(document(gone), gone) == expected
