"""A translation beside its source: the whole findings, and that a good one raises nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compose import compose, text_of
from tests.leaflets import translated
from validator import catalogue, collate
from validator.batch import Input
from validator.compare.figures import figures
from validator.compare.matrix import matrix
from validator.compare.words import stem
from validator.grammar import grammar
from validator.settings import Options

LANGUAGES = [code for code in catalogue.languages("eu") if code != "en"]
ADDED = {
    "en": ("before-use", "• if you have had fits (epilepsy);\n• if you weigh less than 40 kg."),
    "de": (
        "before-use",
        "• wenn Sie Krampfanfälle hatten (Epilepsie);\n• wenn Sie weniger als 40 kg wiegen.",
    ),
}


def with_items(language: str) -> str:
    section, items = ADDED[language]
    pieces = compose("eu", language)
    after = max(at for at, piece in enumerate(pieces) if piece.section == section)
    return text_of(pieces[: after + 1]) + "\n" + items + "\n\n" + text_of(pieces[after + 1 :])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_in_every_language_raises_no_error(language: str) -> None:
    source, target = (text_of(compose("eu", code)) for code in ("en", language))
    document = translated(source, target, ("en", language), market="eu")
    assert [(f.rule, f.message) for f in document.findings if f.severity == "error"] == []
    assert document.compared is not None
    assert document.compared.language == "en"
    assert {row.section for row in document.compared.rows} >= {"front", "before-use", "storage"}


def test_a_finding_names_both_sides() -> None:
    target = with_items("de").replace("40 kg", "45 kg")
    document = translated(with_items("en"), target, ("en", "de"))
    (finding,) = document.findings
    assert (finding.rule, finding.problem, finding.severity) == ("compare/number", "inconsistent", "error")
    assert finding.message == "The source says 40, the translation says 45."
    assert finding.evidence == "wenn Sie weniger als 45 kg wiegen."
    assert finding.beside is not None
    assert finding.beside.text == "if you weigh less than 40 kg."
    assert finding.beside.location.section == "before-use"
    assert (
        finding.location.section,
        target.split("\n")[finding.location.line - 1][finding.location.column - 1 :][:2],
    ) == (
        "before-use",
        "45",
    )


def test_a_missing_item_is_placed_where_it_belongs() -> None:
    target = with_items("de").replace("• wenn Sie Krampfanfälle hatten (Epilepsie);\n", "")
    document = translated(with_items("en"), target, ("en", "de"))
    (finding,) = document.findings
    assert (finding.rule, finding.message) == (
        "compare/list-item",
        "A list item of the source is missing: “if you have had fits (epilepsy);”.",
    )
    line = target.split("\n")[finding.location.line - 1]
    assert line == "• wenn Sie weniger als 40 kg wiegen."
    assert document.compared is not None
    assert [row.mark for row in document.compared.rows if row.mark] == ["missing"]


def test_a_fingerprint_survives_lines_that_shift() -> None:
    target = with_items("de").replace("40 kg", "45 kg")
    one, other = (
        translated(with_items("en"), text, ("en", "de")).findings for text in (target, "\n\n" + target)
    )
    assert [f.fingerprint for f in one] == [f.fingerprint for f in other]
    assert one[0].location.line != other[0].location.line


def test_markets_that_ask_for_no_comparison_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house's own market may have none."""
    monkeypatch.setattr(collate, "RULES", frozenset())
    text = text_of(compose("us", "en")).encode()
    (result,) = collate.comparisons(
        Input("a.txt", data=text), [Input("b.txt", data=text)], Options(market="us"), Options(market="us")
    )
    assert result.failure == (
        "the market 'us' asks for no comparison: its profile names no compare/... under `comparisons`"
    )


def test_a_medication_guide_in_spanish_stands_beside_the_english_one() -> None:
    source, target = (text_of(compose("us", code)) for code in ("en", "es"))
    good = translated(source, target)
    assert (good.market, good.language, good.findings) == ("us", "es", ())
    missed = "Si omite una dosis de Velorin"
    bad = translated(source, "\n".join(line for line in target.split("\n") if not line.startswith(missed)))
    assert [(f.rule, f.problem) for f in bad.findings] == [("compare/statement", "missing")]


def test_files_with_different_numbers_of_leaflets_are_not_guessed_at() -> None:
    one = text_of(compose("eu", "en"))
    (result,) = collate.comparisons(
        Input("a.txt", data=(one + one).encode()),
        [Input("b.txt", data=(one + one + one).encode())],
        Options(),
        Options(),
    )
    assert result.failure == "the source holds 2 leaflets, this file 3: which to compare is not known"


