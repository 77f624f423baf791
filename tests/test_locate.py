"""Where a statement of several sentences stands: they are looked for beside one another."""

from __future__ import annotations

from validator.checks.locate import locate
from validator.lexicon import lexicon

from .leaflets import input_of, parsed

WANTED = "If you notice blue spots, tell your doctor at once. You <may> <can> also {report} them."
SPOTS = "If you notice blue spots, tell your doctor at once."


def _stands(*paragraphs: str, text: str = WANTED) -> tuple[str, str]:
    leaflet = parsed("\n\n".join((input_of("eu-tablet"), *paragraphs)))
    bounds = leaflet.wordtext.bounds(0, len(leaflet.blocks))
    found = locate(leaflet, lexicon("eu", "en"), text, bounds=bounds)
    return found.tier, leaflet.text(found.span) if found.span else ""


def test_the_same_words_far_away_are_no_part_of_it() -> None:
    far = "You may also feel dizzy or tired."
    filler = ["Nothing of this kind has been seen in people who took it for a year or longer."] * 12
    assert _stands(far, *filler, SPOTS, "You can also report them.") == (
        "exact",
        "If you notice blue spots, tell your doctor at once. You can also report them",
    )


def test_a_sentence_with_other_words_is_looked_for_beside_the_others() -> None:
    far = "If you notice red spots, tell your doctor at once."
    filler = ["Nothing of this kind has been seen in people who took it for a year or longer."] * 12
    near = "If you notice blue spots, tell the doctor soon."
    assert _stands(far, *filler, near, "You can also report them.") == (
        "near",
        "If you notice blue spots, tell the doctor soon. You can also report them",
    )


TAKEN = (
    "Always <take> <use> this medicine exactly as your doctor <or pharmacist> has told you. "
    "Check with your <doctor> <or> <pharmacist> if you are not sure."
)
TOLD = "Check with your doctor if you are not sure."


def _changes(*paragraphs: str) -> tuple[str, list[tuple[str, str]], tuple[str, ...]]:
    leaflet = parsed("\n\n".join((input_of("eu-tablet"), *paragraphs)))
    bounds = leaflet.wordtext.bounds(len(leaflet.blocks) - len(paragraphs), len(leaflet.blocks))
    accepted = ("Always <take> {it} as {you were told}. Check <with> {your nurse} if you are not sure.",)
    found = locate(leaflet, lexicon("eu", "en"), TAKEN, accepted=accepted, bounds=bounds)
    return found.tier, [(change.wanted, change.given) for change in found.changes], found.absent


def test_a_sentence_does_not_go_on_in_the_next_paragraph() -> None:
    tier, changes, absent = _changes("Your doctor should tell you how to take this medicine.", TOLD)
    assert (tier, changes) == ("incomplete", [])
    assert absent == (TAKEN.partition(" Check")[0],)  # in the words of the template


def test_a_paragraph_that_is_parted_within_a_sentence_is_still_alike() -> None:
    tier, changes, absent = _changes("Take this medicine exactly as", f"your doctor has told you. {TOLD}")
    assert (tier, changes, absent) == ("near", [("always", "")], ())


def test_the_words_of_an_option_lengthen_what_is_alike() -> None:
    said = "You should take this medicine exactly as your doctor or pharmacist has told you."
    assert _changes(said, TOLD) == ("near", [("always", "should")], ())
