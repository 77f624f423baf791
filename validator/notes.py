"""The reasons that verdicts give, in plain words; checks name them by key."""

from __future__ import annotations

from collections.abc import Sequence

from validator.document.leaflet import Leaflet
from validator.document.location import Location, Span
from validator.document.outcome import Problem

_TOLD, _TOLD_CHARS = 2, 40  # further places of a slip, and how much of their words

NOTES = {
    "checked": "checked",
    "found": "{place}",
    "context": "not found in these words under its sub-heading, {place}: a person must look",
    "amount-unclear": "named in {place}; whether the figures there are its amount must be looked at",
    "composition-unnamed": "whether the composition names the active substance must be looked at",
    "present": "{place}",
    "accepted": "accepted variant, {place}",
    "altered": "present, {place}, with other words",
    "paraphrase": "said in other words, {place}: a person must compare",
    "rendering": "{place}: this language has no official wording in this market, a person must compare",
    "misplaced": "present, {place}, in another section",
    "told": "{place}",
    "told-elsewhere": "{place}, outside the section where it belongs",
    "subheading": "under its own sub-heading, {place}",
    "empty-subheading": "its sub-heading has no text ({place}), see section/subsection",
    "subheadings": "{count} sub-headings of the template, each once and with text",
    "section-missing": "explained by section/{section}, which is missing or empty",
    "lost-passages": "the file has lost passages, see document/truncated: a person must look in the source",
    "told-by": "what does not fit there is told by {rule}",
    "no-wording": "no wording is known for this language",
    "no-check": "no program can judge this",
    "front-lost": "the file itself says that its opening block is not available",
    "no-notice": "the leaflet carries no additional-monitoring notice",
    "no-pointer": "the notice points to no section",
    "points": "points to section {number}, {place}",
    "list-unknown": "the status of this substance must be looked up in the current list (list of {date})",
    "list-other": "with this substance on the list of {date}: {names}; this medicine must be looked up",
    "list-without": "neither the medicine nor its substance is on the list of {date}: a person must look",
    "listed": "agrees with the list of {date}",
    "effect-unnamed": "the effects are told, {place}, but {name} is not named there: a person must look",
    "no-system": "no national reporting system is named by its address",
    "no-references": "the text refers to no section by number",
    "references": "{count} references lead to a section",
    "not-listed": "not among the listed ingredients",
    "threshold": "{name} is listed; its statement is required from {amount}: a person must look it up",
    "no-list": "no list of the other ingredients was found",
    "listed-too": "nothing is said to be contained that the list of ingredients does not name",
    "no-amount": "no amount is stated",
    "level": "what is said fits the amount, {place}",
    "no-share": "no share of the daily intake is stated",
    "share": "the share of the daily intake agrees with the amount, {place}",
    "share-unclear": "the amount to which the share of the daily intake belongs is not clear, {place}",
    "no-ages": "no age limits of children to compare were found",
    "ages": "no dose is given below a forbidden age, {place}",
    "no-name": "no product name was found in the headings",
    "name": "“{name}” throughout, {place}",
    "dose-or-content": "the name may give one dose, the composition what a volume or container holds",
    "no-strength": "no strength is stated in both the name and the composition",
    "strengths": "{strengths}",
    "no-heading": "the leaflet has no such sub-heading",
    "other-strengths": "section 6 has none of the strengths of the title",
    "each-strength": "{count} strengths, each with its composition",
    "not-asked": "the template does not ask for it in the leaflet",
    "no-substance": "title or active substance could not be read",
    "substance": "“{name}” in title and composition",
    "substance-not-in-title": "“{name}” was not found in the title lines",
    "no-categories": "no frequency category was found; a person must look whether frequencies are told",
    "no-definitions": "no frequency category is explained",
    "defined": "{labels}, {place}",
    "figures": "{count} definitions agree with their figures",
    "no-smpc": "the file holds no SmPC in this language whose section 4.8 lists reactions by frequency",
    "no-common-effects": "no effect stands under one category in the same words as in the SmPC",
    "as-in-smpc": "effects under the same category as in section 4.8 of the SmPC: {count}",
    "several-lists": "several lists of side effects, each by itself",
    "in-order": "from the most to the least frequent",
    "used": "every explained category is used",
    "readable-definitions": "every definition can be read",
    "no-example": "no worked example was found",
    "examples": "{sums}, {place}",
    "no-range": "no range of doses was found",
    "in-range": "{dose} lies in {range}, {place}",
    "ranges": "{count} ranges ascend",
    "no-dose": "no dose was found",
    "units": "no dose stands beside itself in another unit",
    "other-scheme": "the categories follow another scheme than the template's, {place}",
    "no-duration": "no duration of treatment was found",
    "no-improvement": "nothing is said of days without improvement",
    "asked-after": "a doctor is asked after {time}, {place}",
    "durations": "the {count} durations of treatment agree",
    "no-declared-strength": "no strength is stated in the name or the composition",
    "no-multiple": "no number of units stands beside an amount",
    "multiples": "{count} amounts agree with their number of units, {place}",
    "no-total": "no daily total stands beside a dose and its intakes",
    "totals": "{count} totals agree, {place}",
    "no-volume": "no volume stands beside an amount with a known concentration",
    "volumes": "{count} volumes agree, {place}",
    "no-bands": "no weight bands were found",
    "bands": "{count} lists of weight bands join without hole or overlap, {place}",
    "balanced": "all brackets are closed",
    "nothing-left": "nothing of the kind was found",
    "readability": "{name} {figure}, {words} words a sentence",
    "no-formula": "no readability formula is known for this language",
    "too-short": "too few whole sentences to measure",
    "no-revisions": "the format ({format}) has no revision marks",
    "no-sections": "one of the two files has no sections",
    "sections": "the same sections and sub-sections, in the same order",
    "items": "every paragraph and list item has its counterpart",
    "numbers": "the same figures with the same units",
    "frequencies": "the same frequency categories with the same figures",
    "said-on-both-sides": "what the source says is not missing here",
    "same-language": "both leaflets are in one language",
    "named": "the product is called {name}",
    "no-denials": "it is not known how one of the languages denies",
    "no-force": "it is not known how one of the languages says that something is urgent",
    "denied-on-both-sides": "what the source denies is denied here",
    "own-system": "the reporting system named is that of the country",
    "as-binding": "what is urgent or a duty in the source is so in the translation",
    "marks": "brackets close, and no placeholder was lost",
    "no-contacts": "the source names no address and no telephone number",
    "contacts": "the addresses and numbers of the source stand here",
    "no-dates": "the source names no date",
    "dates": "the dates of the source stand here",
    "substances": "the substances of the source are named here",
    "complete": "the text reaches the last section",
    "finished": "no sentence breaks off",
    "language": "{value}",
    "unchanged": "nothing of the kind changed",
    "readable": "the whole text was read",
}


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