def test_the_matrix_has_a_column_a_translation() -> None:
    source = with_items("en")
    good = translated(source, with_items("de"), ("en", "de"))
    lost = text_of(compose("eu", "de"), without="statement/keep-out-of-reach")
    bad = translated(source, lost, ("en", "de"))
    found = matrix([good, bad])
    cells = {
        line.id: [cell.state for cell in line.cells]
        for line in (*found.comparisons, *found.sections, *found.requirements)
    }
    assert [column.language for column in found.columns] == ["de", "de"]
    assert cells["compare/number"] == ["same", "same"]
    assert cells["compare/statement"] == ["same", "missing"]
    assert cells["compare/list-item"] == ["same", "missing"]
    assert cells["statement/keep-out-of-reach"] == ["same", "missing"]
    assert cells["storage"] == ["same", "review"]
    assert matrix([]).columns == ()


FIGURES = [
    ("en", "2.5 mg, 1,000 or 10 000", "2.5 1000 10000"),
    ("de", "2,5 mg, 1.000 oder 10 000", "2.5 1000 10000"),
    ("tr", "2,5 mg; 1.000 veya %10", "2.5 1000 10"),
    ("en", "½ or 1/2 tablet, E421, 1/10", "0.5 0.5 421 1 10"),
    ("da", "0,50 ml", "0.5"),
]


@pytest.mark.parametrize(("language", "text", "values"), FIGURES)
def test_figures_are_read_by_value(language: str, text: str, values: str) -> None:
    found = figures(text, grammar(language))
    assert [f"{figure.value:f}" for figure in found] == values.split()
    assert all(text[figure.start : figure.end].strip() for figure in found)


def test_words_from_one_root_begin_alike() -> None:
    assert len({stem(word) for word in ("epilepsy", "epilepsie", "epilepsia", "επιληψια", "епилепсия")}) == 1
    assert stem("ketoconazole") == stem("cetoconazol") == stem("ketokonazol") == stem("κετοκοναζολη")
    assert stem("of") == ""


def test_the_public_face_compares_files() -> None:
    import validator

    folder = Path(__file__).parents[2] / "fixtures" / "translations"
    targets = [folder / f"velorin.{code}.txt" for code in ("da", "de")]
    report = validator.translations(folder / "velorin.en.txt", *targets, market="eu")
    assert [(d.language, d.counts()["error"]) for d in report.documents] == [("da", 0), ("de", 5)]
    assert {f.rule for f in report.documents[1].findings if f.severity == "error"} == {
        "compare/list-item",
        "compare/product-name",
        "compare/number",
        "compare/frequency",
        "compare/untranslated",
    }


DENIED = {
    "as it is": ("Die Kappe ist aus Latex. Nicht berühren. Jemand anderes soll sie abnehmen.", []),
    "a sentence that says not is left out": (
        "Die Kappe ist aus Latex. Jemand anderes soll sie abnehmen.",
        ["The source has more sentences that say “not”; this one seems to be missing: “Do not touch it.”."],
    ),
    "two sentences in one": (
        "Die Kappe ist aus Latex; nicht berühren. Jemand anderes soll sie abnehmen.",
        [],
    ),
}


@pytest.mark.parametrize("case", DENIED)
def test_a_denial_left_out_whole(case: str) -> None:
    target, expected = DENIED[case]
    source = "The cap is made of latex. Do not touch it. Somebody else should remove it."
    pieces = {code: text_of(compose("eu", code)) for code in ("en", "de")}
    marks = {"en": "4. Possible side effects", "de": "4. Welche Nebenwirkungen"}
    texts = {"en": source, "de": target}
    one, other = (
        pieces[code][: (at := pieces[code].rindex(marks[code]))] + texts[code] + "\n\n" + pieces[code][at:]
        for code in ("en", "de")
    )
    document = translated(one, other, ("en", "de"), market="eu")
    assert [f.message for f in document.findings if f.rule == "compare/denial"] == expected


def test_an_effect_left_out_before_a_long_explanation_of_a_frequency() -> None:
    """Turkish explains a category by both ends; its heading has no room for the effect before it."""
    effects = {
        "en": "Common (may affect up to 1 in 10 people)\n• dry mouth\nUncommon (may affect up to 1 in 100 people)\n"
        "• fast heartbeat (tachycardia)\nRare (may affect up to 1 in 1,000 people)\n• swelling of the face",
        "tr": "Yaygın: 10 hastanın birinden az, fakat 100 hastanın birinden fazla görülebilir.\n• ağız kuruluğu\n"
        "Yaygın olmayan: 100 hastanın birinden az, fakat 1.000 hastanın birinden fazla görülebilir.\n"
        "Seyrek: 1.000 hastanın birinden az, fakat 10.000 hastanın birinden fazla görülebilir.\n• yüzde şişme",
    }
    texts = []
    for code in ("en", "tr"):
        pieces = compose("tr", code)
        after = max(at for at, piece in enumerate(pieces) if piece.section == "side-effects")
        texts.append(text_of(pieces[: after + 1]) + f"\n{effects[code]}\n\n" + text_of(pieces[after + 1 :]))
    document = translated(texts[0], texts[1], ("en", "tr"), market="tr")
    assert "A list item of the source is missing: “fast heartbeat (tachycardia)”." in [
        f.message for f in document.findings
    ]
