"""Hostile and broken Word files: one plain sentence each, in little time and memory."""

from __future__ import annotations

import struct
import time
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docx_files import MAIN, docx, docx_of, numbered, p, package, r, relationships, root
from tests.leaflets import input_of
from validator.errors import UnreadableError
from validator.readers import Limits, read

LEAFLET = docx_of(input_of("eu-tablet"), automatic=True)
_ANY_RATIO = Limits(max_ratio=10**9)


def document(xml: str) -> bytes:
    return package({MAIN: xml})


def refused(data: bytes, limits: Limits = _ANY_RATIO) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, limits=limits)
    return str(caught.value)


def _nested(tag: str, depth: int) -> bytes:
    return docx(f"<w:{tag}>" * depth + p("x") + f"</w:{tag}>" * depth)


_BODY = "<w:body><w:p/></w:body>"
_BOMB = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_FILES = {
    "an entity bomb": (
        document(_BOMB + root("w:document", f"<w:body>{p('&b;')}</w:body>").partition("?>")[2]),
        "the part word/document.xml declares a document type, which no Word file does",
    ),
    "an external entity": (
        document(
            '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            + root("w:document", f"<w:body>{p('&x;')}</w:body>").partition("?>")[2]
        ),
        "the part word/document.xml declares a document type, which no Word file does",
    ),
    "10,000 levels": (_nested("sdt", 10_000), "the part word/document.xml is nested too deeply"),
    "200 levels": (_nested("sdt", 200), "the text is nested deeper than 100 levels"),
    "fields in fields": (
        docx(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 200)),
        "the text is nested deeper than 100 levels",
    ),
    "too many elements": (
        docx("<w:r/>" * 100),
        "the part word/document.xml has more than 50 elements",
    ),
    "too many paragraphs": (docx("<w:p/>" * 30), "the file has more than 20 paragraphs"),
    "a text too long for the parser": (
        docx(p(r("x" * 11_000_000))),
        "the part word/document.xml holds a text that is too long",
    ),
    "not XML": (document("no XML"), "the part word/document.xml is no well-formed XML"),
    "empty": (document(""), "the part word/document.xml is no well-formed XML"),
    "a NUL byte": (
        document(root("w:document", _BODY).replace("<w:p/>", "<w:p/>\0")),
        "the part word/document.xml is no well-formed XML",
    ),
    "no body": (
        document(root("w:document", "")),
        "the Word file has no text: the part word/document.xml is missing or is none",
    ),
    "no document": (
        package({"word/styles.xml": root("w:styles", "")}),
        "the Word file has no text: the part word/document.xml is missing or is none",
    ),
    "broken styles": (
        docx(p("x"), styles="<w:style>"),
        "the part word/styles.xml is no well-formed XML",
    ),
    "cut off": (LEAFLET[:-300], "the ZIP archive is damaged or cut off"),
    "a zip bomb": (
        docx("<w:r/>" * 1_000_000),
        "word/document.xml unpacks to more than 200 times its size",
    ),
    "too large unpacked": (LEAFLET, "the file unpacks to more than the limit of 0.01 MB"),
    "too many entries": (
        package({f"word/{n}": "" for n in range(100)}),
        "the ZIP archive has more than 50 entries",
    ),
}
_LIMITS = {
    "too many elements": Limits(max_elements=50),
    "too many paragraphs": Limits(max_blocks=20),
    "a zip bomb": Limits(),
    "too large unpacked": Limits(max_unpacked=10_000),
    "too many entries": Limits(max_entries=50),
}


@pytest.mark.parametrize("name", _FILES)
def test_each_is_one_sentence_that_names_the_cause(name: str) -> None:
    data, cause = _FILES[name]
    assert refused(data, _LIMITS.get(name, _ANY_RATIO)) == cause


def _forged(data: bytes, offset: int, value: int, form: str) -> bytes:
    """The archive with a number in the directory entry of the document changed."""
    forged = bytearray(data)
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(MAIN.encode()))
    struct.pack_into(form, forged, at + offset, value)
    return bytes(forged)


_FORGERIES = {
    "a password": (8, 1, "<H", "the ZIP archive is protected by a password"),
    "a method of its own": (10, 14, "<H", "word/document.xml is packed by a method that is not supported"),
    "a size too small": (
        24,
        10,
        "<I",
        "the ZIP archive is damaged or cut off: word/document.xml cannot be unpacked",
    ),
    "a size too large": (24, 3_000_000_000, "<I", "the file unpacks to more than the limit of 50 MB"),
    "a wrong checksum": (
        16,
        1,
        "<I",
        "the ZIP archive is damaged or cut off: word/document.xml cannot be unpacked",
    ),
}


