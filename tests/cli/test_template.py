"""`leaflet template import`: what is told, what is written, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from validator.resources import law_folder
from validator.yamltext import text_values

from ..template_files import as_docx, template


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the law that may be written to."""
    folder = tmp_path / "law"
    shutil.copytree(law_folder(), folder)
    monkeypatch.setenv("LEAFLET_LAW", str(folder))
    return folder


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A German template with one changed sentence, one doubtful and one added."""
    text = "\n".join(template("eu", "de"))
    text = text.replace("Vielleicht möchten Sie diese", "Vielleicht wollen Sie diese")
    text = text.replace(
        "zum Schutz der Umwelt bei.", "zum Schutz der Umwelt bei. Wir danken Ihnen für Ihre Hilfe."
    )
    path = tmp_path / "template.docx"
    path.write_bytes(as_docx([*text.split("\n"), "Ein neuer Absatz."]))
    return path


FROM = ("template", "import")
GERMAN = ("--market", "eu", "--language", "de", "--date", "2024-02-01")


def test_without_a_target_it_only_tells(leaflet, law, document):
    before = {path: path.read_bytes() for path in law.rglob("*.yaml")}
    code, out, err = leaflet(*FROM, document, *GERMAN)
    assert (code, err) == (1, "")
    assert (
        "Changed: the template's words become the text, the old ones are accepted (1)\n"
        "  statements/keep-leaflet (paragraph 6)\n"
        "    was: Heben Sie die Packungsbeilage auf. Vielleicht möchten Sie diese später nochmals lesen.\n"
        "    now: Heben Sie die Packungsbeilage auf. Vielleicht wollen Sie diese später nochmals lesen.\n"
    ) in out
    assert (
        "In doubt, not written (--accept-doubtful writes it) (1)\n  statements/disposal (paragraph "
    ) in out
    assert "    the paragraph says more than this entry\n" in out
    assert ": Ein neuer Absatz.\n" in out
    assert out.endswith("\n1 changed, 51 confirmed, 1 doubtful, 5 slot; the file changes.\n")
    assert {path: path.read_bytes() for path in law.rglob("*.yaml")} == before


def test_it_writes_into_the_law_and_a_second_time_nothing(leaflet, process, law, document):
    file = law / "eu" / "wording.de.yaml"
    assert leaflet(*FROM, document, *GERMAN, "--write", "--accept-doubtful").code == 0
    entry = text_values(file.read_text("utf-8"))["statements"]["disposal"]
    assert entry["text"].endswith("Wir danken Ihnen für Ihre Hilfe.")
    assert entry["source"] == "template template.docx, 2024-02-01"
    written = file.read_bytes()
    again = process(*FROM, document, *GERMAN, "--write")
    assert (again.code, again.out.splitlines()[-1]) == (0, "53 unchanged, 5 slot; nothing changes.")
    assert file.read_bytes() == written


def test_it_writes_to_another_file_or_standard_output(leaflet, law, document, tmp_path):
    target = tmp_path / "new.yaml"
    assert leaflet(*FROM, document, *GERMAN, "--output", target).code == 1
    _, out, err = leaflet(*FROM, document, *GERMAN, "--output", "-")
    assert out == target.read_text("utf-8")
    assert "In doubt" in err
    assert "Vielleicht wollen Sie" in out


def test_a_house_folder_gets_only_what_the_template_says(leaflet, document, tmp_path):
    house = tmp_path / "house"
    house.mkdir()
    assert leaflet(*FROM, document, *GERMAN, "--law", house, "--write").code == 1
    values = text_values((house / "eu" / "wording.de.yaml").read_text("utf-8"))
    assert values["statements"]["keep-leaflet"]["text"].endswith(
        "Vielleicht wollen Sie diese später nochmals lesen."
    )
    assert "signals" not in values["statements"]["keep-leaflet"]


def test_a_new_language_is_a_draft(leaflet, process, document, tmp_path, monkeypatch):
    law = tmp_path / "law"
    shutil.copytree(law_folder(), law)
    (law / "eu" / "wording.de.yaml").unlink()
    monkeypatch.setenv("LEAFLET_LAW", str(law))
    code, _, err = leaflet(*FROM, document, *GERMAN, "--write")
    assert (code, err.splitlines()[0][:72]) == (
        2, "leaflet: error: the pack of a new language is not complete and would not"
    )  # fmt: skip
    assert not (law / "eu" / "wording.de.yaml").exists()
    draft = tmp_path / "draft.yaml"
    outcome = leaflet(*FROM, document, *GERMAN, "-o", draft)
    assert outcome.code == 1
    assert "A new language: " in outcome.out.splitlines()[-1]
    shutil.copy(draft, law / "eu" / "wording.de.yaml")
    told = process("explain", "statement/disposal", "--language", "de", "--market", "eu")
    assert told.code == 2
    assert "wording.de.yaml:" in told.err


def test_a_result_that_does_not_load_is_not_written(leaflet, law, document):
    file = law / "eu" / "wording.de.yaml"
    text = file.read_text("utf-8").replace("  keep-leaflet:\n", "  keep-leaflet: &same\n", 1)
    file.write_text(text.replace("\nconcepts:\n", "\n  copy: *same\n\nconcepts:\n", 1), "utf-8")
    before = file.read_bytes()
    code, _, err = leaflet(*FROM, document, *GERMAN, "--write")
    assert code == 2
    assert "by hand" in err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--market", "eu"), "missing option '--language'"),
        (("--market", "xx", "--language", "de"), "unknown market 'xx'"),
        (("--market", "auto", "--language", "de"), "name the market of the template"),
        (("--market", "eu", "--language", "../x"), "'../x' is no language code"),
        (("--market", "eu", "--language", "de", "--law", "none"), "there is no folder 'none'"),
        (
            ("--market", "eu", "--language", "de", "--write", "-o", "x"),
            "--output and --write exclude each other",
        ),
    ],
)
def test_wrong_use(leaflet, document, arguments, told):
    code, out, err = leaflet(*FROM, document, *arguments)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04 broken", "T.docx: "),
        (b"Some text.", "no template of a leaflet was recognised"),
        (as_docx(template("eu", "sv")), "the headings are unlike those of market 'eu' in language 'de'"),
    ],
)
def test_what_is_no_template(leaflet, tmp_path, data, told):
    path = tmp_path / "T.docx"
    path.write_bytes(data)
    code, out, err = leaflet(*FROM, path, *GERMAN)
    assert (code, out) == (3, "")
    assert told in err
    assert len(err.splitlines()) == 1
