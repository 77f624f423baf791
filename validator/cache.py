"""Results kept from run to run, known by all that they rest on: unchanged files need no second look."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from validator._version import __version__
from validator.document.outcome import Verdict
from validator.errors import UsageError
from validator.record import plain
from validator.report import Document, Finding, Judgement, Law, Place, Product, Recognised, Waiver
from validator.resources import house_rules, law_digest
from validator.settings import Options

_PACKAGE = Path(__file__).parent
_Record = TypeVar("_Record")
# The records in a document, by the record that holds them and the key.
_PARTS: dict[type[Any], dict[str, type[Any]]] = {
    Document: {
        "recognised": Recognised,
        "product": Product,
        "findings": Finding,
    },
    Finding: {"location": Place, "citation": Law, "waived": Waiver},
    **{kind: {} for kind in (Recognised, Product, Place, Law, Waiver)},
}
# Told to version control and to backups: nothing in here is worth keeping.
_BESIDE = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Results of leaflet-validator.\n",
}


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of results. `stamp` is what all of them rest on: program and law.

    An entry is a digest of its own content, and the content: what was cut short, altered or written by
    another version is passed over and written anew.
    """

    folder: str
    stamp: str

    def find(self, data: bytes, path: str, options: Options) -> tuple[Document, ...] | None:
        """The documents of a file, None if they are not known."""
        try:
            kept = self._entry(data, path, options).read_bytes()
        except OSError:
            return None
        digest, _, content = kept.partition(b"\n")
        if digest != _digest(content):
            return None
        try:
            found = [_document(entry) for entry in json.loads(content)]
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return tuple(replace(document, path=path) for document in found)

    def keep(self, data: bytes, path: str, options: Options, documents: tuple[Document, ...]) -> None:
        """Write the documents of a file down; where that fails the next run works them out again."""
        content = json.dumps([_written(each) for each in documents], ensure_ascii=False).encode()
        entry = self._entry(data, path, options)
        with suppress(OSError):
            entry.parent.mkdir(exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=entry.parent, prefix=".")
            with os.fdopen(handle, "wb") as stream:
                stream.write(_digest(content) + b"\n" + content)
            os.replace(temporary, entry)

    def _entry(self, data: bytes, path: str, options: Options) -> Path:
        """The file of an entry; of the name only the suffix counts, it may tell the format."""
        used = asdict(options.at(path))
        told = json.dumps(used, sort_keys=True, default=str)
        key = hashlib.sha256(f"{self.stamp}\n{os.path.splitext(path)[1].lower()}\n{told}\n".encode() + data)
        name = key.hexdigest()
        return Path(self.folder, name[:2], name[2:])


def _written(document: Document) -> dict[str, Any]:
    """A document as plain values; of its verdicts, by far the most of it, the values alone."""
    verdicts = [(each.rule, each.verdict, each.reason) for each in document.requirements]
    return {**plain(replace(document, requirements=())), "requirements": verdicts}


def _document(values: dict[str, Any]) -> Document:
    found = _made(Document, {**values, "requirements": []})
    return replace(found, requirements=tuple(_judgement(*each) for each in values["requirements"]))


@lru_cache(maxsize=20_000)
def _judgement(rule: str, verdict: Verdict, reason: str) -> Judgement:
    """A verdict; most files have most of them in common, and one that does not change can be shared."""
    return Judgement(rule=rule, verdict=verdict, reason=reason)


def _made(kind: type[_Record], values: dict[str, Any]) -> _Record:
    """A record of plain values, as `plain` wrote it; lists become tuples, tables records."""
    inner = _PARTS[kind]
    return kind(**{key: _value(inner.get(key), value) for key, value in values.items()})


def _value(kind: type[Any] | None, value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_made(kind, entry) for entry in value] if kind else value)
    return _made(kind, value) if kind and value is not None else value


def cache(folder: str, options: Options) -> Cache:
    """The cache in a folder, which is made; a UsageError says why there can be none."""
    try:
        os.makedirs(folder, exist_ok=True)
        for name, content in _BESIDE.items():
            if not (path := Path(folder, name)).exists():
                path.write_text(content, "utf-8")
    except OSError as error:
        raise UsageError(f"cannot keep results in {folder}: {error.strerror}") from None
    with house_rules(options.law):
        return Cache(folder, f"{__version__} {_program()} {law_digest()}")


def _program() -> str:
    """What the program is, by size and time of its files: a changed checkout has the same version."""
    stats = ((path.name, path.stat()) for path in sorted(_PACKAGE.rglob("*.py")))
    told = "\n".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return hashlib.sha256(told.encode()).hexdigest()


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
