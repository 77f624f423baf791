"""Where law, house rules and schemas lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

PACKAGE = Path(__file__).parent
_house: ContextVar[str] = ContextVar("house", default="")


def law_folder() -> Path:
    """The folder of the law files; `LEAFLET_LAW` points to another one (for people who edit the law)."""
    return law_folders()[0]


def law_folders() -> tuple[Path, ...]:
    """The folder of the law files, and after it that of the house rules in force, if there are any."""
    return _folders(os.environ.get("LEAFLET_LAW", ""), _house.get())


@lru_cache
def _folders(law: str, house: str) -> tuple[Path, ...]:
    base = Path(law) if law else PACKAGE / "law"
    return (base, Path(house)) if house else (base,)


@contextmanager
def house_rules(folder: str) -> Iterator[None]:
    """Lay the law files of a folder over ours for a time; "" leaves what is in force."""
    token = _house.set(folder or _house.get())
    try:
        yield
    finally:
        _house.reset(token)


def of_law(read: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Keep what was read from the law files, apart for each set of folders in force."""

    @cache
    def kept(_folders: tuple[Path, ...], *given: Given.args, **named: Given.kwargs) -> Answer:
        return read(*given, **named)

    @wraps(read)
    def answer(*given: Given.args, **named: Given.kwargs) -> Answer:
        return kept(law_folders(), *given, **named)  # type: ignore[arg-type]

    return answer


def law_digest() -> str:
    """What the law in force is, to the last byte: "sha256:..." over the names and bytes of all its files."""
    digest = hashlib.sha256()
    for folder in law_folders():
        for path in sorted(folder.rglob("*.yaml")):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\n{len(data)}\n".encode() + data)
    return f"sha256:{digest.hexdigest()}"


def schema_folder() -> Path:
    """The folder of the JSON Schemas: a wheel carries them in the package, a checkout at its top."""
    inside = PACKAGE / "schemas"
    return inside if inside.is_dir() else PACKAGE.parent / "schemas"


@lru_cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name, such as "leaflet.eu"."""
    loaded: dict[str, Any] = json.loads((schema_folder() / f"{name}.schema.json").read_text("utf-8"))
    return loaded
