"""Cuts and edits anywhere: the text of a Word file, and what a restored statement says, whatever they are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docx_files import b, docx, p, r
from tests.editing.conftest import parts
from validator.document.text import words
from validator.editing.wordtext import Point, WordText
from validator.mending.wording import restored
from validator.readers import read
from validator.readers.docx_trace import trace

_RUN = st.text(st.sampled_from("ab &<>\u00e9\u2265\U0001f48a.\u0130"), min_size=1, max_size=6)
_PARAGRAPH = st.lists(st.tuples(_RUN, st.booleans()), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PARAGRAPH, min_size=1, max_size=3), st.data())
def test_marks_anywhere_leave_the_text_and_take_nothing_away(paragraphs, data):
    made = docx("".join(p(*(b(text) if bold else r(text) for text, bold in runs)) for runs in paragraphs))
    traced = trace(made)
    text = WordText(traced)
    for number in range(data.draw(st.integers(1, 6))):
        paragraph = data.draw(st.integers(1, len(paragraphs)))
        column = data.draw(st.integers(1, text.length(paragraph) + 1))
        cut = text.cut(Point(paragraph, column), closing=data.draw(st.booleans()))
        assert cut is not None
        text.insert(cut, f'<w:bookmarkStart w:id="{number}" w:name="n"/>', order=number)
    from tests.docx_files import package

    after = package({**parts(made), traced.part: text.finish()})
    assert [block.text for block in read(after).blocks] == [block.text for block in read(made).blocks]
    kept = iter(text.finish())
    assert all(byte in kept for byte in traced.data)  # every byte is still there, in its order


_WORDS = st.lists(
    st.sampled_from(["keep", "this", "medicine", "out", "of", "reach", "may", "must", "not"]),
    min_size=1,
    max_size=9,
)


@settings(max_examples=200, deadline=None)
@given(_WORDS, _WORDS)
def test_a_restored_text_has_the_wanted_words(given_words, wanted_words):
    before, wanted = " ".join(given_words), " ".join(wanted_words).capitalize() + "."
    found = restored(0, before, 0, wanted)
    assert found is not None
    edits, lost = found
    text = before
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert words(text) == words(wanted)
    assert len(lost) <= len(given_words)
