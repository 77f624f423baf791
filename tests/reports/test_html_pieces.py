"""Text cut into pieces: nothing of it is lost, every mark covers its words, every finding opens once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from validator.reports.html.heat import Column, Heat, Row, Spot, grid
from validator.reports.html.pieces import Stretch, pieces

TEXT = "0123456789abcdef"
PLACES = some.tuples(some.integers(0, 16), some.integers(0, 16)).map(sorted)


@given(some.lists(PLACES, max_size=6), some.integers(0, 16))
def test_pieces_cover_the_text_and_the_marks(places: list[list[int]], lead: int) -> None:
    marked = [Stretch(start, end, number) for number, (start, end) in enumerate(places, 1)]
    made = pieces(TEXT, marked, 0, len(TEXT), lead)
    assert "".join(piece.text for piece in made) == TEXT
    assert "".join(piece.text for piece in made if piece.strong) == TEXT[:lead]
    for number, (start, end) in enumerate(places, 1):
        assert "".join(piece.text for piece in made if number in piece.numbers) == TEXT[start:end]
        assert sum(number in piece.opens for piece in made) == 1
        before = made[: next(at for at, piece in enumerate(made) if number in piece.opens)]
        assert len("".join(piece.text for piece in before)) == start


@given(some.lists(PLACES, max_size=6), some.integers(0, 16), some.integers(0, 16))
def test_cells_of_a_row_together_say_the_same(places: list[list[int]], first: int, second: int) -> None:
    marked = [Stretch(start, end, number) for number, (start, end) in enumerate(places, 1)]
    edges = [0, *sorted((first, second)), 16]
    cells = [
        pieces(TEXT, marked, start, stop, last=number == 2)
        for number, (start, stop) in enumerate(pairwise(edges))
    ]
    made = [piece for cell in cells for piece in cell]
    assert "".join(piece.text for piece in made) == TEXT
    for number, (start, end) in enumerate(places, 1):
        assert "".join(piece.text for piece in made if number in piece.numbers) == TEXT[start:end]
        assert sum(number in piece.opens for piece in made) == 1


def test_further_places_of_a_finding_are_no_second_opening() -> None:
    made = pieces(
        TEXT, [Stretch(2, 4, 1), Stretch(8, 10, 1, first=False), Stretch(12, 14, 2, opens=False)], 0, 16
    )
    assert [(piece.text, piece.numbers, piece.opens, piece.again) for piece in made] == [
        ("01", (), (), ()),
        ("23", (1,), (1,), ()),
        ("4567", (), (), ()),
        ("89", (1,), (), (1,)),
        ("ab", (), (), ()),
        ("cd", (2,), (), ()),
        ("ef", (), (), ()),
    ]


def test_a_heat_map_of_anything() -> None:
    table = grid(
        [("x", 1), ("x", 2), ("y", 1)], lambda item: item[0], lambda item: Column(str(item[1]), "", "g")
    )
    rows = tuple(
        Row(row, table.cells(row, lambda items: [Spot("error", len(items), "words")] if items else []))
        for row in table.rows
    )
    assert [[len(cell) for cell in row.cells] for row in rows] == [[1, 1], [1, 0]]
    wide = Heat("c", "r", tuple(Column(str(n), "", "ab"[n > 20]) for n in range(30)), (Row("x", ((),) * 30),))
    assert [(panel.groups, len(panel.rows[0].cells)) for panel in wide.panels] == [
        ((("a", 15),), 15),
        ((("a", 6), ("b", 9)), 15),
    ]
    assert [panel.dense for panel in wide.panels] == [False, False]
    languages = Heat("c", "r", tuple(Column(str(n), "") for n in range(26)), ())
    assert [(len(panel.columns), panel.dense) for panel in languages.panels] == [(26, True)]
    assert Heat("c", "r", (), ()).panels == ()
    assert [Spot("error", count, "").step for count in (None, 1, 2, 3, 9, 10, 99)] == [1, 1, 1, 2, 2, 3, 3]
