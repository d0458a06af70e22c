"""What pydantic found, in a programme's own words: each with its path in the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from loyalty.programme.errors import Path, shown
from loyalty.programme.money import NEVER, is_money_key
from loyalty.suggestions import closest

_WANTED = {
    "model_type": "a mapping is wanted",
    "dict_type": "a mapping is wanted",
    "tuple_type": "a list is wanted",
    "bool_type": "true or false is wanted",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: the path to it, what would be right, and whether the path's key itself is meant."""

    path: Path
    message: str
    of_key: bool = False


def findings(model: type[BaseModel], error: ValidationError, above: Path) -> list[Finding]:
    """Return what is wrong with a part of a file, `above` being the path to the part.

    A key that is missing is not told where its misspelling is.
    """
    errors = error.errors(include_url=False)
    meant = {(*path[:-1], _meant_key(model, path)) for path in unknown_keys(error)}
    return [
        _finding(model, detail, above) for detail in errors if detail["type"] != "missing" or detail["loc"] not in meant
    ]


def unknown_keys(error: ValidationError) -> list[Path]:
    """Return the paths of the keys that the file cannot have."""
    return [detail["loc"] for detail in error.errors(include_url=False) if detail["type"] == "extra_forbidden"]


def known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that can stand where the last key of a path stands, in the order of the documentation."""
    return list(dict.fromkeys(key for part_model in _models_at(model, path) for key, _ in _fields(part_model)))


def unknown_key(model: type[BaseModel], path: Path) -> str:
    """Return what is said of a key that the file cannot have."""
    key, meant = path[-1], _meant_key(model, path)
    if is_money_key(str(key)):
        return f"unknown key `{key}`: {NEVER}"
    known = ", ".join(known_keys(model, path))
    return f"unknown key `{key}`: " + (f"did you mean `{meant}`?" if meant else f"known here are {known}")


def _meant_key(model: type[BaseModel], path: Path) -> str | None:
    return closest(str(path[-1]), known_keys(model, path))


def _models_at(model: type[BaseModel], path: Path) -> list[type[BaseModel]]:
    """Return the models that may hold the last key; a union's tag, `a Count`, names which of its models it is."""
    models = [model]
    for step in path[:-1]:
        below = [
            inner
            for part_model in models
            for key, info in _fields(part_model)
            if key == step
            for inner in _models_in(info)
        ]
        models = below or [part_model for part_model in models if step == f"a {part_model.__name__}"] or models
    return models


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    return ((info.alias or name, info) for name, info in model.model_fields.items())


def _models_in(info: FieldInfo) -> Iterator[type[BaseModel]]:
    def within(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        for argument in get_args(annotation):
            yield from within(argument)

    return within(info.annotation)


def _finding(model: type[BaseModel], error: ErrorDetails, above: Path) -> Finding:
    path = error["loc"]
    if error["type"] == "extra_forbidden":
        return Finding(above + path, unknown_key(model, path), of_key=True)
    if error["type"] == "missing":
        return Finding(above + path[:-1], _missing(model, path))
    if path[-1:] == ("[key]",):
        return Finding(above + path[:-1], _sentence_of(error), of_key=True)
    return Finding(above + path, _sentence_of(error))


def _missing(model: type[BaseModel], path: Path) -> str:
    hints = [
        info.description
        for part_model in _models_at(model, path)
        for key, info in _fields(part_model)
        if key == path[-1]
    ]
    return f"`{path[-1]}` is missing: {hints[0]}"


def _sentence_of(error: ErrorDetails) -> str:
    if error["type"] in _WANTED:
        return f"{_WANTED[error['type']]}, not {shown(error['input'])}"
    return str(error["ctx"]["error"]) if error["type"] == "value_error" else error["msg"]
