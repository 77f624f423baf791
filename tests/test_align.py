"""Alignment of sequences: against every possible alignment where there are few, and its bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from validator.align import Pair, align

WORDS = st.text("abc", max_size=6)


def likeness(one: str, other: str) -> float:
    return 2.0 if one == other else -1.0


def worth(pairs: list[Pair], left: str, right: str, gap: float) -> float:
    return sum(
        gap if pair.left is None or pair.right is None else likeness(left[pair.left], right[pair.right])
        for pair in pairs
    )


def best(left: str, right: str, gap: float) -> float:
    """The greatest worth, found by trying everything."""
    if not left or not right:
        return gap * (len(left) + len(right))
    return max(
        likeness(left[0], right[0]) + best(left[1:], right[1:], gap),
        gap + best(left[1:], right, gap),
        gap + best(left, right[1:], gap),
    )


@given(WORDS, WORDS, st.sampled_from([0.0, -0.5, -1.0, -3.0]))
def test_no_alignment_is_worth_more(left, right, gap):
    assert worth(align(left, right, likeness, gap=gap), left, right, gap) == best(left, right, gap)


@given(WORDS, WORDS, st.integers(1, 40))
def test_every_item_appears_once_and_in_order_however_narrow_the_band(left, right, cells):
    pairs = align(left, right, likeness, cells=cells)
    assert [pair.left for pair in pairs if pair.left is not None] == list(range(len(left)))
    assert [pair.right for pair in pairs if pair.right is not None] == list(range(len(right)))
    assert Pair(None, None) not in pairs


def test_one_missing_item_does_not_shift_the_rest():
    assert align("abcd", "acd", likeness) == [Pair(0, 0), Pair(1, None), Pair(2, 1), Pair(3, 2)]


def test_long_sequences_are_searched_in_a_band():
    calls = 0

    def score(one: int, other: int) -> float:
        nonlocal calls
        calls += 1
        return 2.0 if one == other else -1.0

    left = list(range(3000))
    right = [number for number in left if number not in (50, 51, 1700)]
    pairs = align(left, right, score)
    assert [pair.left for pair in pairs if pair.right is None] == [50, 51, 1700]
    assert calls < 500_000
