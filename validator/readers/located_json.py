"""JSON in which every string value knows where it stands; depth is bounded, numbers are never computed."""

from __future__ import annotations

import re
from typing import NoReturn

from validator.errors import UnreadableError
from validator.readers.limits import Limits
from validator.readers.source import Lines, Quoted, quoted, unescape_json

Value = dict[str, "Value"] | list["Value"] | Quoted | None

_TOKEN = re.compile(
    r"[ \t\n\r]*+(?:(?P<sign>[{}\[\],:])|\"(?P<string>[^\"\\]*+(?:\\.[^\"\\]*+)*+)\""
    r"|(?P<word>[\w.+-]++)|(?P<end>\Z))",
    re.S,
)
_BLANKS = re.compile(r"[ \t\n\r]*+")
_WORD = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|-?Infinity|NaN")
# What may come next: the start of a value, a key, the colon after it, what follows a value.
_VALUE, _FIRST_VALUE, _KEY, _FIRST_KEY, _COLON, _AFTER = range(6)


def parse(text: str, lines: Lines, limits: Limits) -> Value:
    """The value of a JSON text: of equal keys the last counts, only strings keep their value.

    Raises UnreadableError for what is not JSON or nests too deep.
    """
    return _Scanner(text, lines, limits).run()


class _Scanner:
    """Goes through the tokens once; the open objects and arrays are a list, not a recursion."""

    def __init__(self, text: str, lines: Lines, limits: Limits) -> None:
        self.text, self.lines, self.limits = text, lines, limits
        self.made = 0
        self.open: list[dict[str, Value] | list[Value]] = []
        self.key = ""
        self.results: list[Value] = []
        self.at = 0
        self.next = _VALUE

    def run(self) -> Value:
        """The value of the whole text; the objects of several lines (NDJSON) make a list."""
        while token := _TOKEN.match(self.text, self.at):
            if token.lastgroup == "end" or not self._take(token):
                break
            self.at = token.end()
        if token is None or token.lastgroup != "end":
            self._refuse("this does not belong here", _BLANKS.match(self.text, self.at))
        if self.open or self.next != _AFTER:
            self._refuse("the file ends too early", token)
        return self.results[0] if len(self.results) == 1 else self.results

    def _take(self, token: re.Match[str]) -> bool:
        if token.lastgroup == "sign":
            sign = token.group("sign")
            if sign == "{" and not self.open and "\n" in token.group():
                self.next = _VALUE  # the object of a new line
            return self._sign(sign)
        if token.lastgroup == "string":
            return self._string(token)
        taken = self.next in (_VALUE, _FIRST_VALUE) and _WORD.fullmatch(token.group("word")) is not None
        self._put(None)
        return taken

    def _sign(self, sign: str) -> bool:
        if sign in "{[":
            return self._begin({} if sign == "{" else [])
        if sign in "}]":
            return self._end(sign)
        if sign == ":" and self.next == _COLON:
            self.next = _VALUE
            return True
        if sign == "," and self.next == _AFTER and self.open:
            self.next = _KEY if isinstance(self.open[-1], dict) else _VALUE
            return True
        return False

    def _begin(self, value: dict[str, Value] | list[Value]) -> bool:
        if self.next not in (_VALUE, _FIRST_VALUE):
            return False
        if len(self.open) >= self.limits.max_depth:
            raise UnreadableError(f"the JSON is nested deeper than {self.limits.max_depth} levels")
        self._put(value)
        self.open.append(value)
        self.next = _FIRST_KEY if isinstance(value, dict) else _FIRST_VALUE
        return True

    def _end(self, sign: str) -> bool:
        if not self.open or isinstance(self.open[-1], dict) != (sign == "}"):
            return False
        if self.next not in (_AFTER, _FIRST_KEY, _FIRST_VALUE):
            return False
        self.open.pop()
        self.next = _AFTER
        return True

    def _string(self, token: re.Match[str]) -> bool:
        begin, end = token.span("string")
        value = unescape_json(token.group("string"))
        if self.next in (_KEY, _FIRST_KEY):
            self.key = value
            self.next = _COLON
            return True
        taken = self.next in (_VALUE, _FIRST_VALUE)
        self._put(quoted(value, begin, end, "json"))
        return taken

    def _put(self, value: Value) -> None:
        """Put a value where it belongs."""
        self.made += 1
        if self.made > self.limits.max_nodes:
            raise UnreadableError(f"the JSON has more than {self.limits.max_nodes} values")
        self.next = _AFTER
        if not self.open:
            self.results.append(value)
        elif isinstance(inner := self.open[-1], dict):
            inner[self.key] = value
        else:
            inner.append(value)

    def _refuse(self, what: str, before: re.Match[str] | None) -> NoReturn:
        line, column = self.lines.place(before.end() if before else self.at)
        raise UnreadableError(f"the file is not valid JSON: {what} (line {line}, column {column})")
