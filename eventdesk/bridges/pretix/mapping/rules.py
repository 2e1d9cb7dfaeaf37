"""Rules of a check-in list: JSON logic there and here; ids in them become ours."""

from collections.abc import Iterator, Mapping
from typing import Any

from eventdesk.bridges.pretix.mapping.ids import Of, subject

_KINDS = {"product": Of.ITEM, "variation": Of.VARIATION, "gate": Of.GATE}


def rules_of(rules: Any) -> Any:
    """The same rules with the ids of our subjects in them."""
    if isinstance(rules, Mapping):
        if (lookup := _lookup(rules)) is not None:
            kind, id_, *name = lookup
            return {"lookup": [kind, subject(_KINDS[kind], id_), *name]}
        return {name: rules_of(value) for name, value in rules.items()}
    if isinstance(rules, list | tuple):
        return [rules_of(one) for one in rules]
    return rules


def gates_in(rules: Any) -> Iterator[tuple[int, str]]:
    """Ids and names of the gates that the rules ask for: pretix' API has no list of them."""
    if isinstance(rules, Mapping):
        if (lookup := _lookup(rules)) is not None and lookup[0] == "gate" and str(lookup[1]).isdecimal():
            yield int(lookup[1]), str(lookup[2]) if len(lookup) > 2 else str(lookup[1])
        for value in rules.values():
            yield from gates_in(value)
    elif isinstance(rules, list | tuple):
        for one in rules:
            yield from gates_in(one)


def _lookup(rules: Mapping[str, Any]) -> list[Any] | None:
    found = rules.get("lookup")
    if isinstance(found, list) and len(found) >= 2 and found[0] in _KINDS:
        return found
    return None