# What a finding says where the requirement has no sentence of its own for its problem.
MESSAGES: dict[Problem, str] = {
    "missing": "“{expected}” is missing.",
    "altered": "“{evidence}” differs from what is required: {difference}.",
    "misplaced": "“{evidence}” stands in another place ({found}); it belongs in {home}.",
    "out-of-order": "“{evidence}” does not stand in the required order.",
    "duplicate": "“{evidence}” stands more than once.",
    "empty": "“{evidence}” has no text.",
    "inconsistent": "“{evidence}” contradicts another part of the leaflet.",
    "unresolved": "“{evidence}” points to nothing.",
    "leftover": "“{evidence}” was left over.",
    "outdated": "“{evidence}” is the wording of an older template.",
    "unreadable": "Part of the file could not be read: {evidence}.",
}


def reason(note: str, **values: str) -> str:
    """The sentence of a note; slots without a value stay empty."""
    return NOTES[note].format_map(_Values(values)).strip(" ,:")


def where(leaflet: Leaflet, span: Span | None) -> str:
    """The place of a span as the file counts: pages, lines or paragraphs; "" for none."""
    return "" if span is None else told(leaflet.place(span))


def told(place: Location) -> str:
    """A place as the file counts it: page, lines or paragraph."""
    if place.page:
        return f"page {place.page}, line {place.line}"
    if place.line:
        same = place.end_line in (None, place.line)
        return f"line {place.line}" if same else f"lines {place.line}-{place.end_line}"
    return f"paragraph {place.paragraph}" if place.paragraph else ""


def others(leaflet: Leaflet, spans: Sequence[Span]) -> str:
    """The first of further places of the same, in brackets, and how many there are beside them."""
    told = [f"“{_cut(leaflet.text(span))}”, {where(leaflet, span)}" for span in spans[:_TOLD]]
    more = f"; and {len(spans) - _TOLD} more" if len(spans) > _TOLD else ""
    return f" (also {'; '.join(told)}{more})"


def _cut(text: str) -> str:
    return text if len(text) <= _TOLD_CHARS else text[: _TOLD_CHARS - 1].rstrip() + "…"
