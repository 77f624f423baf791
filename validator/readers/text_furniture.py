"""What a plain text has from the pages that it was copied from: page numbers and running heads."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_PAGE_WORD = r"(?:page|seite|sayfa|p[áa]gina|side|sida|sivu|strana|strona|oldal|lk|str|pag|p)\b\.?\s*"
_OF = r"(?:/|of|de|von|di|sur|af|av|van|z|ze|od|из|/\s*sur)"
PAGE = re.compile(rf"[-–]?\s*(?:{_PAGE_WORD})?(\d{{1,3}})(?:\s*{_OF}\s*(\d{{1,3}}))?\s*[-–]?", re.IGNORECASE)
_LONE_INTEGER = re.compile(r"\d{1,3}")
_FIGURES = re.compile(r"\d+")
# An entry of a contents list with leaders, a tab or wide blanks before its page number.
_ENTRY = re.compile(
    r"(?P<entry>(?P<number>\d{1,2})[.)]?+\s++[^\W\d_](?:[^\t.…·_ ]|[ ](?![ ]{2})|[.…·_](?!\s?[.…·_]))*+)"
    r"(?:\t\s*+|[.…·_\s]{3,400}+)(?P<page>\d{1,3})"
)
# The same where a tab became a blank.
_PLAIN_ENTRY = re.compile(r"(?P<entry>(?P<number>\d{1,2})[.)]?+\s++[^\W\d_].*\S) (?P<page>\d{1,3})")
_LEAST_ENTRIES = 3
_LEAST_QUOTED = 10  # lines of a mail; fewer may be rows of a table, "> 60 kg"
_LEAST_PAGES = 3  # on fewer pages, what comes again may be the text's own
_SHARE = 0.6  # of the pages that have a running head, if it is one; the title of a leaflet begins fewer
_LONGEST = 120  # characters of a running head
_BESIDE = 3  # lines between a page number and a running head, blank ones included


class Line(NamedTuple):
    """One line of text without the blanks around it, and where it begins."""

    text: str
    number: int
    column: int


def furniture(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines that hold a page number or a running head."""
    pages = _page_numbers(lines)
    return pages | _running_heads(lines, pages) if len(pages) >= _LEAST_PAGES else pages


def without_pages(lines: Sequence[Line]) -> list[Line]:
    """The lines; entries of a contents list, which count upwards, without their page numbers."""
    kept = list(lines)
    for at, length in entries([line.text for line in lines]):
        kept[at] = lines[at]._replace(text=lines[at].text[:length])
    return kept


def entries(texts: Iterable[str]) -> list[tuple[int, int]]:
    """Which texts are entries of a contents list with a page number, and their lengths without it."""
    return _whole(
        (at, entry)
        for at, text in enumerate(texts)
        if text[:1].isdigit() and (entry := _ENTRY.fullmatch(text))
    )


def plain_entries(texts: Iterable[str]) -> list[tuple[int, int]]:
    """The same where tabs became blanks: entries stand one after the other, and their pages grow."""
    found: list[tuple[int, int]] = []
    for stands, group in itertools.groupby(
        enumerate(map(_PLAIN_ENTRY.fullmatch, texts)), lambda pair: bool(pair[1])
    ):
        run = [(at, entry) for at, entry in group if entry] if stands else []
        pages = [int(entry["page"]) for _, entry in run]
        if pages and pages == sorted(pages) and pages[0] < pages[-1]:
            found += _whole(run)
    return found


def _whole(found: Iterable[tuple[int, re.Match[str]]]) -> list[tuple[int, int]]:
    """Of what looks like entries, those of lists whose numbers count upwards: their places and lengths."""
    kept: list[tuple[int, int]] = []
    run: list[tuple[int, re.Match[str]]] = []
    for at, entry in (*found, (-1, None)):
        if entry is None or not run or int(entry["number"]) != int(run[-1][1]["number"]) + 1:
            if len(run) >= _LEAST_ENTRIES:
                kept += [(index, len(each["entry"].rstrip())) for index, each in run]
            run = []
        if entry:
            run.append((at, entry))
    return kept


def unquoted(lines: list[Line]) -> list[Line]:
    """The lines of a text that a mail quotes, without the signs before them."""
    quoted = [at for at, line in enumerate(lines) if line.text[:1] == ">"]
    if len(quoted) < _LEAST_QUOTED or 2 * len(quoted) < sum(bool(line.text) for line in lines):
        return lines
    kept = list(lines)
    for at in quoted:
        text = lines[at].text
        bare = text.lstrip("> \t\u00a0")
        kept[at] = Line(bare, lines[at].number, lines[at].column + len(text) - len(bare))
    return kept


def _running_heads(lines: Sequence[Line], pages: set[int]) -> set[int]:
    """The lines that stand beside most page numbers, the same but for figures."""
    ends = sorted(pages)
    beside: dict[str, list[int]] = defaultdict(list)
    elsewhere: set[str] = set()
    for line in lines:
        if not line.text or len(line.text) > _LONGEST or line.number in pages:
            continue
        at = bisect_left(ends, line.number - _BESIDE)
        words = _FIGURES.sub("0", line.text)
        if at < len(ends) and ends[at] <= line.number + _BESIDE:
            beside[words].append(line.number)
        else:
            elsewhere.add(words)
    least = max(_LEAST_PAGES, _SHARE * len(ends))
    return {
        number
        for words, found in beside.items()
        if len(found) >= least and words not in elsewhere
        for number in found
    }


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines that hold nothing but a page number."""
    short = [(line, match) for line in lines if len(line.text) < 20 and (match := PAGE.fullmatch(line.text))]
    lone = [line for line, _ in short if _LONE_INTEGER.fullmatch(line.text)]
    pages = {line.number for line, match in short if _is_page(match)}
    return pages | _counting(lone)


def _is_page(match: re.Match[str]) -> bool:
    page, pages = match.group(1), match.group(2)
    if pages:
        return int(page) <= int(pages)
    return not _LONE_INTEGER.fullmatch(match.group().strip())


def _counting(lone: Sequence[Line]) -> set[int]:
    """Lone integers that count upwards; others may be the cells of a table."""
    values = [int(line.text) for line in lone]
    if all(low < high for low, high in itertools.pairwise(values)):
        return {line.number for line in lone}
    last, pages = 0, set()
    for line, value in zip(lone, values, strict=True):
        if value == last + 1:
            last = value
            pages.add(line.number)
    return pages
