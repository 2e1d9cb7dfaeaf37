"""The texts of a layout: `Seat {seat}` with fields in braces, `{name.first|upper}`, `{company,product}`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from eventdesk.badges.names import initials, parts
from eventdesk.domain.badges import BadgeContents, age

ANSWER = "answer:"
NO_TEXTS = {"photo", "training", "answers", "begins", "born"}
PLAIN = tuple(field.name for field in fields(BadgeContents) if field.name not in NO_TEXTS)
MADE: Mapping[str, Callable[[BadgeContents], str]] = {
    "name.first": lambda contents: parts(contents.name).first,
    "name.last": lambda contents: parts(contents.name).last,
    "name.initials": lambda contents: initials(contents.name),
    "age": lambda contents: "" if (years := age(contents)) is None else str(years),
}
FIELDS = (*PLAIN, *MADE)


def _title(text: str) -> str:
    return re.sub(r"[^\s-]+", lambda word: _capital(word[0][0]) + word[0][1:].lower(), text)


def _capital(letter: str) -> str:
    """Of "ß" two letters would be made."""
    return upper if len(upper := letter.upper()) == 1 else letter


FILTERS: Mapping[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "title": _title}


@dataclass(frozen=True, slots=True)
class Field:
    """The first of `names` that is not empty, sent through the filters."""

    names: tuple[str, ...]
    filters: tuple[str, ...] = ()


@lru_cache(maxsize=512)
def parse(template: str) -> tuple[str | Field, ...]:
    """The texts and fields of a template. Raises ValueError, in words."""
    found: list[str | Field] = []
    rest = template
    while rest:
        plain = re.match(r"(?:[^{}]|\{\{|\}\})*", rest)
        text = plain.group() if plain else ""
        if text:
            found.append(text.replace("{{", "{").replace("}}", "}"))
        rest = rest[len(text) :]
        if rest:
            inside, rest = _field(rest)
            found.append(inside)
    return tuple(found)


def _field(rest: str) -> tuple[Field, str]:
    inside, closed, after = rest[1:].partition("}")
    if rest[0] == "}" or not closed or "{" in inside:
        raise ValueError("a brace stands alone (a brace itself is written twice)")
    named, *filters = inside.split("|")
    names = tuple(name.strip() for name in named.split(","))
    for name in names:
        if name not in FIELDS and not (name.startswith(ANSWER) and name != ANSWER):
            raise ValueError(
                f'there is no field "{name}"; there are {", ".join(FIELDS)} and {ANSWER}(question id)'
            )
    for one in filters:
        if one.strip() not in FILTERS:
            raise ValueError(f'there is no filter "{one}"; there are {", ".join(FILTERS)}')
    return Field(names, tuple(one.strip() for one in filters)), after


def check(template: str) -> None:
    """Raises ValueError, in words, for a template that `fill` can't fill."""
    parse(template)


def fill(template: str, contents: BadgeContents) -> str:
    """The text to print: empty where the template has fields and every one of them is empty.

    So that "Seat {seat}" leaves no lonely "Seat" on the badge of a guest without one.
    """
    found = parse(template)
    texts = [part if isinstance(part, str) else _value(part, contents) for part in found]
    filled = [text for part, text in zip(found, texts, strict=True) if isinstance(part, Field)]
    if filled and not any(text.strip() for text in filled):
        return ""
    return "".join(texts).strip()


def _value(field: Field, contents: BadgeContents) -> str:
    texts = (_text(name, contents) for name in field.names)
    text = next((text for text in texts if text.strip()), "")
    for one in field.filters:
        text = FILTERS[one](text)
    return text


def _text(name: str, contents: BadgeContents) -> str:
    if name in MADE:
        return MADE[name](contents)
    if name.startswith(ANSWER):
        return contents.answers.get(name.removeprefix(ANSWER), "")
    value = getattr(contents, name)
    return ", ".join(value) if isinstance(value, tuple) else str(value)
