"""What an order of pretix says of itself in `api_meta` where a till of ours has made it: by which ids it is
known here. So what is sold at a door comes back as the same order and the same tickets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MEMBER: Final = "eventdesk"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Own:
    """`order`: its id here (empty: a sale without tickets); `sale`: of whose lines it was made (empty: a
    guest without a sale). `tickets`: ids by pretix' `positionid`; `lines`: the sale's lines by the same.
    A position with a line and no ticket is goods."""

    order: str
    sale: str = ""
    tickets: Mapping[int, str] = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)

    def meta(self) -> dict[str, Any]:
        """As pretix keeps it."""
        told = {
            "order": self.order,
            "sale": self.sale,
            "tickets": {str(place): id_ for place, id_ in self.tickets.items()},
            "lines": {str(place): id_ for place, id_ in self.lines.items()},
        }
        return {MEMBER: told}

    def is_goods(self, position: Row) -> bool:
        place = int(position["positionid"])
        return place in self.lines and place not in self.tickets


def read(row: Row) -> Own | None:
    """Of an order as pretix tells it; None where it was not made here, or somebody has written there what we
    don't understand."""
    meta = row.get("api_meta")
    said = meta.get(MEMBER) if isinstance(meta, Mapping) else None
    if not isinstance(said, Mapping):
        return None
    order, sale = said.get("order"), said.get("sale")
    if not isinstance(order, str) or not isinstance(sale, str) or not (order or sale):
        return None
    return Own(order, sale, _by_place(said.get("tickets")), _by_place(said.get("lines")))


def _by_place(said: object) -> dict[int, str]:
    if not isinstance(said, Mapping):
        return {}
    return {
        int(place): id_
        for place, id_ in said.items()
        if isinstance(place, str) and place.isdecimal() and isinstance(id_, str) and id_
    }
