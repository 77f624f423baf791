"""JSON in which every string value knows where it stands; depth is bounded, numbers are never computed."""

from __future__ import annotations

import json
from collections.abc import Callable
from json import scanner
from json.decoder import scanstring
from typing import Any

from validator.errors import UnreadableError
from validator.readers.limits import Limits
from validator.readers.source import Quoted, quoted


def parse(text: str, limits: Limits) -> Any:
    """The value of a JSON text: objects as dict (the last of equal keys counts), strings as `Quoted`.

    Numbers stay strings. Raises UnreadableError for what is not JSON or nests too deep.
    """
    try:
        return _Decoder(limits.max_depth).decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"the file is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None
    except RecursionError:
        raise UnreadableError(f"the JSON is nested deeper than {limits.max_depth} levels") from None


class _Decoder(json.JSONDecoder):
    """The decoder of the standard library with its Python scanner, which asks for each string by place."""

    def __init__(self, max_depth: int) -> None:
        super().__init__(parse_int=str, parse_float=str, parse_constant=str, strict=False)
        self.depth, self.max_depth = 0, max_depth
        self.parse_string = _string
        self.parse_object = self._bounded(self.parse_object)
        self.parse_array = self._bounded(self.parse_array)
        self.scan_once = scanner.py_make_scanner(self)

    def _bounded(self, parse: Callable[..., Any]) -> Callable[..., Any]:
        def deeper(*arguments: Any) -> Any:
            self.depth += 1
            if self.depth > self.max_depth:
                raise RecursionError
            value = parse(*arguments)
            self.depth -= 1
            return value

        return deeper


def _string(text: str, begin: int, strict: bool) -> tuple[Quoted, int]:
    value, end = scanstring(text, begin, strict)
    return quoted(value, begin, end - 1, "json"), end
