"""Contacts, dates and substances of a translation beside those of its source: whole findings."""

from __future__ import annotations

import pytest

from tests.compose import compose, text_of
from tests.leaflets import parsed, translated
from validator.compare.dates import dates
from validator.compare.words import sounds

LEAFLETS = {code: compose("eu", code) for code in ("en", "de", "pt", "cs", "hu")}
RULES = ("compare/contact", "compare/date", "compare/substance")


def with_text(language: str, section: str, text: str) -> str:
    pieces = LEAFLETS[language]
    after = max(at for at, piece in enumerate(pieces) if piece.section == section)
    return text_of(pieces[: after + 1]) + f"\n{text}\n\n" + text_of(pieces[after + 1 :])


def found(section: str, source: str, target: str, language: str = "de") -> list[tuple[str, str, str, str]]:
    """Rule, problem, severity and message of what is found in an English text and a translation."""
    one, other = with_text("en", section, source), with_text(language, section, target)
    document = translated(one, other, ("en", language), market="eu")
    return [(f.rule, f.problem, f.severity, f.message) for f in document.findings if f.rule in RULES]


REPRESENTATIVES = "Exempla NV, Tel: +32 2 700 11 22, info@exempla.test\nExempla Kft., Tel.: +36 1 500 6000"
CONTACTS = {
    "two digits exchanged": (
        REPRESENTATIVES,
        REPRESENTATIVES.replace("6000", "0600"),
        [
            (
                "compare/contact",
                "inconsistent",
                "warning",
                "The source says “+36 1 500 6000”, the translation says “+36 1 500 0600”.",
            )
        ],
    ),
    "a letter of a mail address": (
        REPRESENTATIVES,
        REPRESENTATIVES.replace("info@", "inf@"),
        [
            (
                "compare/contact",
                "inconsistent",
                "warning",
                "The source says “info@exempla.test”, the translation says “inf@exempla.test”.",
            )
        ],
    ),
    "one of many is missing": (
        REPRESENTATIVES,
        REPRESENTATIVES.split("\n")[0],
        [
            (
                "compare/contact",
                "missing",
                "warning",
                "“+36 1 500 6000” of the source is not in the translation.",
            )
        ],
    ),
    "a representative of the country": (
        REPRESENTATIVES,
        "Beispiel GmbH, Tel: +49 30 9876543, kontakt@beispiel.test",
        [
            (
                "compare/contact",
                "altered",
                "advice",
                "Of the source's contacts 3 are not in the translation, the first of them +32 2 700 11 22: if the"
                " translation names those of its own country, this is as it should be.",
            )
        ],
    ),
    "written in another way": (
        "Tel: +44 (0)20 7946 0000, http://www.exempla.test/",
        "Tel.: +44 20 79460000, www.exempla.test",
        [],
    ),
    "a page of its language": ("www.exempla.test/en/velorin", "www.exempla.test/de/velorin", []),
    "a number cut off in the source": ("Tel: +36 1 500 60", "Tel: +36 1 500 6000", []),
    "the other way round": (
        "Tel: +36 1 500 6000",
        "Tel: +36 1 500 60",
        [
            (
                "compare/contact",
                "inconsistent",
                "warning",
                "The source says “+36 1 500 6000”, the translation says “+36 1 500 60”.",
            )
        ],
    ),
    "with the code of the country or without": ("Tel: +36 1 500 6000", "Tel: 06 1 500 6000", []),
}


@pytest.mark.parametrize("case", CONTACTS)
def test_contacts(case: str) -> None:
    source, target, expected = CONTACTS[case]
    assert found("contents", source, target) == expected


def test_reporting_systems_are_those_of_the_country() -> None:
    source = "HPRA Pharmacovigilance, Tel: +353 1 676 4971, www.hpra.ie, medsafety@hpra.ie"
    assert found("side-effects", source, "Paul-Ehrlich-Institut, Tel: +49 6103 77 0, www.pei.de") == []


DATES = {
    ("en", "on 3 May 2024"): (2024, 5, 3),
    ("en", "in May 2024"): (2024, 5, 0),
    ("en", "May 3, 2024"): (2024, 5, 3),
    ("en", "05/2024"): (2024, 5, 0),
    ("en", "03/05/2024"): (2024, 5, 3),
    ("de", "am 3. Mai 2024"): (2024, 5, 3),
    ("de", "03.05.2024"): (2024, 5, 3),
    ("de", "2024-05-03"): (2024, 5, 3),
    ("pt", "3 de maio de 2024"): (2024, 5, 3),
    ("hu", "2024. május 3."): (2024, 5, 3),
    ("hu", "2024.05.03."): (2024, 5, 3),
    ("cs", "3. července 2024"): (2024, 7, 3),
    ("cs", "červen 2024"): (2024, 6, 0),
}


@pytest.mark.parametrize(("language", "written"), DATES)
def test_a_date_is_read_as_its_language_writes_it(language: str, written: str) -> None:
    leaflet = parsed(with_text(language, "contents", f"X {written}"), market="eu", language=language)
    assert DATES[language, written] in [(d.year, d.month, d.day) for d in dates(leaflet)]


