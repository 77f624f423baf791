"""Main headings, the contents list, and the sections between the headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.catalogue import languages
from validator.document.blocks import Block
from validator.document.leaflet import ContentsList, Heading
from validator.lexicon import Headings, Lexicon
from validator.lexicon import lexicon as reference
from validator.outline.lines import Line, Words

_SURE = {"template": 2, "accepted": 1, "fuzzy": 0, "coded": -1, "foreign": -1}  # the words win over a code
_REFERENCE = (
    "en"  # the language that templates are first written in, and that shells of documents are left in
)
_LEAST_ENTRIES = 3  # fewer headings in a row are empty sections, not a contents list


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that is a main heading by its words or by its code: which, how surely, how it deviates."""

    id: str
    line: Line
    quality: str
    score: int


def candidates(lines: Sequence[Line], blocks: Sequence[Block], lexicon: Lexicon) -> list[Candidate]:
    """All lines that read like main headings, in order, those of the contents list included."""
    found = []
    for line in lines:
        block = blocks[line.block]
        if line.short and (match := _match(line, lexicon.sections) or _coded(block, lexicon)):
            score = 2 * bool(line.number) + 2 * (block.kind == "heading") + block.strong
            score += _SURE[match[1]]
            found.append(Candidate(match[0], line, match[1], score))
    return sorted((*found, *_foreign(lines, blocks, lexicon, found)), key=lambda each: each.line.block)


def _foreign(
    lines: Sequence[Line], blocks: Sequence[Block], lexicon: Lexicon, known: Sequence[Candidate]
) -> list[Candidate]:
    """Headings that a document's shell has in the templates' first language, for sections that have no other.

    Only a block that its format marks as a heading, with the template's number, is one.
    """
    law = lexicon.profile
    gone = {plan.id: plan.number for plan in law.sections} if lexicon.pack.language != _REFERENCE else {}
    for candidate in known:
        if blocks[candidate.line.block].kind == "heading":
            gone.pop(candidate.id, None)
    numbered = [line for line in lines if line.number and blocks[line.block].kind == "heading"]
    taken = {candidate.line.block for candidate in known}
    numbered = [line for line in numbered if line.block not in taken]
    if not gone or not numbered or _REFERENCE not in languages(law.market):
        return []
    headings = reference(law.market, _REFERENCE, law.template).sections
    found = []
    for line in numbered:
        match = _match(line, headings)
        if match and gone.get(match[0]) == int(line.number):
            found.append(Candidate(match[0], line, "foreign", 4 + _SURE["foreign"]))
    return found


def _match(line: Line, headings: Headings) -> tuple[str, str] | None:
    exact = headings.whole(line.words)
    if exact is None and line.firm:
        exact = headings.fuzzy(line.words)
    if exact is None and line.number:
        exact = headings.glued(line.words)
    return (exact.id, exact.quality) if exact else None


def _coded(block: Block, lexicon: Lexicon) -> tuple[str, str] | None:
    """The section that a heading of unknown words opens by its code, if the template has that section."""
    known = block.claims and any(plan.id == block.claims for plan in lexicon.profile.sections)
    return (block.claims, "coded") if known else None


def contents_lists(
    found: Sequence[Candidate], lines: Sequence[Line], blocks: Sequence[Block], lexicon: Lexicon
) -> tuple[ContentsList, ...]:
    """The list of headings at the top, and others that repeat it: the one with a title comes first.

    A list is a run of headings without text between them, with its title before it, or whose headings
    come again. Web pages have a second one, of links to the sections. What the format marks as headings,
    each, and has only once are the headings of sections that are empty.
    """
    lists = tuple(_contents_lists(found, lines, blocks, lexicon))
    return tuple(sorted(lists, key=lambda each: each.title is None))


