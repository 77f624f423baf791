"""The space of a page as it is shown: turned, its corner at the left bottom."""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, bottom, right, top from the page's bottom left corner


class View(NamedTuple):
    """A page's box in its own space, and by how many quarters clockwise it is turned to be read."""

    page: Box
    quarters: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own space as it is seen."""
        page_left, page_bottom, page_right, page_top = self.page
        if self.quarters == 1:
            return bottom - page_bottom, page_right - right, top - page_bottom, page_right - left
        if self.quarters == 2:
            return page_right - right, page_top - top, page_right - left, page_top - bottom
        if self.quarters == 3:
            return page_top - top, left - page_left, page_top - bottom, right - page_left
        return left, bottom, right, top

    def boxes(self, boxes: list[Box]) -> list[Box]:
        """The same for several."""
        return [self.box(*box) for box in boxes] if self.quarters else boxes
