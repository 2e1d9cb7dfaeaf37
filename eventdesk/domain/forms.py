"""How the members of a kind are read: what `readable` and `till.forms` are made of."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from eventdesk.domain import members
from eventdesk.domain.members import wrong

Payload = Mapping[str, Any]
Reader = Callable[[Payload, str], object]


class Form(NamedTuple):
    """How the members of a kind are read. `required` ones must be there; `solid` ones may be absent, but
    not null, as nothing clears them. `plain`: the types of those that need be of their type alone. `whole`
    reads all of a kind whose last fact stands alone (`fold.ALONE`)."""

    readers: Mapping[str, Reader]
    required: tuple[str, ...] = ()
    solid: tuple[str, ...] = ()
    plain: Mapping[str, type] = {}
    whole: Callable[[str, Payload], object] | None = None


def not_negative(payload: Payload, name: str) -> None:
    if members.number(payload, name) < 0:
        raise wrong(name, "at least 0", payload.get(name))


def positive(payload: Payload, name: str) -> None:
    if members.number(payload, name) < 1:
        raise wrong(name, "at least 1", payload.get(name))


def said(payload: Payload, name: str) -> None:
    if not members.text(payload, name).strip():
        raise wrong(name, "said in words", payload.get(name))


def part(build: Callable[[str, Payload], object], **instead: Any) -> Reader:
    """Reads one member as the whole definition does; `instead` stands for what may be left out."""

    def read(payload: Payload, name: str) -> None:
        build("", {**instead, name: payload[name]})

    return read


def readers(reader: Reader, names: str) -> dict[str, Reader]:
    return dict.fromkeys(names.split(), reader)


def form(*readers: Mapping[str, Reader], required: str = "", solid: str = "") -> Form:
    every: dict[str, Reader] = {"by": members.text, "approved": members.text, "removed": members.flag}
    for some in readers:
        every |= some
    plain = {name: _PLAIN[reader] for name, reader in every.items() if reader in _PLAIN}
    return Form(every, tuple(required.split()), tuple(solid.split()), plain)


_PLAIN: Mapping[Reader, type] = {members.text: str, members.flag: bool}
texts, flags = partial(readers, members.text), partial(readers, members.flag)
moments, ids = partial(readers, members.moment), partial(readers, members.ids)
counts = partial(readers, not_negative)
