"""When the leaflet was last revised: the date behind the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.lexicon import Lexicon

_STATEMENT = "last-revised"
_NEXT = 30  # characters of the next paragraph in which the date may stand
_DATE = re.compile(
    # 2024-06-15, 2024-06; 15.06.2024, 06/2024, June 2024
    r"(?<!\d)(?:"
    r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?:-\d\d)?"
    r"|(?:(?P<one>\d{1,2})[./ -]+)?(?:(?P<two>\d{1,2})[./ -]+)?(?P<alone>(?:19|20)\d\d)"
    r")(?!\d)"
)


def revised(leaflet: Leaflet, lexicon: Lexicon) -> str:
    """The date of the last revision as "2024" or "2024-06", "" if none is stated; of several the latest.

    Whatever is doubtful counts as the later one, because an older leaflet is asked for less.
    """
    return max(_dates(leaflet, lexicon), default="")


def _dates(leaflet: Leaflet, lexicon: Lexicon) -> Iterator[str]:
    text = leaflet.wordtext.text
    for notation in lexicon.forms(_STATEMENT):
        for phrase in lexicon.phrases(notation):
            start = 0
            while found := phrase.find(text, start, len(text)):
                if date := _date(_behind(leaflet, leaflet.wordtext.span(*found))):
                    yield date
                start = found[1]


def _behind(leaflet: Leaflet, span: Span) -> str:
    own = leaflet.blocks[span.block].text[span.start :]
    later = (block.text for block in leaflet.blocks[span.block + 1 :] if block.text)
    return own + "\n" + next(later, "")[:_NEXT]


def _date(text: str) -> str:
    found = _DATE.search(text)
    if found is None:
        return ""
    if found["year"]:
        return f"{found['year']}-{found['month']}"
    # Of day and month nobody knows which comes first: the larger one that may be a month.
    months = [int(part) for part in (found["one"], found["two"]) if part and 1 <= int(part) <= 12]
    return f"{found['alone']}-{max(months):02}" if months else found["alone"]
