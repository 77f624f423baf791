"""The builder: white space, emphasis, anchors, rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from validator.document.blocks import Block
from validator.document.location import Anchor
from validator.document.text import clean, stretches
from validator.readers.builder import BlockBuilder, as_item, cut_front, is_plain, join_row


def _built(*pieces: tuple[str, int, int]) -> Block:
    builder = BlockBuilder()
    for raw, line, column in pieces:
        builder.add(raw, line, column)
    block = builder.finish()
    assert block is not None
    return block


def test_white_space_is_collapsed_and_trimmed_over_lines() -> None:
    assert _built(("  a  b \n\t c ", 3, 1)) == Block(
        "a b c", anchors=(Anchor(0, 3, 3), Anchor(2, 3, 6), Anchor(4, 4, 3))
    )


def test_adjoining_pieces_share_an_anchor() -> None:
    assert _built(("one ", 1, 1), ("two", 1, 5)) == Block("one two", anchors=(Anchor(0, 1, 1),))


def test_what_the_file_writes_otherwise_gets_its_own_anchor() -> None:
    builder = BlockBuilder()
    builder.add("a", 1, 1)
    builder.add_sign("é", 1, 2)
    builder.add("b", 1, 10)
    assert builder.finish() == Block("aéb", anchors=(Anchor(0, 1, 1), Anchor(2, 1, 10)))


def test_emphasis() -> None:
    builder = BlockBuilder()
    builder.add("Lead: ", 1, 1, strong=True)
    builder.add("rest", 1, 7)
    lead = builder.finish()
    builder.add("All", 1, 1, strong=True)
    builder.add(" ", 1, 4)
    strong = builder.finish()
    assert lead
    assert strong
    assert [(lead.strong, lead.lead), (strong.strong, strong.lead)] == [(False, 5), (True, 0)]


def test_nothing_visible_is_no_block() -> None:
    builder = BlockBuilder()
    builder.add(" \u00ad\n\u200b ", 1, 1)
    assert builder.finish() is None


def test_front_is_cut_and_marker_taken() -> None:
    block = _built(("•", 1, 1), (" one", 1, 2))
    assert cut_front(block, 1) == Block("one", anchors=(Anchor(0, 1, 3),))
    assert as_item(block) == Block("one", "item", (Anchor(0, 1, 3),), level=1, marker="•")
    assert as_item(Block("-5 °C")) == Block("-5 °C")


def test_row() -> None:
    cells = [[_built(("a", 1, 1))], [], [_built(("b", 1, 9)), _built(("c", 2, 1))]]
    anchors = (Anchor(0, 1, 1), Anchor(2, 1, 9), Anchor(4, 2, 1))
    assert join_row(cells) == Block("a b c", "row", anchors, cells=(0, 2, 2))
    assert join_row([[], []]) is None


@given(st.text())
def test_text_is_the_normalised_text(raw: str) -> None:
    builder = BlockBuilder()
    builder.add(raw, 1, 1)
    block = builder.finish()
    assert clean(block.text if block else "") == clean(raw)


@given(st.text())
def test_plain_text_is_what_normalising_leaves_alone(raw: str) -> None:
    if is_plain(raw):
        assert "".join(piece for _, piece in stretches(raw)) == raw
