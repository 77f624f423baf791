"""Where law and schemas lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


def law_folder() -> Path:
    """The folder of the law files; `LEAFLET_LAW` points to another one (for people who edit the law)."""
    return Path(os.environ.get("LEAFLET_LAW") or _PACKAGE / "law")


def schema_folder() -> Path:
    """The folder of the JSON Schemas: a wheel carries them in the package, a checkout at its top."""
    inside = _PACKAGE / "schemas"
    return inside if inside.is_dir() else _PACKAGE.parent / "schemas"


@lru_cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name, such as "leaflet.eu"."""
    loaded: dict[str, Any] = json.loads((schema_folder() / f"{name}.schema.json").read_text("utf-8"))
    return loaded
