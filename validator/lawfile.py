"""Reads law files: YAML into a model; an error names file, line and what was expected.

A file may stand in several folders: the house rules add to ours, see `_values`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from validator.errors import ConfigurationError
from validator.lawcache import kept
from validator.resources import law_folders

Model = TypeVar("Model")
Keys = tuple[int | str, ...]
_UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")


def load_law(name: str, model: type[Model], folders: tuple[Path, ...] = ()) -> Model:
    """The model of a law file by its name, such as "eu/profile.yaml", over all folders of law in force."""
    return _load(folders or law_folders(), name, model)


def load_model(path: Path, model: type[Model]) -> Model:
    """The model of one YAML file; a ConfigurationError says where the file is wrong."""
    return _load((path.parent,), path.name, model)


def law_values(name: str) -> Any:
    """The plain values of a law file over all folders of law in force."""
    return _values(law_folders(), name)


def law_error(name: str, keys: Keys, message: str) -> ConfigurationError:
    """An error in the meaning of a law file: "file:line: keys: message"."""
    return _error(law_folders(), name, keys, message)


def file_error(path: Path, keys: Keys, message: str) -> ConfigurationError:
    """The same for one file by its path."""
    return _error((path.parent,), path.name, keys, message)


def _load(folders: tuple[Path, ...], name: str, model: type[Model]) -> Model:
    if len(folders) > 1:
        return _validated(folders, name, model)
    return kept(
        folders[0] / name, model, lambda: (_validated(folders, name, model), _sources(folders[0], name))
    )


def _sources(folder: Path, name: str) -> Iterator[Path]:
    """A file and, along `extends`, those that it takes over."""
    yield folder / name
    data = _read(folder / name)[1]
    if isinstance(data, dict) and "extends" in data:
        yield from _sources(folder, _target(name, data["extends"]))


def _validated(folders: tuple[Path, ...], name: str, model: type[Model]) -> Model:
    from pydantic import TypeAdapter, ValidationError  # not needed while the law is kept

    try:
        return TypeAdapter(model).validate_python(_values(folders, name))
    except ValidationError as error:
        found = error.errors(include_url=False)
        # A misspelt key explains the one that is missing.
        first = next((each for each in found if each["type"] in _UNKNOWN_KEY), found[0])
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
    target = _target(name, data["extends"])
    if target in (name, *above):
        raise _error(
            folders, name, ("extends",), f"'{target}' extends itself (house rules need no 'extends')"
        )
    base = _values(folders, target, (*above, name))
    if not isinstance(base, dict):
        raise _error(folders, name, ("extends",), f"'{target}' holds no keys")
    own = {key: _joined(base.get(key), value) for key, value in data.items() if key != "extends"}
    return {**base, **own}


def _target(name: str, extends: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), extends))


def _files(folders: tuple[Path, ...], name: str) -> list[Path]:
    found = [folder / name for folder in folders if (folder / name).is_file()]
    return found or [folders[0] / name]


@lru_cache(maxsize=8)
def _read(path: Path) -> tuple[str, Any]:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: not valid YAML: the file is not UTF-8") from None
    return text, _parsed(text, path)


def _parsed(text: str, path: Path) -> Any:
    from validator.yamltext import file_values  # not needed while the law is kept

    return file_values(text, path)


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
    from validator.yamltext import place

    paths = [path for path in _files(folders, name) if path.is_file()]
    places = [(*place(_read(path)[0], keys), path) for path in reversed(paths)]
    _, line, path = max(places, key=lambda found: found[0], default=(0, 1, folders[0] / name))
    return ConfigurationError(f"{path}:{line}: {'/'.join(str(key) for key in keys)}: {message}")


def _sentence(kind: str, message: str) -> str:
    if kind in _UNKNOWN_KEY:
        return "this key is not known here; look for a typing slip"
    return message[0].lower() + message[1:]
