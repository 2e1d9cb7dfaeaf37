"""Requests held against the makers' own descriptions: no unknown field, no wrong type, no unlisted value."""

import sys
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import typing_extensions
from stripe import RequestOptions

# Options of the library's calls, which stand among the parameters in its types.
_NEVER_SENT = set(RequestOptions.__annotations__)
_MARKS = (typing.Annotated, typing_extensions.NotRequired, typing_extensions.Required)
_LISTS = (list, Sequence)


class Wrong(Exception):
    """The field, and what is wrong with it."""


def form(text: str) -> dict[str, Any]:
    """A body as Stripe's forms nest it: `a[b][0]=c`."""
    result: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *steps, last = name.replace("]", "").split("[")
        at = result
        for step in steps:
            at = at.setdefault(step, {})
        at[last] = value
    return {name: _lists(value) for name, value in result.items()}


def checked(kind: type, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as `kind` (a TypedDict of the maker's library) describes them; raises Wrong."""
    return dict(_value(kind, fields, ""))


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() or not key for key in value):
        return [_lists(one) for one in value.values()]
    return {key: _lists(one) for key, one in value.items()}


@cache
def _hints(kind: type) -> dict[str, Any]:
    # The names that Stripe's options are written in, one of which is imported for type checkers only.
    names = {**vars(sys.modules[RequestOptions.__module__]), "StripeContext": object}
    return typing_extensions.get_type_hints(kind, localns=names, include_extras=True)


def _value(kind: Any, value: Any, path: str) -> Any:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in _MARKS:
        return _value(args[0], value, path)
    if origin in (typing.Union, types.UnionType):
        return _one_of(args, value, path)
    if origin in _LISTS and isinstance(value, list):
        return [_value(args[0], one, f"{path}.{at}") for at, one in enumerate(value)]
    if origin in (dict, Mapping) and isinstance(value, dict):
        return {name: _value(args[1], one, f"{path}.{name}") for name, one in value.items()}
    if typing_extensions.is_typeddict(kind) and isinstance(value, dict):
        return _fields(kind, value, path)
    return _plain(kind, value, path)


def _one_of(kinds: tuple[Any, ...], value: Any, path: str) -> Any:
    """The libraries' types allow other texts than those they list, for those to come. Here none passes."""
    listed = [
        text for kind in kinds for text in typing.get_args(kind) if typing.get_origin(kind) is typing.Literal
    ]
    if listed and isinstance(value, str):
        if value not in listed:
            raise Wrong(f"Invalid {path}: must be one of {', '.join(listed)}")
        return value
    trouble = Wrong(f"Invalid {path}")
    for kind in kinds:
        try:
            return _value(kind, value, path)
        except Wrong as wrong:
            trouble = wrong
    raise trouble


def _fields(kind: Any, value: dict[str, Any], path: str) -> dict[str, Any]:
    hints = _hints(kind)
    unknown = sorted(name for name in value if name not in hints or name in _NEVER_SENT)
    if unknown:
        raise Wrong(f"Received unknown parameter: {path}{'.' if path else ''}{unknown[0]}")
    missing = sorted(name for name in hints if name not in value and _required(kind, hints[name]))
    if missing:
        raise Wrong(f"Missing required param: {path}{'.' if path else ''}{missing[0]}")
    return {name: _value(hints[name], one, f"{path}.{name}".strip(".")) for name, one in value.items()}


def _required(kind: Any, hint: Any) -> bool:
    origin = typing.get_origin(hint)
    return origin is not typing_extensions.NotRequired and (
        origin is typing_extensions.Required or bool(kind.__total__)
    )


def _plain(kind: Any, value: Any, path: str) -> Any:
    """A number or a yes may come as text, as in a form."""
    if kind is bool and str(value).lower() in ("true", "false"):
        return str(value).lower() == "true"
    if kind in (int, float) and not isinstance(value, bool):
        try:
            return kind(value) if isinstance(value, str | kind | int) else _no(path)
        except ValueError:
            _no(path)
    if kind is str and isinstance(value, str):
        return value
    if kind is type(None) and value is None:
        return None
    return _no(path)


def _no(path: str) -> Any:
    raise Wrong(f"Invalid {path}")
