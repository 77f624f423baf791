"""Changes entries of a wording file and leaves every other character of it as it is.

The file is edited, not written anew: comments, order and style stay. What came of it is read again and
compared with what was meant; anything else is an error, and nothing is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from validator.errors import ConfigurationError
from validator.yamltext import text_nodes, text_values

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_NAMED = 3  # entries that an error names
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_-]*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """New values of one entry, and a wording that joins its accepted ones.

    `whole` is what the entry holds beside them if the file does not have it yet.
    """

    keys: tuple[str, ...]
    values: Mapping[str, str]
    accepted: str = ""
    whole: Mapping[str, Any] = field(default_factory=dict)


def edited(text: str, entries: Sequence[Entry]) -> str:
    """The text with the entries changed; a ConfigurationError if the file's form does not allow it."""
    known = set(text_values(text) or {})
    first = {entry.keys[0]: entry for entry in reversed(entries) if entry.keys[0] not in known}
    changed = _applied(text, list(first.values()))
    changed = _applied(changed, [entry for entry in entries if entry not in first.values()])
    _verify(text, changed, entries)
    return changed


def _applied(text: str, entries: Sequence[Entry]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    root = text_nodes(text) if entries else None
    edits = [edit for entry in entries for edit in _edits(text, root, entry, end)]
    # From the end, so that places stay true; of those at one place the first comes last.
    for number in sorted(range(len(edits)), key=lambda n: (*edits[n][:3], n), reverse=True):
        start, stop, _, new = edits[number]
        text = text[:start] + new + text[stop:]
    return text


def _verify(text: str, changed: str, entries: Sequence[Entry]) -> None:
    """Read both texts: the entries hold what was meant, and nothing else differs."""
    before, after = text_values(text) or {}, _values(changed)
    wrong = [entry for entry in entries if _at(after, entry.keys) != _meant(before, entry)]
    for values in (before, after):
        for entry in entries:
            if isinstance(parent := _at(values, entry.keys[:-1]), dict):
                parent.pop(entry.keys[-1], None)
    added: dict[str, Any] = {
        entry.keys[0]: {} for entry in entries if entry.keys[0] in after and len(entry.keys) > 1
    }
    if wrong or {**added, **before} != after:
        names = ["/".join(entry.keys) for entry in wrong or entries]
        raise ConfigurationError(
            "the form of the wording file does not allow the change (an alias, or an entry of another form); "
            f"nothing was written: edit {', '.join(names[:_NAMED])} by hand"
        )


def _values(text: str) -> dict[str, Any]:
    try:
        values = text_values(text)
    except Exception:  # whatever the YAML reader says of a text that we broke
        return {}
    return values if isinstance(values, dict) else {}


def _at(values: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def _meant(before: Any, entry: Entry) -> dict[str, Any]:
    held = _at(before, entry.keys)
    return merged(held if isinstance(held, dict) and held else entry.whole, entry)


def merged(values: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """What the entry holds after the change."""
    found = {**values, **entry.values}
    if entry.accepted:
        found["accepted"] = [*(values.get("accepted") or []), entry.accepted]
    return found


Edit = tuple[int, int, bool, str]  # from, to, whether it is a whole new entry, what takes the place


def _edits(text: str, root: Any, entry: Entry, end: str) -> Iterator[Edit]:
    node = root
    for depth, key in enumerate(entry.keys):
        following = _child(node, key)
        if following is None:
            yield from _insertion(text, root, entry, depth, end)
            return
        if following.id == "scalar" and not following.value:  # a key that waits for its value
            at = following.end_mark.index
            yield (
                at,
                at,
                False,
                f" {flow(merged(entry.whole, entry))}" if depth + 1 == len(entry.keys) else "",
            )
            return
        node = following
    if node.id != "mapping":
        return  # the check of the result says so
    after = node.value[0][1]
    for key, value in _wanted(entry):
        there = _child(node, key)
        if there is None:
            yield _pair(
                text,
                node,
                after,
                f"{key}: {_quoted(value) if key != 'accepted' else f'[{_quoted(value)}]'}",
                end,
            )
        elif key == "accepted":
            yield _element(text, there, value, end)
        elif there.value != value:
            yield there.start_mark.index, _stop(text, there), False, _quoted(value)
        after = there or after


def _wanted(entry: Entry) -> Iterator[tuple[str, str]]:
    """Keys in the order in which an entry has them."""
    for key in ("text", "accepted", "seen", "source"):
        if value := entry.accepted if key == "accepted" else entry.values.get(key):
            yield key, value


def _pair(text: str, mapping: Any, after: Any, pair: str, end: str) -> Edit:
    """A new key behind another value of a mapping."""
    if mapping.flow_style:
        at = _stop(text, after)
        return at, at, False, f", {pair}"
    at = _line_end(text, _stop(text, after))
    return at, at, False, f"{end}{' ' * mapping.value[0][0].start_mark.column}{pair}"


def _element(text: str, sequence: Any, value: str, end: str) -> Edit:
    """A new element at the end of a list."""
    if sequence.id != "sequence" or not sequence.value:
        return sequence.start_mark.index, _stop(text, sequence), False, f"[{_quoted(value)}]"
    at = _stop(text, sequence.value[-1])
    if sequence.flow_style:
        return at, at, False, f", {_quoted(value)}"
    at = _line_end(text, at)
    return at, at, False, f"{end}{' ' * sequence.start_mark.column}- {_quoted(value)}"


def _insertion(text: str, root: Any, entry: Entry, depth: int, end: str) -> Iterator[Edit]:
    """An entry that the file does not have: behind its last sister, or at the end of the file."""
    whole = merged(entry.whole, entry)
    parent = _child(root, entry.keys[0]) if depth else None
    line = f"{entry.keys[-1]}: {flow(whole)}"
    if parent is not None and parent.value and not parent.flow_style:
        at = _line_end(text, _stop(text, parent.value[-1][1]))
        yield at, at, True, f"{end}{' ' * parent.value[0][0].start_mark.column}{line}"
    elif depth == 0:
        lead = end if text and not text.endswith("\n") else ""
        nested = f"{entry.keys[0]}:{end}  {line}" if len(entry.keys) > 1 else line
        yield len(text), len(text), True, f"{lead}{nested}{end}"


def _child(node: Any, key: str) -> Any:
    if node is None or node.id != "mapping":
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _stop(text: str, node: Any) -> int:
    """Where the text of a value ends: a block ends with its last value, before comments that follow."""
    if node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        return _stop(text, last[1] if node.id == "mapping" else last)
    stop = int(node.end_mark.index)
    if node.id == "scalar" and node.style in ("|", ">"):
        return len(text[:stop].rstrip())
    return stop


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    if found < 0:
        return len(text)
    return found - 1 if text[found - 1 : found] == "\r" else found


def flow(value: Any) -> str:
    """A value in one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, str):
        return value if _PLAIN_KEY.match(value) and value not in ("true", "false", "null") else _quoted(value)
    return json.dumps(value)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.match(key) else _quoted(key)


def _quoted(text: str) -> str:
    if _PLAIN_KEY.match(text) and text in ("template", "leaflets", "memory", "rendering"):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)
