"""Reads one law file: YAML into a model; an error names file, line and what was expected."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from validator.errors import ConfigurationError

Model = TypeVar("Model", bound=BaseModel)
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOL = "tag:yaml.org,2002:bool"


class _Loader(_Base):  # type: ignore[misc, valid-type]
    """YAML in which `no`, `on` and `yes` are words: Norwegian is a language, not a falsehood."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


def load_model(path: Path, model: type[Model]) -> Model:
    """The model of a YAML file; a ConfigurationError says where the file is wrong."""
    text, data = values(path.resolve())
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError(_explain(path, text, error)) from None


@lru_cache(maxsize=4)  # a pack and the one it extends are wanted together
def values(path: Path) -> tuple[str, Any]:
    """The text and the values of a file; `extends: FILE` adds those of another one that it does not have.

    Mappings are joined key by key, one level deep, and a null takes a key away; everything else
    replaces what it extends.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        data = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    if not isinstance(data, dict) or "extends" not in data:
        return text, data
    _, base = values((path.parent / data["extends"]).resolve())
    own = {key: _joined(base.get(key), value) for key, value in data.items() if key != "extends"}
    return text, {**base, **own}


def _joined(base: Any, own: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return {key: value for key, value in {**base, **own}.items() if value is not None}


def _explain(path: Path, text: str, error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    pointer = [str(part) for part in first["loc"]]
    line = _line(yaml.compose(text, _Loader), first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    expected = _sentence(first["type"], first["msg"])
    return f"{path}:{line}: {'/'.join(pointer)}: {expected}{more}"


def _sentence(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "this key is not known here; look for a typing slip"
    return message[0].lower() + message[1:]


def _line(node: Any, loc: tuple[int | str, ...]) -> int:
    """The line of the deepest node of `loc` that the file has."""
    line = node.start_mark.line + 1 if node else 1
    for part in loc:
        following = _child(node, part)
        if following is None:
            break
        key, node = following
        line = key.start_mark.line + 1
    return int(line)


def _child(node: Any, part: int | str) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None
