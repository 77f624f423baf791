"""Reads law files: YAML into a model; an error names file, line and what was expected.

A file may stand in several folders: the house rules add to ours, see `_values`.
"""

from __future__ import annotations

import gc
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.constructor import ConstructorError, SafeConstructor

from validator.errors import ConfigurationError
from validator.resources import law_folders

Model = TypeVar("Model", bound=BaseModel)
Keys = tuple[int | str, ...]
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOL = "tag:yaml.org,2002:bool"
_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_SAFE = SafeConstructor()


class _Loader(_Base):  # type: ignore[misc, valid-type]
    """YAML in which `no`, `on` and `yes` are words: Norwegian is a language, not a falsehood."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


def load_law(name: str, model: type[Model], folders: tuple[Path, ...] = ()) -> Model:
    """The model of a law file by its name, such as "eu/profile.yaml", over all folders of law in force."""
    return _load(folders or law_folders(), name, model)


def load_model(path: Path, model: type[Model]) -> Model:
    """The model of one YAML file; a ConfigurationError says where the file is wrong."""
    return _load((path.parent,), path.name, model)


def law_values(name: str) -> Any:
    """The plain values of a law file over all folders of law in force."""
    return _values(law_folders(), name)


def text_values(text: str) -> Any:
    """The plain values of a law file's text."""
    return yaml.load(text, _Loader)


def text_nodes(text: str) -> Any:
    """The YAML nodes of a law file's text; each knows the characters where it begins and ends."""
    return yaml.compose(text, yaml.SafeLoader)


def law_error(name: str, keys: Keys, message: str) -> ConfigurationError:
    """An error in the meaning of a law file: "file:line: keys: message"."""
    return _error(law_folders(), name, keys, message)


def file_error(path: Path, keys: Keys, message: str) -> ConfigurationError:
    """The same for one file by its path."""
    return _error((path.parent,), path.name, keys, message)


def _load(folders: tuple[Path, ...], name: str, model: type[Model]) -> Model:
    try:
        return model.model_validate(_values(folders, name))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        message = _sentence(first["type"], first["msg"]) + more
        raise _error(folders, name, first["loc"], message) from None


@lru_cache(maxsize=8)  # a pack, the one it extends, and those of the other markets in the language
def _values(folders: tuple[Path, ...], name: str, above: tuple[str, ...] = ()) -> Any:
    """The values of a file in the first folder, with what the same file in later folders adds to it.

    `extends: FILE` takes over the values of another file. Mappings are joined key by key, one level
    deep, and a null takes a key away; everything else replaces what it extends. A later folder only
    adds: mappings are joined at every depth and lists grow.
    """
    found: Any = None
    for path in _files(folders, name):
        data = _read(path)[1]
        if isinstance(data, dict) and "extends" in data:
            data = _extended(folders, name, data, above)
        found = data if found is None else _added(found, data)
    return found


def _extended(folders: tuple[Path, ...], name: str, data: dict[str, Any], above: tuple[str, ...]) -> Any:
    if not isinstance(data["extends"], str):
        raise _error(folders, name, ("extends",), "expected the name of a file")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), data["extends"]))
    if target in (name, *above):
        raise _error(
            folders, name, ("extends",), f"'{target}' extends itself (house rules need no 'extends')"
        )
    base = _values(folders, target, (*above, name))
    if not isinstance(base, dict):
        raise _error(folders, name, ("extends",), f"'{target}' holds no keys")
    own = {key: _joined(base.get(key), value) for key, value in data.items() if key != "extends"}
    return {**base, **own}


def _files(folders: tuple[Path, ...], name: str) -> list[Path]:
    found = [folder / name for folder in folders if (folder / name).is_file()]
    return found or [folders[0] / name]


@lru_cache(maxsize=8)
def _read(path: Path) -> tuple[str, Any]:
    try:
        text = path.read_text("utf-8")
        with _collector_at_rest():
            node = yaml.compose(text, _Loader)
            return text, None if node is None else _plain(node, {})
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: not valid YAML: the file is not UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{path}:{line}: not valid YAML: {error.problem}") from None


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


def _joined(base: Any, own: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return {key: value for key, value in {**base, **own}.items() if value is not None}


def _added(base: Any, own: Any) -> Any:
    if isinstance(base, list) and isinstance(own, list):
        return base + own
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    both = {key: _added(base[key], value) if key in base else value for key, value in own.items()}
    return {key: value for key, value in {**base, **both}.items() if value is not None}


def _error(folders: tuple[Path, ...], name: str, keys: Keys, message: str) -> ConfigurationError:
    """The last of the files that has most of the keys is the one to look into."""
    paths = [path for path in _files(folders, name) if path.is_file()]
    places = [(*_place(yaml.compose(_read(path)[0], _Loader), keys), path) for path in reversed(paths)]
    _, line, path = max(places, key=lambda place: place[0], default=(0, 1, folders[0] / name))
    return ConfigurationError(f"{path}:{line}: {'/'.join(str(key) for key in keys)}: {message}")


def _sentence(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "this key is not known here; look for a typing slip"
    return message[0].lower() + message[1:]


def _place(node: Any, keys: Keys) -> tuple[int, int]:
    """How many of the keys a file has, one in the other, and the line of the last of them."""
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
