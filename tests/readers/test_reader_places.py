"""Every character of every block stands in the file where its anchor says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from html import escape, unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.formats import XHTML, as_json, as_xml, composition, section, spl_document
from validator.document.blocks import Block
from validator.document.text import clean, stretches
from validator.readers import read
from validator.readers.source import unescape_json

# Pieces that have gone wrong in real files, as a leaflet's words, line ends and signs.
_WORDS = ["dose", "ağız", "5 mg", "e\u0301te\u0301", "a\u00adb", "x\u200by", "\uf0b7", "▼", "µg", "1.", "q̃"]
_ENDS = ["\n", "\r\n", "\r", "\n\n", " ", "  ", "\t", "\u00a0", "\n \n"]
_HTML = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<br>",
    "<li>",
    "<td>",
    "<tr>",
    "<h2>",
    "&eacute;",
    "&#9660;",
    "&",
    "<",
    "&#",
]
_HTML += ["A line of prose that is long enough ", "goes on after a break. ", "opens ( ", "closes) "]
_HTML += ["<!-- x -->", "<![CDATA[a]]>", "<div\nclass=a>", "&nbsp;", "<![if x]>", "&bogus;"]
_MARKDOWN = [
    "**",
    "*",
    "# ",
    "- ",
    "> ",
    "\\*",
    "&eacute;",
    "`",
    "[a](b)",
    "|",
    "    ",
    "1. ",
    "![v](w)",
    "|-|-|\n",
]


def _texts(marks: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(_WORDS + _ENDS + marks), max_size=30).map("".join)


def _lines(source: str) -> list[str]:
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _same(char: str, rest: str) -> bool:
    """Whether the source at this place is the character, is written as it or is normalised to it."""
    if not rest or not rest[0].strip():
        return char == " "
    if char == rest[0] or rest.startswith("<![CDATA["):
        return True
    clean = "".join(piece for _, piece in stretches(rest[:4]))
    return clean.startswith(char) or (rest[0] == "&" and char == unescape(rest[:12])[:1].replace("\xa0", " "))


def _misplaced(
    source: str, blocks: tuple[Block, ...], unwrap: Callable[[str], str] = str
) -> list[tuple[str, str, str]]:
    """The characters that do not stand where their block says: (text, character, what stands there).

    `unwrap` turns a piece of the file into the text that it stands for.
    """
    lines = _lines(source)
    wrong = []
    for block in blocks:
        for offset, char in enumerate(block.text):
            place = block.place(offset, offset + 1)
            assert place.line is not None
            assert place.column is not None
            rest = unwrap(lines[place.line - 1][place.column - 1 :])
            synthetic = char == " " and (block.kind == "row" or rest[:1] in ("<", "*", "`"))
            if block.kind != "image" and not synthetic and not _same(char, rest):
                wrong.append((block.text, char, rest))
    return wrong


@settings(max_examples=200, deadline=None)
@given(_texts([]))
def test_text_places(source: str) -> None:
    assert _misplaced(source, _read(source, "text")) == []


@settings(max_examples=200, deadline=None)
@given(_texts(_HTML))
def test_html_places(source: str) -> None:
    assert _misplaced(source, _read(source, "html")) == []


@settings(max_examples=200, deadline=None)
@given(_texts(_MARKDOWN))
def test_markdown_places(source: str) -> None:
    assert _misplaced(source, _read(source, "markdown")) == []


_JSON = [*_HTML, "\\", '"', "\b", "😀", "&lt;/p&gt;", "<img alt='x'>"]


@settings(max_examples=200, deadline=None)
@given(_texts(_JSON), _texts(_JSON), st.booleans())
@example("", "<h2>dose&lt;/p&gt;dose", False)  # without a title every block is of the narrative
def test_fhir_json_places(title: str, narrative: str, ascii_alone: bool) -> None:
    resource = composition(section(title, f"<div>{narrative}</div>"))
    source = as_json(resource, ensure_ascii=ascii_alone).decode()
    blocks = read(source.encode()).blocks
    assert _misplaced(source, _plainly_written(blocks, title, narrative), unescape_json) == []


@settings(max_examples=200, deadline=None)
@given(_texts(["&", "<", '"', "😀"]), _texts(["&", "<", "😀"]))
def test_fhir_xml_and_spl_places(title: str, narrative: str) -> None:
    text = escape(narrative, quote=False)
    xml = as_xml(composition(section(title, f'<div xmlns="{XHTML}"><p>{text}</p></div>'))).decode()
    assert _misplaced(xml, read(xml.encode()).blocks) == []
    content = f"<title>{escape(title)}</title><text><paragraph>{text}<br/>x<sub>2</sub></paragraph></text>"
    label = spl_document(f"<component><section>{content}</section></component>").decode()
    assert _misplaced(label, read(label.encode()).blocks) == []


def _plainly_written(blocks: tuple[Block, ...], title: str, narrative: str) -> tuple[Block, ...]:
    """What stands behind two layers of writing is looked up by a test of its own."""
    return blocks[: bool(clean(title))] if "&lt;" in narrative else blocks


def test_the_places_of_escaped_html_in_json() -> None:
    narrative = '<div>&lt;p&gt;caf&amp;eacute;&lt;br&gt;"two" words&lt;/p&gt;</div>'
    source = as_json(composition(section("A", narrative))).decode()
    lines = source.split("\n")
    stands = [
        (block.text[offset], lines[(place.line or 0) - 1][(place.column or 0) - 1 :][:11])
        for block in read(source.encode()).blocks[1:]
        for offset in range(0, len(block.text), 3)
        for place in (block.place(offset, offset + 1),)
    ]
    assert stands == [
        ("c", "caf&amp;eac"),
        ("é", "&amp;eacute"),
        ('"', '\\"two\\" wor'),
        ("o", 'o\\" words&l'),
        ("w", "words&lt;/p"),
        ("d", "ds&lt;/p&gt"),
    ]


def _read(source: str, input_format: str) -> tuple[Block, ...]:
    data = ("x\n\n" + source).encode()
    return _shifted(read(data, input_format=input_format).blocks)


def _shifted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:

    return tuple(
        block._replace(anchors=tuple(anchor._replace(line=anchor.line - 2) for anchor in block.anchors))
        for block in blocks
        if block.anchors[0].line > 2
    )


_PLAIN = "Ürün adı 5 mg\n\n• Önce okuyunuz\n\nSon söz."
_VARIANTS = {
    "byte-order mark": "\ufeff" + _PLAIN,
    "CRLF": _PLAIN.replace("\n", "\r\n"),
    "lone CR": _PLAIN.replace("\n", "\r"),
    "no-break spaces": _PLAIN.replace(" ", "\u00a0"),
    "soft hyphens": _PLAIN.replace("ü", "ü\u00ad"),
    "private-use bullets": _PLAIN.replace("•", "\uf0b7"),
    "decomposed": unicodedata.normalize("NFD", _PLAIN),
}


@pytest.mark.parametrize("variant", _VARIANTS.values(), ids=_VARIANTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("input_format", "wrap"),
    [
        ("text", lambda text: text),
        ("markdown", lambda text: text),
        ("html", lambda text: "<div>" + text + "</div>"),
    ],
)
def test_how_a_file_is_written_makes_no_difference(
    variant: str, encoding: str, input_format: str, wrap: object
) -> None:
    assert callable(wrap)

    def texts(source: str) -> list[str]:
        reading = read(wrap(source).encode(encoding), input_format=input_format)
        return [block.text for block in reading.blocks]

    assert [text.replace("\uf0b7", "•") for text in texts(variant)] == texts(_PLAIN)