def test_no_date_is_made_of_amounts() -> None:
    text = "up to 2000 mg, you may take 2; EU/1/20/2024/001; 1.5/2000 and 12-2000 tablets; may 20 or 2000"
    leaflet = parsed(with_text("en", "contents", text), market="eu", language="en")
    (revised, other) = (leaflet.text(date.span) for date in dates(leaflet))
    assert (revised, other) == ("06/2026", "12-2000")


def test_another_date_is_told_once() -> None:
    assert found("contents", "Approved on 3 May 2024.", "Genehmigt am 4. Mai 2024.") == [
        (
            "compare/date",
            "inconsistent",
            "warning",
            "The source says “3 May 2024”, the translation says “4. Mai 2024”.",
        )
    ]


def test_a_date_written_in_words_is_no_lost_figure() -> None:
    one = with_text("en", "contents", "Approved in 05/2024.")
    other = with_text("de", "contents", "Genehmigt im Mai 2024.")
    assert translated(one, other, ("en", "de"), market="eu").findings == ()


NAMED = {
    "another substance": (
        "• if you take ketoconazole;",
        "• wenn Sie Itraconazol einnehmen;",
        [
            (
                "compare/substance",
                "inconsistent",
                "error",
                "The source names “ketoconazole”, the translation “Itraconazol”.",
            )
        ],
    ),
    "no substance": (
        "• if you take ketoconazole against fungi;",
        "• wenn Sie ein Mittel gegen Pilze einnehmen;",
        [
            (
                "compare/substance",
                "altered",
                "warning",
                "The source names “ketoconazole”; the translation of this part names nothing that is written alike.",
            )
        ],
    ),
    "known by the law alone": (
        "• if you take valproate;",
        "• wenn Sie Natriumvalproat einnehmen;",
        [],
    ),
    "in another order": (
        "• if you take ritonavir, atorvastatin or warfarin;",
        "• wenn Sie Warfarin, Ritonavir oder Atorvastatin-Tabletten einnehmen;",
        [],
    ),
}


@pytest.mark.parametrize(
    ("language", "target", "rules"),
    [
        ("el", "• φλουκοναζόλη, αμπικιλλίνη ή ομεπραζόλη", 0),
        ("bg", "• флуконазол, ампицилин или омепразол", 0),
        ("el", "• κετοκοναζόλη, αμπικιλλίνη ή ομεπραζόλη", 1),
    ],
)
def test_substances_in_another_script(language: str, target: str, rules: int) -> None:
    one = "\n• fluconazole, ampicillin or omeprazole\n"
    source, other = (
        text_of(pieces[:after]) + text + text_of(pieces[after:])
        for pieces, text in ((compose("eu", "en"), one), (compose("eu", language), f"\n{target}\n"))
        for after in [1 + max(at for at, piece in enumerate(pieces) if piece.section == "before-use")]
    )
    document = translated(source, other, ("en", language), market="eu")
    assert len([f for f in document.findings if f.rule == "compare/substance"]) == rules


@pytest.mark.parametrize("case", NAMED)
def test_substances(case: str) -> None:
    source, target, expected = NAMED[case]
    assert found("before-use", source, target) == expected


def test_an_additive_is_told_once() -> None:
    one = with_text("en", "contents", "Titanium dioxide (E 171), iron oxide (E 172).")
    other = with_text("de", "contents", "Titandioxid (E 171), Eisenoxid (E 127).")
    (finding,) = translated(one, other, ("en", "de"), market="eu").findings
    assert (finding.rule, finding.severity, finding.message) == (
        "compare/substance",
        "error",
        "The source names “E 172”, the translation “E 127”.",
    )


@pytest.mark.parametrize(
    "forms",
    [
        ("ciprofloxacin", "siprofloksasin", "tsiprofloksatsiin", "ciprofloksacino", "σιπροφλοξασινη"),
        ("erythromycin", "eritromicina", "erytromysiini", "ερυθρομυκινη", "еритромицин"),
        ("fluconazole", "φλουκοναζολη", "флуконазол", "flukonatsoli"),
        ("ampicillin", "αμπικιλλινη", "ампицилин"),
        ("dabigatran", "νταμπιγκατρανη", "дабигатран"),
        ("estradiol", "οιστραδιολη", "естрадиол"),
    ],
)
def test_an_inn_sounds_nearly_alike_in_every_script(forms: tuple[str, ...]) -> None:
    first = sounds(forms[0])
    assert all(sounds(form)[:5] == first[:5] for form in forms)


def test_a_number_in_words_is_found_behind_a_small_word() -> None:
    one = with_text("en", "how-to-use", "The medicine works for one year after the infusion.")
    other = with_text("de", "how-to-use", "Das Arzneimittel wirkt nach der Infusion 1 Jahr lang.")
    assert translated(one, other, ("en", "de"), market="eu").findings == ()


def test_a_sentence_with_an_address_is_compared_and_a_list_of_them_is_not() -> None:
    film = "Patients can watch a film about the pen on the page www.exempla.test, or ask for it by mail (info@exempla.test)."
    others = " ".join(f"Exempla {at}, Tel: +32 2 700 11 2{at}, local{at}@exempla.test" for at in range(5))
    found_here = [
        [
            f.rule
            for f in translated(
                with_text("en", "before-use", text),
                with_text("de", "before-use", ""),
                ("en", "de"),
                market="eu",
            ).findings
            if f.rule == "compare/list-item"
        ]
        for text in (film, others)
    ]
    assert found_here == [["compare/list-item"], []]
