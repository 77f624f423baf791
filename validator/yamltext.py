"""YAML as law files are written: to plain values, or to nodes that know their lines."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

from validator.errors import ConfigurationError

_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOL, _TEXT, _DATE, _LIST, _MAPPING = (
    f"tag:yaml.org,2002:{kind}" for kind in ("bool", "str", "timestamp", "seq", "map")
)
_SAFE = SafeConstructor()


class _Loader(_Base):  # type: ignore[misc, valid-type]
    """YAML in which `no`, `on` and `yes` are words: Norwegian is a language, not a falsehood.

    Dates stay text too; the model of the file reads them.
    """

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in (_BOOL, _DATE)]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


def file_values(text: str, path: Path) -> Any:
    """The plain values of a file's text; a ConfigurationError says where it is no YAML."""
    try:
        with _collector_at_rest():
            node = yaml.compose(text, _Loader)
            return None if node is None else _plain(node, {})
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{path}:{line}: not valid YAML: {error.problem}") from None


def text_values(text: str) -> Any:
    """The plain values of a law file's text."""
    return yaml.load(text, _Loader)


def text_nodes(text: str) -> Any:
    """The YAML nodes of a law file's text; each knows the characters where it begins and ends."""
    return yaml.compose(text, yaml.SafeLoader)


def place(text: str, keys: tuple[int | str, ...]) -> tuple[int, int]:
    """How many of the keys a text has, one in the other, and the line of the last of them."""
    node = yaml.compose(text, _Loader)
    line = node.start_mark.line + 1 if node else 1
    for depth, key in enumerate(keys):
        following = _child(node, key)
        if following is None:
            return depth, int(line)
        name, node = following
        line = name.start_mark.line + 1
    return len(keys), int(line)


def _child(node: Any, part: int | str) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _plain(node: Any, made: dict[int, Any]) -> Any:
    """The value of a node; PyYAML's own way to it takes three times as long. `made`: values of aliases."""
    if id(node) in made:
        return made[id(node)]
    if node.tag == _TEXT:
        return node.value
    if node.tag == _LIST:
        items = made[id(node)] = []
        items.extend([_plain(item, made) for item in node.value])
        return items
    if node.tag != _MAPPING:
        return _SAFE.construct_object(node, deep=True)  # numbers and the like; refuses an unknown tag
    _SAFE.flatten_mapping(node)
    values = made[id(node)] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ConstructorError(None, None, "a key must be a word", key.start_mark)
        values[_plain(key, made)] = _plain(value, made)
    return values


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Reading a law file makes no cycles; walking all that is loaded again and again takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