def _contents_lists(
    found: Sequence[Candidate], lines: Sequence[Line], blocks: Sequence[Block], lexicon: Lexicon
) -> Iterator[ContentsList]:
    titles = {line.block for line in lines if _is(line, lexicon, "contents")}
    order = {line.block: position for position, line in enumerate(lines)}
    for run in _runs(found, order):
        title = next((index for index in (_before(run[0], lines, order),) if index in titles), None)
        later = {candidate.id for candidate in found if candidate.line.block > run[-1].line.block}
        again = sum(candidate.id in later for candidate in run)
        if not again and all(blocks[candidate.line.block].kind == "heading" for candidate in run):
            continue
        if title is not None or (len(run) >= _LEAST_ENTRIES and again >= len(run) - 2 and again >= 2):
            stop = run[-1].line.block + 1
            after = order[run[-1].line.block] + 1
            if after < len(lines) and _is(lines[after], lexicon, "contents-end"):
                stop = lines[after].block + 1
            first = run[0].line.block if title is None else title
            yield ContentsList(first, stop, title, tuple((c.id, c.line.block) for c in run))


def contents_paragraph(text: Words, stop: int, lexicon: Lexicon) -> ContentsList | None:
    """A contents list that is one paragraph, before block `stop`: its title and headings after it."""
    for index in range(stop):
        line = f" {' '.join(text.tokens[index])} "
        title = lexicon.titles.match(line)
        entries = lexicon.sections.inside(line) if title and title.id == "contents" else []
        if len(entries) >= _LEAST_ENTRIES:
            return ContentsList(index, index + 1, index, tuple((key, index) for key in entries))
    return None


def _is(line: Line, lexicon: Lexicon, what: str) -> bool:
    closed = lexicon.titles.closed
    if not line.short or (closed is not None and line.opening not in closed):
        return False
    match = lexicon.titles.whole(line.words)
    return match is not None and match.id == what


def _before(candidate: Candidate, lines: Sequence[Line], order: dict[int, int]) -> int | None:
    at = order[candidate.line.block]
    return lines[at - 1].block if at else None


def _runs(found: Sequence[Candidate], order: dict[int, int]) -> list[list[Candidate]]:
    """Headings that follow one another with next to nothing between, each section once a run."""
    runs: list[list[Candidate]] = []
    for candidate in found:
        previous = runs[-1][-1] if runs else None
        # One line that is no known heading may stand between two entries of a list.
        adjoining = previous and order[candidate.line.block] - order[previous.line.block] <= 2
        if adjoining and candidate.id not in {entry.id for entry in runs[-1]}:
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs


def body_headings(
    found: Sequence[Candidate], lists: Sequence[ContentsList]
) -> tuple[list[Candidate], dict[str, list[Candidate]]]:
    """One heading a section, in reading order, and the repeated headings of each; none of those in lists."""
    inside = {index for each in lists for index in range(each.first, each.stop)}
    by_id: dict[str, list[Candidate]] = {}
    for candidate in found:
        if candidate.line.block not in inside and candidate.score >= 1:
            by_id.setdefault(candidate.id, []).append(candidate)
    chosen, repeats = [], {}
    for key, several in by_id.items():
        best = max(several, key=lambda candidate: (candidate.score, -candidate.line.block))
        chosen.append(best)
        repeats[key] = [c for c in several if c is not best and c.score >= best.score >= 4]
    chosen.sort(key=lambda candidate: candidate.line.block)
    return chosen, repeats


def heading(candidate: Candidate, block: Block, expected_number: int | None) -> Heading:
    """The heading with every deviation from the template kept."""
    deviations = []
    if expected_number is not None:
        if not candidate.line.number:
            deviations.append("unnumbered")
        elif int(candidate.line.number) != expected_number:
            deviations.append("number")
    if block.claims and block.claims != candidate.id:
        deviations.append("code")
    if candidate.quality != "template":
        deviations.append(candidate.quality)
    start = candidate.line.start
    return Heading(
        candidate.line.block,
        0,
        len(block.text),
        block.text[start:],
        candidate.line.number,
        tuple(deviations),
    )
