"""The texts of a layout: `Seat {seat}` with the fields of `BadgeContents` in braces."""

from dataclasses import fields
from string import Formatter

from eventdesk.domain.badges import BadgeContents

NO_TEXTS = {"photo", "training"}
FIELDS = tuple(field.name for field in fields(BadgeContents) if field.name not in NO_TEXTS)


def check(template: str) -> None:
    """Raises ValueError, in words, for a template that `fill` can't fill."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise ValueError(f"{error} (a brace itself is written twice)") from None
    for _, name, form, conversion in parts:
        if name is not None and name not in FIELDS:
            raise ValueError(f'there is no field "{name}"; there are {", ".join(FIELDS)}')
        if form or conversion:
            raise ValueError(f'the field "{name}" takes no format')


def fill(template: str, contents: BadgeContents) -> str:
    """The text to print: empty where the template has fields and every one of them is empty.

    So that "Seat {seat}" leaves no lonely "Seat" on the badge of a guest without one.
    """
    values = {name: _text(getattr(contents, name)) for name in FIELDS}
    used = [name for _, name, _, _ in Formatter().parse(template) if name]
    if used and not any(values[name].strip() for name in used):
        return ""
    return template.format_map(values).strip()


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
