"""Two leaflets side by side in text: the words of a finding on both sides, and the whole in two columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from validator.report import Beside, Compared, Finding
from validator.reports.terminal import safe
from validator.reports.words import beside

_COLUMNS = 100  # characters of both columns where the width of the page is not known
_GAP = "─── missing ───"


def sides(finding: Finding) -> Iterator[tuple[str, str]]:
    """What the source says and what the translation says; a gap is marked."""
    if finding.beside:
        where = beside(finding)
        yield "source", f"“{finding.beside.text.strip()}”" + (f" ({where})" if where else "")
    yield "target", f"“{finding.evidence.strip()}”" if finding.evidence.strip() else _GAP


def side_by_side(compared: Compared, width: int = 0) -> Iterator[str]:
    """All that stands side by side, in two columns, by section; what one side lacks is marked there."""
    column = ((width or _COLUMNS) - 7) // 2
    section = None
    for row in compared.rows:
        if row.section != section:
            section = row.section
            yield ""
            yield f"  Side by side: {section.replace('-', ' ') or 'the text'}"
        left, right = _cell(row.other, column), _cell(row.own, column)
        for one, other in zip_longest(left, right, fillvalue=""):
            yield f"    {one:<{column}} │ {other}".rstrip()


def _cell(side: Beside | None, column: int) -> list[str]:
    return wrap(safe(side.text), column) if side else [_GAP]
