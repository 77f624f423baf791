"""html.parser made dependable: exact places, no exception, no quadratic time, nothing lost in silence."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from validator.errors import UnreadableError
from validator.readers.limits import DEFAULT_LIMITS, Limits

# html.parser stops reading at a numeric reference that is none.
_FALSE_REFERENCE = re.compile(r"&#(?!(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F])")
# Nearly all tags of a leaflet are these and bear no attribute: read at once, they take half the time.
_NAMES = "p|b|i|u|em|strong|span|sub|sup|div|br|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th"
_START, _END = re.compile(f"<({_NAMES})>"), re.compile(f"</({_NAMES})>")
# So are whole elements that hold nothing but text; what stands between two of them is white space.
_ELEMENT = re.compile(r"<(p|div|h[1-6]|li|td|th)>([^<&]++)</\1>\s*+")
_AMPERSAND = "\ufdd0"  # a code point that stands for no character
# What parts the attributes of a tag and what may hide its end: blanks, values in quotes. And its end.
_IN_TAG = re.compile(r"\"[^\"]*\"|'[^']*'|[\s/]+|(>)")
_LONG_TAG = 2_000  # characters: a shorter tag has no room for many attributes


class Events(HTMLParser):
    """Calls `text`, `sign`, `start`, `empty` and `end`; `lineno` and `offset` are the place of each."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        super().__init__(convert_charrefs=False)
        self.limits = limits
        self.notes: list[str] = []
        self._first_line = 1
        self._line_starts: list[int] = []

    def parse(self, text: str, line: int = 1) -> None:
        """Parse a whole text at once; what cannot be parsed at its end is dropped with a note.

        UnreadableError: it has more tags and references than the limits allow.
        """
        self.limits.check_tags(signs(text))
        if "&#" in text:
            text = _FALSE_REFERENCE.sub(_AMPERSAND + "#", text)
        self.lineno = self._first_line = line
        # The line end completes a reference at the end of the file. `close` is never called: on
        # crafted input it takes time that grows with the square of the length.
        self.feed(text + "\n")
        if self.rawdata.strip():
            self.notes.append(
                f"an unfinished tag or comment on line {self.lineno} hides the rest of the file"
            )

    def text(self, data: str) -> None:
        """Text as it stands in the file."""

    def sign(self, text: str) -> None:
        """Text that the file writes as a character reference."""

    def start(self, tag: str, attributes: dict[str, str | None]) -> None:
        """An element begins."""

    def empty(self, tag: str, attributes: dict[str, str | None]) -> None:
        """An element written as empty."""

    def handle_data(self, data: str) -> None:
        """Pass text on, but not a start tag that the parser could make no sense of."""
        if data[0] != "<" or len(data) == 1:
            self.text(data.replace(_AMPERSAND, "&") if _AMPERSAND in data else data)

    def parse_starttag(self, i: int) -> int:
        """A start tag at a place, and the plain elements from there on; where they end."""
        if element := _ELEMENT.match(self.rawdata, i):
            return self._elements(element)
        plain = _START.match(self.rawdata, i)
        if plain is None:
            return super().parse_starttag(i)
        self.start(plain[1], {})
        return plain.end()

    def _elements(self, found: re.Match[str] | None) -> int:
        """Elements of nothing but text that follow one another; where they end."""
        raw, line, offset, end = self.rawdata, self.lineno, self.offset, 0
        while found:
            tag, data = found.groups()
            first, stop, end = found.start(2), found.end(2), found.end()
            self.start(tag, {})
            self.offset += first - found.start()  # no line ends within a tag
            self.handle_data(data)
            if "\n" in data:
                self.updatepos(first, stop)
            else:
                self.offset += stop - first
            self.handle_endtag(tag)
            if breaks := raw.count("\n", stop, end):
                self.lineno += breaks
                self.offset = end - raw.rfind("\n", stop, end) - 1
            else:
                self.offset += end - stop
            found = _ELEMENT.match(raw, end)
        self.lineno, self.offset = line, offset  # the caller goes on counting from the first of them
        return end

    def parse_endtag(self, i: int) -> int:
        """An end tag at a place; where it ends."""
        plain = _END.match(self.rawdata, i) if self.cdata_elem is None else None
        if plain is None:
            return super().parse_endtag(i)
        self.handle_endtag(plain[1])
        return plain.end()

    def handle_charref(self, name: str) -> None:
        """Pass the character on that a number stands for."""
        self.sign(unescape(f"&#{name};"))

    def handle_entityref(self, name: str) -> None:
        """Pass the character on that a name stands for, or the name itself if it is none."""
        known = unescape(f"&{name};")
        if known == f"&{name};":
            self.text(f"&{name}" + ";" * self._is_written(f"&{name};"))
        else:
            self.sign(known)

    def _is_written(self, text: str) -> bool:
        """Whether this very text stands at the current place."""
        if not self._line_starts:
            lines = self.rawdata.split("\n")
            self._line_starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        at = self._line_starts[self.lineno - self._first_line] + self.offset
        return self.rawdata.startswith(text, at)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass a start tag on."""
        self.start(tag, dict(attrs) if attrs else {})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass an empty element on."""
        self.empty(tag, dict(attrs) if attrs else {})

    def unknown_decl(self, data: str) -> None:
        """Nothing to say about declarations."""

    def check_for_whole_start_tag(self, i: int) -> int:
        """The base class takes memory for every attribute."""
        raw = self.rawdata
        end = raw.find(">", i)
        if end < 0:
            return -1
        if end - i > _LONG_TAG or raw.count('"', i, end) % 2 or raw.count("'", i, end) % 2:
            self._count_attributes(i)
        return super().check_for_whole_start_tag(i)

    def _count_attributes(self, start: int) -> None:
        for count, match in enumerate(_IN_TAG.finditer(self.rawdata, start)):
            if match.group(1):
                return
            if count > 2 * self.limits.max_attributes:  # a blank and a value in quotes each
                raise UnreadableError(f"a tag has more than {self.limits.max_attributes} attributes")

    def parse_html_declaration(self, i: int) -> int:
        """The base class raises on some marked sections and drops CDATA; here CDATA is text."""
        raw = self.rawdata
        if not raw.startswith("<![", i):
            return super().parse_html_declaration(i)
        cdata = raw.startswith("<![CDATA[", i)
        end = raw.find("]]>" if cdata else ">", i)
        if end < 0:
            return -1
        if not cdata:
            return end + 1
        self.offset += 9
        if end > i + 9:
            self.text(raw[i + 9 : end])
        self.offset -= 9
        return end + 3


def signs(text: str) -> int:
    """How many tags and character references a text may have at most."""
    return text.count("<") + text.count("&")
