"""Where versions come from: two files of any formats, the tracked changes of a Word file, files of several leaflets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docx_files import docx, docx_of, p, r
from tests.leaflets import input_of
from validator import changes
from validator.diff import sources
from validator.errors import UnreadableError, UsageError
from validator.settings import Options

TEXT = input_of("eu-tablet")
SENTENCE = "Swallow the tablet whole with a glass of water."


def word(*runs: str) -> bytes:
    return docx("".join(p(*runs) if line == SENTENCE else p(line) for line in TEXT.split("\n")))


def ins(text: str) -> str:
    return f'<w:ins w:author="Ann">{r(text)}</w:ins>'


def gone(text: str) -> str:
    return f'<w:del w:author="Ann">{r(text, tag="delText")}</w:del>'


def test_a_word_file_is_compared_by_its_tracked_changes(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.docx"
    path.write_bytes(
        word(gone("Swallow"), ins("You may swallow"), " the tablet whole with a glass of water.")
    )
    result, notices = sources.tracked(str(path), Options())
    (document,) = result.documents
    assert notices == []
    assert document.compared is not None
    assert document.compared.path == f"{path} (before its tracked changes)"
    assert [(f.rule, f.expected, f.evidence) for f in document.findings] == [
        ("diff/wording", SENTENCE, "You may swallow the tablet whole with a glass of water.")
    ]


def test_a_deleted_sentence_among_the_tracked_changes(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.docx"
    path.write_bytes(word(gone(SENTENCE)))
    (document,) = sources.tracked(str(path), Options())[0].documents
    (finding,) = document.findings
    assert (finding.rule, finding.problem, finding.expected) == (
        "diff/instruction-removed",
        "missing",
        SENTENCE,
    )
    assert finding.location.paragraph is not None
    assert finding.beside is not None


@pytest.mark.parametrize(
    ("name", "data", "note"),
    [
        ("a.docx", docx_of(TEXT), "holds no tracked changes: there is nothing to compare"),
        ("a.txt", TEXT.encode(), "a file alone is compared by its tracked changes; this one has none"),
    ],
)
def test_a_file_without_tracked_changes_says_so(tmp_path: Path, name: str, data: bytes, note: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (document,) = sources.tracked(str(path), Options())[0].documents
    assert document.findings == ()
    assert document.notes[-1] == note


def test_two_files_of_two_formats(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.docx"
    old.write_text(TEXT, "utf-8")
    new.write_bytes(docx_of(TEXT.replace("• dry mouth\n", "")))
    (document,) = changes(old, new).documents
    assert [(f.rule, f.location.line, f.location.paragraph is None) for f in document.findings] == [
        ("diff/side-effect-removed", None, False)
    ]
    assert document.findings[0].beside is not None
    assert document.findings[0].beside.location.line == 97


def test_bytes_are_compared_too() -> None:
    report = changes(TEXT.encode(), TEXT.replace("kidneys", "lungs").encode())
    assert [f.rule for d in report.documents for f in d.findings] == ["diff/contraindication-removed"]
    assert report.summary.errors == 1


def test_another_language_is_no_newer_version() -> None:
    with pytest.raises(UsageError, match=r"in language 'en', the newer one in 'de': 'leaflet compare'"):
        changes(TEXT.encode(), input_of("de-tablet").encode())


def test_what_is_no_leaflet_is_told() -> None:
    with pytest.raises(UnreadableError, match="no leaflet was recognised"):
        changes(TEXT.encode(), b"Some minutes of a meeting.\n", name="a.txt")


def test_the_older_version_is_read_by_the_market_of_the_newer_one() -> None:
    (document,) = changes(TEXT.encode(), TEXT.encode(), market="uk").documents
    assert document.market == "uk"
    assert document.compared is not None
    assert document.compared.market == "uk"


def test_leaflets_that_came_into_a_file_or_left_it() -> None:
    other = TEXT.replace(
        "Velorin 10 mg film-coated tablets\nVelorin 20 mg", "Zelmara 10 mg tablets\nZelmara 20 mg"
    )
    other = other.replace("Velorin", "Zelmara")
    both = f"{TEXT}\n{other}".encode()
    grown = changes(TEXT.encode(), both)
    assert [(notice.kind, notice.severity) for notice in grown.notices] == [("leaflet-added", "advice")]
    shrunk = changes(both, TEXT.encode())
    assert [(notice.kind, notice.severity) for notice in shrunk.notices] == [("leaflet-removed", "warning")]
    assert [f for d in (*grown.documents, *shrunk.documents) for f in d.findings] == []
