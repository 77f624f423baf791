"""Bilingual files in every dialect, written out of the same segments."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Segments = Sequence[tuple[str, str]]


def xliff_1(segments: Segments, source: str = "en-GB", target: str = "de-DE") -> str:
    units = "\n".join(
        f'<trans-unit id="{number}" approved="yes"><source>{escape(one)}</source>'
        + (f"<target>{escape(other)}</target>" if other else "")
        + "</trans-unit>"
        for number, (one, other) in enumerate(segments, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'<file original="leaflet.docx" source-language="{source}" target-language="{target}" datatype="x">\n'
        f"<header><skl/></header><body>\n<group>\n{units}\n</group></body></file></xliff>\n"
    )


def xliff_2(segments: Segments, source: str = "en", target: str = "de") -> str:
    units = "\n".join(
        f'<unit id="u{number}"><segment id="s1"><source>{escape(one)}</source>'
        f"<target>{escape(other)}</target></segment><ignorable><source> </source></ignorable></unit>"
        for number, (one, other) in enumerate(segments, 1)
    )
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="{source}" trgLang="{target}">'
        f'\n<file id="f1">\n{units}\n</file></xliff>\n'
    )


def sdlxliff(segments: Segments, source: str = "en-GB", target: str = "de-DE") -> str:
    """All segments in one unit, marked on both sides as Trados does."""

    def marked(side: int) -> str:
        return " ".join(
            f'<mrk mtype="seg" mid="{number}"><g id="{number}">{escape(pair[side])}</g></mrk>'
            for number, pair in enumerate(segments, 1)
        )

    whole = escape(" ".join(one for one, _ in segments))
    return (
        '<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" sdl:version="1.0" version="1.2"'
        ' xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'<file original="leaflet.docx" source-language="{source}" target-language="{target}"><body>\n'
        f'<trans-unit id="0" translate="no"><source>codes</source></trans-unit>\n'
        f'<trans-unit id="1"><source>{whole}</source>\n<seg-source>{marked(0)}</seg-source>\n'
        f"<target>{marked(1)}</target></trans-unit>\n</body></file></xliff>\n"
    )


def tmx(segments: Segments, source: str = "en-GB", target: str = "de-DE") -> str:
    units = "\n".join(
        f'<tu tuid="{number}"><tuv xml:lang="{target}"><seg>{escape(other)}</seg></tuv>'
        f'<tuv xml:lang="{source}"><seg>{escape(one)}</seg></tuv></tu>'
        for number, (one, other) in enumerate(segments, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        f'<tmx version="1.4"><header srclang="{source}" datatype="x"/><body>\n{units}\n</body></tmx>\n'
    )


FORMS = {"xliff-1.2": xliff_1, "xliff-2.0": xliff_2, "sdlxliff": sdlxliff, "tmx": tmx}
