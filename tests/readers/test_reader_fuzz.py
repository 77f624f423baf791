"""Whatever the bytes, each reader hands out blocks or says in one sentence why it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, chapters, fhir, narrative, spl
from tests.leaflets import input_of
from tests.pdf_files import pdf_of
from validator.errors import UnreadableError
from validator.readers import Limits, formats, read

_TEXT = input_of("eu-tablet")[:3000]
_SAMPLES = {
    "text": [_TEXT.encode()],
    "markdown": [_TEXT.replace("\n\n", "\n\n# ").encode(), b"| a | b |\n|---|---|\n| **c** | [d](e) |\n"],
    "html": [narrative(chapters(_TEXT)[0].lines).encode(), b"<table><tr><td>a<td><ul><li>b<h2>c</table>"],
    "fhir": [as_json(fhir(_TEXT, nested=True), indent=None), as_xml(fhir(_TEXT, nested=False))],
    "spl": [spl(_TEXT)],
    "docx": [docx_of(_TEXT)],
    "pdf": [pdf_of(_TEXT)],
}
_SCRAPS = [
    b"<",
    b">",
    b"&",
    b'"',
    b"\\",
    b"\\u",
    b"{",
    b"]",
    b"\0",
    b"\xff",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a>",
]
_SCRAPS += [b"</div>", b"\n", b"<!--", b"<p", b"&#", b"&lt;/p&gt;", b"|", b"**", b"\xef\xbb\xbf"]
_CHANGE = st.tuples(
    st.integers(0, 6000), st.integers(0, 40), st.sampled_from(_SCRAPS) | st.binary(max_size=4)
)


def _survives(data: bytes, input_format: str | None) -> None:
    try:
        reading = read(data, input_format=input_format, limits=Limits(max_depth=50))
    except UnreadableError as error:
        message = str(error)
    else:
        message = " ".join(reading.notes)
        for block in reading.blocks:
            assert block.text or block.kind == "image"
            place = block.place()
            assert place.line or place.paragraph
    assert "\n" not in message


def test_every_reader_is_fuzzed() -> None:
    assert set(_SAMPLES) == set(formats())


@pytest.mark.parametrize("input_format", _SAMPLES)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mutated_file(input_format: str, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(_SAMPLES[input_format]))
    for at, length, scrap in data.draw(st.lists(_CHANGE, max_size=6)):
        file = file[:at] + scrap + file[at + length :]
    _survives(file, data.draw(st.sampled_from([input_format, None])))


@pytest.mark.parametrize("input_format", [*_SAMPLES, None])
@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300) | st.lists(st.sampled_from(_SCRAPS), max_size=40).map(b"".join))
def test_random_bytes(input_format: str | None, data: bytes) -> None:
    _survives(data, input_format)
