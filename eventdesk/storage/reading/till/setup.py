"""The till's set-up, from its definitions."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from eventdesk.domain.facts import Kind
from eventdesk.domain.till import definitions
from eventdesk.domain.till.setup import TillRules, TillSetup
from eventdesk.storage.log import decode
from eventdesk.storage.reading import catalogue

Execute = Callable[..., Any]
T = TypeVar("T")


def till_setup(execute: Execute, log: str) -> TillSetup:
    rules = catalogue.defined(execute, log, Kind.TILL_DEFINED, log)
    return TillSetup(
        rules=TillRules() if rules is None else definitions.till_from(log, rules),
        categories=_standing(execute, log, Kind.CATEGORY_DEFINED, definitions.category_from),
        taxes=_standing(execute, log, Kind.TAX_DEFINED, definitions.tax_from),
        discounts=_standing(execute, log, Kind.DISCOUNT_DEFINED, definitions.discount_from),
        seatings=_standing(execute, log, Kind.SEATING_DEFINED, definitions.seating_from),
    )


def _standing(
    execute: Execute, log: str, kind: Kind, build: Callable[[str, Mapping[str, Any]], T]
) -> dict[str, T]:
    rows = execute(catalogue.SELECT_KIND, (log, kind)).fetchall()
    found = ((id_, decode(text)) for id_, text in rows)
    return {id_: build(id_, members) for id_, members in found if not members.get("removed")}
