"""Keeps the validated law of the package, as Python keeps compiled modules: beside it, in `__pycache__`.

Reading YAML and validating it takes half of a run over one leaflet. What is kept names the files it was
made from, to the byte, and the models it was made by, and counts for no others; where it cannot be
written, the YAML is read again. House rules are never kept.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

from validator import records
from validator.resources import PACKAGE

Model = TypeVar("Model")
# As with a compiled module: what was cut short, or made by other versions, is made anew.
_UNUSABLE = (
    *(OSError, EOFError, ValueError, AttributeError, ImportError, IndexError, KeyError, TypeError),
    pickle.UnpicklingError,
)


def kept(file: Path, model: type[Model], read: Callable[[], tuple[Model, Iterable[Path]]]) -> Model:
    """A law file as a model, by `read` unless it is kept; `read` answers with all files it read."""
    if PACKAGE not in file.parents:
        return read()[0]
    made_by = _versions(model.__module__)
    beside = Path(cache_from_source(str(file))).with_suffix(f".{model.__name__}.pickle")
    with suppress(*_UNUSABLE), beside.open("rb") as stored:
        if pickle.load(stored) == made_by and _unchanged(pickle.load(stored)):
            known: Model = pickle.load(stored)
            return known
    value, files = read()
    _keep(beside, made_by, {str(path): _digest(path) for path in files}, value)
    return value


def _unchanged(files: Mapping[str, str]) -> bool:
    return all(_digest(Path(path)) == digest for path, digest in files.items())


def _digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()


@cache
def _versions(module: str) -> tuple[tuple[str, int, int], ...]:
    """What a kept model depends on beside the law: the modules that say how it looks and how it is read."""
    sources = (sys.modules[module].__file__, records.__file__, __file__)
    stats = [(str(source), os.stat(str(source))) for source in sources]
    return tuple((source, stat.st_mtime_ns, stat.st_size) for source, stat in stats)


def _keep(beside: Path, *parts: object) -> None:
    """Write in one step, so that a run beside this one never reads half a file."""
    with suppress(OSError):  # a folder one may not write to
        beside.parent.mkdir(exist_ok=True)
        partial = beside.with_suffix(f".{os.getpid()}")
        partial.write_bytes(b"".join(pickle.dumps(part) for part in parts))
        partial.replace(beside)
