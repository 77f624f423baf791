"""Template import: what an official template document says becomes the wording of a language."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from validator import catalogue
from validator.document.location import Location
from validator.errors import UnreadableError, UsageError
from validator.lawfile import law_values
from validator.readers import read
from validator.record import plain
from validator.resources import house_rules, law_folder
from validator.template.importer import Import, imported
from validator.template.notation import NESTED, PLURALS, paragraphs
from validator.yamltext import text_values

from .template_files import as_docx, as_text, template

PACKS = [
    (market, language)
    for market in ("eu", "uk", "tr")
    for language in catalogue.languages(market)
    if not catalogue.language_pack(market, language).rendering
]


def brought_in(lines: list[str], market: str = "eu", language: str = "de", **settings: bool) -> Import:
    return imported(as_docx(lines), "T.docx", market, language, date="2024-02-01", **settings)


def told(result: Import, *states: str) -> dict[str, tuple[str, str]]:
    """The entries in these states, with their new words and the notes on them."""
    return {item.name: (item.now, "; ".join(item.notes)) for item in result.of(*states)}


def replaced(lines: list[str], old: str, new: str) -> list[str]:
    assert sum(old in line for line in lines) == 1
    return [line.replace(old, new) for line in lines]


def differences(result: Import) -> list[str]:
    before = result.file.read_text("utf-8").splitlines()
    return [line for line in difflib.ndiff(before, result.text.splitlines()) if line.startswith(("+ ", "- "))]


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_a_template_made_from_a_pack_changes_nothing_but_what_was_seen(market: str, language: str) -> None:
    result = imported(as_text(template(market, language)), "T.txt", market, language)
    assert told(result, "changed", "new", "missing", "doubtful") == {}
    before = plain(catalogue.language_pack(market, language))
    after = plain(TypeAdapter(catalogue.LanguagePack).validate_python(_loaded(result)))
    for pack in (before, after):
        for entry in (
            *(pack[key] or {} for key in ("title", "contents_title", "contents_end")),
            *(each for key in ("sections", "subheadings", "statements") for each in pack[key].values()),
        ):
            entry.pop("seen", None)
            entry.pop("source", None)
    assert after == before


def _loaded(result: Import) -> object:
    """The values of the new text; a pack that extends another one has what it took over."""
    values = text_values(result.text)
    if base := values.pop("extends", ""):
        known = law_values(base.removeprefix("../"))
        joined = {
            key: {**known.get(key, {}), **own} if isinstance(own, dict) else own
            for key, own in values.items()
        }
        return {**known, **joined}
    return values


def test_the_lines_that_are_not_concerned_stay_as_they_are() -> None:
    result = brought_in(template("eu", "de"))
    kept = [line for line in result.file.read_text("utf-8").splitlines() if line.lstrip().startswith("#")]
    assert [line for line in result.text.splitlines() if line.lstrip().startswith("#")] == kept
    added = [line for line in differences(result) if line.startswith("+ ") and "seen: template" not in line]
    assert set(added) <= {
        '+     source: "template T.docx, 2024-02-01"',
        '+   source: "template T.docx, 2024-02-01"',
    }


def test_a_changed_sentence_becomes_the_text_and_the_old_one_is_accepted() -> None:
    old = catalogue.language_pack("eu", "de").statements["keep-leaflet"]
    lines = replaced(
        template("eu", "de"), "Vielleicht möchten Sie diese später", "Vielleicht wollen Sie diese später"
    )
    result = brought_in(lines)
    new = "Heben Sie die Packungsbeilage auf. Vielleicht wollen Sie diese später nochmals lesen."
    assert told(result, "changed", "doubtful", "missing") == {"statements/keep-leaflet": (new, "")}
    entry = text_values(result.text)["statements"]["keep-leaflet"]
    assert entry == {
        "text": new,
        "accepted": [*old.accepted, old.text],
        "signals": list(old.signals),
        "seen": "template",
        "source": "template T.docx, 2024-02-01",
    }


def test_a_changed_heading_is_placed_by_its_number() -> None:
    lines = template("eu", "en")
    result = brought_in(
        [line.replace("Possible side effects", "Possible unwanted effects") for line in lines], language="en"
    )
    assert told(result, "changed", "doubtful") == {"sections/side-effects": ("Possible unwanted effects", "")}
    assert text_values(result.text)["sections"]["side-effects"]["accepted"][-1] == "Possible side effects"


def test_what_the_template_does_not_have_stays() -> None:
    lines = [line for line in template("eu", "en") if "out of the sight and reach" not in line]
    result = brought_in(lines, language="en")
    assert list(told(result, "missing")) == ["statements/keep-out-of-reach"]
    before = text_values(result.file.read_text("utf-8"))["statements"]["keep-out-of-reach"]
    assert text_values(result.text)["statements"]["keep-out-of-reach"] == before


def test_an_added_paragraph_finds_no_place() -> None:
    lines = template("eu", "en")
    at = next(i for i, line in enumerate(lines) if "out of the sight" in line)
    result = brought_in(
        [*lines[: at + 1], "<Store in the original package.>", *lines[at + 1 :]], language="en"
    )
    assert told(result, "changed", "doubtful", "missing") == {}
    assert result.unplaced == (
        ("Store in the original package.", Location(paragraph=at + 2, column=1, end_column=33)),
        ("Tel: {number}", result.unplaced[-1][1]),
    )


@pytest.mark.parametrize(
    ("old", "new", "name", "doubt"),
    [
        ("help protect the environment.", "help protect the environment. Thank you for your help in this.",
         "statements/disposal", "the paragraph says more than this entry"),
        (" These measures will help protect the environment.", "",
         "statements/disposal", "the paragraph has fewer sentences than this entry"),
        ("via {the national reporting system listed in Appendix V}. By", "to the agency that is named elsewhere. By",
         "statements/reporting-side-effects", "the template has fewer slots than the wording known"),
        ("Keep this leaflet. You may need", "Keep <this <paper> leaflet>. You may still need", "statements/keep-leaflet", NESTED),
        ("You may need to read it again.", "You may need to read it (them) again, or part(s) of it.", "statements/keep-leaflet", PLURALS),
    ],
)  # fmt: skip
def test_what_is_placed_with_doubt_is_written_only_if_accepted(
    old: str, new: str, name: str, doubt: str
) -> None:
    lines = replaced(template("eu", "en"), old, new)
    result = brought_in(lines, language="en")
    assert list(told(result, "changed", "doubtful", "missing")) == [name]
    assert doubt in told(result, "doubtful")[name][1]
    key = name.split("/")[1]
    before = text_values(result.file.read_text("utf-8"))["statements"][key]
    assert text_values(result.text)["statements"][key] == before
    accepted = text_values(brought_in(lines, language="en", accept_doubtful=True).text)["statements"][key]
    assert accepted["text"] == told(result, "doubtful")[name][0]
    assert accepted["accepted"][-1] == before["text"]


def test_the_order_of_statements_may_differ() -> None:
    lines = template("eu", "en")
    first, second = (
        next(i for i, line in enumerate(lines) if words in line)
        for words in ("Keep this leaflet", "any further questions")
    )
    lines[first], lines[second] = lines[second], lines[first]
    result = brought_in(lines, language="en")
    assert told(result, "changed", "doubtful", "missing") == {}
    assert [item.name for item in result.items if "stands in another order" in item.notes] in (
        ["statements/keep-leaflet"], ["statements/further-questions"])  # fmt: skip


def test_a_statement_in_another_section_is_doubtful() -> None:
    lines = template("eu", "en")
    moved = next(line for line in lines if "out of the sight" in line)
    lines.remove(moved)
    at = next(i for i, line in enumerate(lines) if "Like all medicines" in line)
    result = brought_in([*lines[:at], moved, *lines[at:]], language="en")
    assert told(result, "doubtful") == {
        "statements/keep-out-of-reach": (
            "Keep this medicine out of the sight and reach of children.",
            "stands in side-effects, not in storage; stands in another order",
        )
    }


def test_options_around_the_same_words_are_no_change() -> None:
    lines = replaced(
        template("eu", "de"),
        "Ihren Arzt oder Apotheker. Dies gilt",
        "Ihren <Arzt> <oder> <Apotheker>. Dies gilt",
    )
    result = brought_in(lines)
    assert told(result, "changed", "doubtful") == {}
    (noted,) = [item for item in result.items if item.notes]
    assert noted.name == "statements/reporting-side-effects"
    assert noted.notes[0].startswith(
        "its options or slots are marked otherwise: Wenn Sie Nebenwirkungen bemerken"
    )


def test_other_documents_in_the_file_are_passed_over() -> None:
    characteristics = [
        "SUMMARY OF PRODUCT CHARACTERISTICS", "1. NAME OF THE MEDICINAL PRODUCT", "2. COMPOSITION", "3. FORM",
        "4. CLINICAL PARTICULARS", "5. PHARMACOLOGICAL PROPERTIES", "6. PHARMACEUTICAL PARTICULARS",
        "Keep this medicine out of the sight and reach of children.", "7. HOLDER", "B. PACKAGE LEAFLET",
    ]  # fmt: skip
    result = brought_in([*characteristics, *template("eu", "en"), "ANNEX IV", "Conclusions"], language="en")
    assert told(result, "changed", "doubtful", "missing") == {}
    assert all(item.place.paragraph > len(characteristics) for item in result.items if item.place)


def test_a_template_in_another_language_is_refused() -> None:
    with pytest.raises(UnreadableError, match="is the document in this language"):
        brought_in(template("eu", "es"))


@pytest.mark.parametrize("data", [b"Nothing of a leaflet.", b"[only an instruction]", b"1. A\n2. B\n3. C\n"])
def test_what_is_no_template_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="no template of a leaflet was recognised"):
        imported(data, "T.txt", "eu", "de")


def test_a_rendering_has_no_template() -> None:
    with pytest.raises(UsageError, match="no official template in language 'en'"):
        imported(b"1. A", "T.txt", "tr", "en")


@pytest.mark.parametrize("language", ["de", "pl"])
def test_a_new_language_begins_with_what_is_sure(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, known = template("eu", language), catalogue.language_pack("eu", language)
    shutil.copytree(law_folder(), tmp_path / "law")
    (tmp_path / "law" / "eu" / f"wording.{language}.yaml").unlink()
    monkeypatch.setenv("LEAFLET_LAW", str(tmp_path / "law"))
    result = brought_in(lines, language=language)
    assert not result.complete
    assert told(result, "missing") == {}
    placed = told(result, "new")
    assert len(placed) >= 25
    for name, (text, _) in placed.items():
        group, _, key = name.partition("/")
        entry = getattr(known, group)
        assert text == (entry[key] if key else entry).text, name
    values = text_values(result.text)
    assert values["sections"]["storage"]["text"] == known.sections["storage"].text
    assert {key for key, entry in values["statements"].items() if entry is None} >= {"driving", "overdose"}
    assert [key for key in ("concepts", "references", "cues") if values[key] is None] == [
        "concepts",
        "references",
        "cues",
    ]


def test_in_a_new_language_a_sentence_in_the_place_of_another_is_not_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = catalogue.language_pack("eu", "fr")
    other = known.concepts["isotretinoin-blood-donation"].text
    lines = [
        other if line == f"<{known.statements['missed-dose'].text}>" else line
        for line in template("eu", "fr")
    ]
    assert other in lines
    shutil.copytree(law_folder(), tmp_path / "law")
    (tmp_path / "law" / "eu" / "wording.fr.yaml").unlink()
    monkeypatch.setenv("LEAFLET_LAW", str(tmp_path / "law"))
    assert "statements/missed-dose" not in told(brought_in(lines, language="fr"), "new")


def test_a_house_folder_gets_what_differs(tmp_path: Path) -> None:
    lines = replaced(template("eu", "en"), "You may need to read it again.", "You may want to read it again.")
    with house_rules(str(tmp_path)):
        result = brought_in(lines, language="en")
    assert result.file == tmp_path / "eu" / "wording.en.yaml"
    assert text_values(result.text)["statements"]["keep-leaflet"] == {
        "text": "Keep this leaflet. You may want to read it again.",
        "accepted": ["Keep this leaflet. You may need to read it again."],
        "seen": "template",
        "source": "template T.docx, 2024-02-01",
    }


@pytest.mark.parametrize(
    ("given", "wording", "doubts"),
    [
        ("<Keep this leaflet.>", "Keep this leaflet.", ()),
        ("- Ask your <doctor> <,> <or> <pharmacist>.", "Ask your <doctor> <,> <or> <pharmacist>.", ()),
        ("<- <Take> <Use> it.>", "<Take> <Use> it.", ()),
        ("How to <take> <use> X", "How to <take> <use> {X}", ()),
        ("X’i kullanmayı unutursanız", "{X}’i kullanmayı unutursanız", ()),
        ("X’inhu X", "X’inhu {X}", ()),
        ("a forgotten <tablet> <dose> <...>.", "a forgotten {tablet, dose, ...}.", ()),
        ("Report [see Annex V] it.", "Report it.", ()),
        ("<This begins in one paragraph", "This begins in one paragraph", ()),
        ("and ends in another.>", "and ends in another.", ()),
        ("Take <one <large> tablet> daily.", "Take one <large> tablet daily.", (NESTED,)),
        ("The active substance(s) is", "The active substance(s) is", (PLURALS,)),
    ],
)
def test_the_notation_of_templates(given: str, wording: str, doubts: tuple[str, ...]) -> None:
    (found,) = paragraphs(read(given.encode(), input_format="text").blocks)
    assert (found.text, found.doubts) == (wording, doubts)


def test_a_bracket_left_open_swallows_nothing() -> None:
    found = paragraphs(read(b"[Open\n\nKeep it.\n\n" + b"[" * 5000, input_format="text").blocks)
    assert [each.text for each in found] == ["[Open", "Keep it."]
