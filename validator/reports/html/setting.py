"""Sets a view into HTML: all that comes from outside is escaped, only our own style and script count."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from validator.reports.terminal import safe

_FOLDER = files(__package__) / "templates"


def _source(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _finalize(value: Any) -> Any:
    """No control character of a leaflet reaches the page; what a macro made has been through here."""
    return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_source),
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    style, script = Markup(_source("style.css")), Markup(_source("script.js"))
    made.globals |= {"style": style, "script": script, "policy": _policy(style, script)}
    return made


def _policy(style: str, script: str) -> str:
    """The content security policy: no address is loaded, and only this style and this script count."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def render(template: str, **values: Any) -> str:
    """A template of this folder with values."""
    return _environment().get_template(template).render(**values)