@pytest.mark.parametrize(("offset", "value", "form", "cause"), _FORGERIES.values(), ids=_FORGERIES)
def test_what_the_archive_claims_is_not_believed(offset: int, value: int, form: str, cause: str) -> None:
    assert refused(_forged(LEAFLET, offset, value, form)) == cause


@pytest.mark.parametrize(
    "body",
    [
        p("<w:r/>" * 1_000_000),
        "<w:p/>" * 100_000,
        p("<w:ins>" * 80 + r("a") * 20_000 + "</w:ins>" * 80),
        f'<w:tbl><w:tr>{"<w:tc><w:tcPr><w:gridSpan w:val=&quot;63&quot;/></w:tcPr></w:tc>" * 50_000}</w:tr></w:tbl>'
        .replace("&quot;", '"'),
        p(r("1 ( [ " * 150_000)),
    ],
    ids=["1,000,000 empty runs", "empty paragraphs", "nested insertions", "wide cells", "brackets"],
)  # fmt: skip
def test_much_of_nothing_takes_little_time(body: str) -> None:
    data = docx(body)
    start = time.process_time()
    read(data, limits=_ANY_RATIO)
    assert time.process_time() - start < 15


def test_what_lies_outside_is_not_followed_and_what_lies_inside_is_not_unpacked() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = relationships(
        f'<Relationship Id="a" Type="{office}/header" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{office}/footer" Target="../../../etc/passwd"/>'
        f'<Relationship Id="c" Type="{office}/styles" Target="styles.xml"/>'
    )
    inner = docx("<w:p/>" * 1000)
    files = {
        MAIN: root("w:document", f"<w:body>{p('text')}</w:body>"),
        "word/_rels/document.xml.rels": links,
        "word/embeddings/inner.docx": inner,
        "../outside.xml": "x",
    }
    reading = read(package(files))
    assert [block.text for block in reading.blocks] == ["text"]
    assert reading.notes == ("lost: the file lacks parts that it refers to: word/styles.xml, etc/passwd",)


def test_the_main_part_may_have_another_name_and_case() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    files = {
        "_rels/.rels": relationships(f'<Relationship Id="a" Type="{office}" Target="Word/document2.xml"/>'),
        "word/Document2.xml": root("w:document", f"<w:body>{p('text')}</w:body>"),
    }
    assert [block.text for block in read(package(files)).blocks] == ["text"]


def _survives(data: bytes) -> None:
    with suppress(UnreadableError):
        read(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_as_archive_and_as_document(noise: bytes) -> None:
    _survives(b"PK\x03\x04" + noise)
    _survives(package({MAIN: noise}))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_archive(data: st.DataObject) -> None:
    damaged = bytearray(LEAFLET)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    _survives(bytes(damaged[: data.draw(st.integers(len(damaged) // 2, len(damaged)))]))


_TAGS = (
    "p r t pPr rPr tab br sym fldChar ins del delText moveFrom moveTo tbl tr tc tcPr gridSpan sdt sdtContent"
)
_TAGS += " drawing pict txbxContent numPr numId ilvl vanish b rStyle pStyle framePr footnoteReference trPr"
_TAGS += " rPrChange pPrChange commentRangeStart commentReference outlineLvl hyperlink body altChunk rFonts"
_VALUES = st.sampled_from(
    ["", "0", "1", "9", "-1", "99999999999", "x", "begin", "separate", "end", "F071", "drop"]
)


def _element(tag: str, name: str, value: str, inner: list[str]) -> str:
    return f'<w:{tag} w:{name}="{value}">{"".join(inner)}</w:{tag}>'


_TREES = st.recursive(
    st.sampled_from(["text", " ", "\uf0b7", "•"]),
    lambda inner: st.builds(
        _element,
        st.sampled_from(_TAGS.split()),
        st.sampled_from(["val", "id", "fldCharType", "char", "font", "dropCap", "author", "ascii"]),
        _VALUES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=40,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_TREES, max_size=4).map("".join), st.sampled_from(["accepted", "original"]))
def test_elements_in_any_order(body: str, revisions: str) -> None:
    reading = read(
        docx(body, numbering=f"<w:abstractNum>{body}</w:abstractNum>", footnotes=body), revisions=revisions
    )
    assert all(block.text == block.text.strip() for block in reading.blocks)


def _zip_with(entries: int) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(entries):
            archive.writestr(str(number), "")
    return stream.getvalue()


def test_a_directory_of_too_many_entries_is_not_even_listed() -> None:
    assert refused(_zip_with(10_001)) == "the ZIP archive has more than 10000 entries"


def test_a_list_has_nine_levels_and_no_more_is_looked_at() -> None:
    def override(start: int) -> str:
        return f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'

    overrides = "".join(map(override, [*range(9), 50]))
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )
    (block,) = read(docx(p("x", properties=numbered(1)), numbering=numbering)).blocks
    assert block.marker == "8."
