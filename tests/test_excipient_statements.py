"""Excipients in every language: listed without their statements, each is told; with them, none is."""

from __future__ import annotations

import pytest

from tests.compose import NAME, Piece, compose, text_of
from tests.leaflets import judged
from validator import catalogue
from validator.plan import plan
from validator.report import Document
from validator.statements import paste

PACKS = [*(("eu", language) for language in catalogue.languages("eu")), ("tr", "tr")]
ROUTES = ("oral", "injection", "inhalation", "cutaneous", "ocular", "rectal")


def asked(market: str, language: str, route: str) -> dict[str, str]:
    """The excipients that have a rule for a route, with the text to paste."""
    pack = catalogue.language_pack(market, language)
    found = {}
    for entry in plan(market, language).entries:
        key = entry.task.params.get("excipient", "")
        if entry.requirement.kind == "excipient" and key in pack.excipients:
            routes = entry.applies.get("route", route)
            if route in routes.split("|"):
                found[key] = paste(pack.excipients[key].text, NAME, oral=route == "oral")
    return found


def report(market: str, language: str, route: str, *, stated: bool) -> Document:
    """The report on a leaflet that lists every excipient of a route, with or without the statements."""
    pack = catalogue.language_pack(market, language)
    texts = asked(market, language, route)
    pieces = compose(market, language)
    at = next(n for n, piece in enumerate(pieces) if piece.rule == "statement/excipients")
    names = ", ".join(pack.excipients[key].names[0] for key in texts)
    pieces[at] = Piece(f"{pieces[at].text} {names}.", pieces[at].rule, pieces[at].section)
    if stated:
        end = max(n for n, piece in enumerate(pieces) if piece.section == "before-use")
        pieces.insert(end + 1, Piece("\n\n".join(texts.values()), section="before-use"))
    return judged(text_of(pieces), market=market, language=language, product={"route": route})


def verdicts(document: Document, keys: dict[str, str]) -> dict[str, str]:
    found = {judgement.rule: judgement.verdict for judgement in document.requirements}
    return {key: found[f"excipient/{key}"] for key in keys}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("market", "language"), PACKS)
def test_listed_without_its_statement_each_is_told(market: str, language: str, route: str) -> None:
    keys = asked(market, language, route)
    found = verdicts(report(market, language, route, stated=False), keys)
    assert {key: verdict for key, verdict in found.items() if verdict not in ("gap", "review")} == {}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("market", "language"), PACKS)
def test_with_its_statement_none_is_missing(market: str, language: str, route: str) -> None:
    document = report(market, language, route, stated=True)
    missing = [
        f.rule for f in document.findings if f.rule.startswith("excipient/") and f.problem == "missing"
    ]
    assert missing == []
    assert set(verdicts(document, asked(market, language, route)).values()) <= {"met", "gap", "review"}


@pytest.mark.parametrize(
    ("said", "listed", "told"),
    [
        ("Velorin laktoz içerir.", "laktoz monohidrat, talk", []),
        ("Velorin laktoz içerir.", "mısır nişastası, talk", ["laktoz içerir"]),
        ("Her tablet 50 mg sükroz ve 5 mg sorbitol (E420) ihtiva eder.", "talk", ["sükroz", "sorbitol"]),
        ("Her tablet 50 mg sükroz ve 5 mg sorbitol içermektedir.", "sükroz", ["sorbitol içermektedir"]),
        ("Laktoz içeren gıdalardan kaçınınız.", "talk", []),
        ("Bu ilaç 23 mg’dan az sodyum ihtiva eder.", "talk", []),
    ],
)
def test_what_turkish_says_before_its_verb_is_named_in_the_list(
    said: str, listed: str, told: list[str]
) -> None:
    pieces = compose("tr", "tr")
    at = next(n for n, piece in enumerate(pieces) if piece.rule == "statement/excipients")
    pieces[at] = Piece(f"Yardımcı maddeler: {listed}.", pieces[at].rule, pieces[at].section)
    end = max(n for n, piece in enumerate(pieces) if piece.section == "before-use")
    text = text_of([*pieces[: end + 1], Piece(said, section="before-use"), *pieces[end + 1 :]])
    found = judged(text, market="tr", language="tr", select=("excipient/unlisted",)).findings
    assert [(each.evidence, each.severity) for each in found] == [(words, "warning") for words in told]
