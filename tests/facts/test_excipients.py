"""Excipients: what the list names, and what section 2 states of them, as typed values."""

from __future__ import annotations

import pytest

from tests.compose import compose, text_of
from tests.leaflets import parsed
from validator.document.facts import Facts

_LIST = "The other ingredients are {text}"


def facts(contents: str = "", before_use: str = "") -> Facts:
    pieces = [piece for piece in compose("eu", "en") if piece.rule != "statement/excipients"]
    text = text_of(pieces)
    if contents:
        text = text.replace(
            "The active substance is", f"{_LIST.format(text=contents)}\n\nThe active substance is", 1
        )
    if before_use:
        place = text.index("\n3. ", text.index("\n2. ") + 1)
        later = text.find("\n3. ", place + 1)
        place = later if later > 0 else place
        text = f"{text[:place]}\n{before_use}\n{text[place:]}"
    return parsed(text, market="eu", language="en").facts


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("lactose monohydrate, talc.", [("lactose", "lactose monohydrate")]),
        ("sorbitol (E 420), maize starch.", [("sorbitol", "sorbitol")]),
        ("E420 and talc.", [("sorbitol", "E420")]),
        ("sucrose stearate, talc.", []),
        ("sucrose stearate, sucrose.", [("sucrose", "sucrose"), ("sugar-teeth", "sucrose")]),
        ("benzyl alcohol, cetyl alcohol.", [("benzyl-alcohol", "benzyl alcohol"), ("benzyl-alcohol-cutaneous", "benzyl alcohol"), ("cetostearyl-alcohol", "cetyl alcohol")]),
        ("hydrogenated soya oil.", [("soya", "hydrogenated soya oil")]),
        ("galactosamine, glycerol monostearate.", []),
    ],
)  # fmt: skip
def test_the_list_names_excipients(text: str, listed: list[tuple[str, str]]) -> None:
    assert sorted((found.id, found.name) for found in facts(text).excipients) == listed


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "sorbitol (E 420), titanium dioxide (E171).",
            [("E420", ("sorbitol",)), ("E171", ("titanium dioxide",))],
        ),
        ("colour: E 110, talc.", [("E110", ())]),
        ("sorbitol (E-420), talc.", [("E420", ("sorbitol",))]),
        (
            "sorbitol (E420) and titanium dioxide (E171), talc.",
            [("E420", ("sorbitol",)), ("E171", ("titanium dioxide",))],
        ),
        ("talc.", []),
    ],
)
def test_e_numbers_stand_with_the_names_of_their_item(text: str, numbers: list[tuple[str, object]]) -> None:
    assert [(found.number, found.names) for found in facts(text).additives] == numbers


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("This medicine contains 46 mg sodium in each tablet.", [("46", None)]),
        (
            "This medicine contains 46 mg sodium (main component of cooking/table salt) in each tablet. "
            "This is equivalent to 2.3% of the recommended maximum daily dietary intake of sodium for an adult.",
            [("46", None), ("46", "2.3")],
        ),
        (
            "This medicine contains 46 mg sodium in each tablet.\n\n"
            "This is equivalent to 2.3% of the recommended maximum daily dietary intake of sodium.",
            [("46", None), ("46", "2.3")],
        ),
        (
            "It contains 46 mg or 92 mg sodium. This is 2.3% of the recommended maximum daily dietary intake.",
            [("46", None), (None, "2.3")],
        ),
        ("It is diluted in sodium chloride 0.9% (9 mg in each ml).", [("9", None)]),
        ("This medicine contains 46 mg of talc.", []),
    ],
)
def test_amounts_and_shares_of_sodium(text: str, stated: list[tuple[str | None, str | None]]) -> None:
    found = [each for each in facts(before_use=text).stated if each.id == "sodium"]
    assert [
        (each.amount and str(each.amount.low), each.share and str(each.share.low)) for each in found
    ] == stated
