"""What is set for a desk's printers: values of the desk settings `printers`, `print.routes` and `printer`.

A setting that is wrong takes away no more than itself, and is told by name (docs/decisions/0052-printers.md).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventdesk.domain.verdicts import Words

TURNS = (0, 90, 180, 270)
MOST_MM = 50.0


@dataclass(frozen=True, slots=True)
class PrinterSetup:
    """`dx`, `dy` (mm, to the right and down) and `turn` (degrees, clockwise) put the page where it belongs;
    `media`: width and height of a label in mm; `sheet`: the name of a sheet of several badges."""

    dx: float = 0.0
    dy: float = 0.0
    turn: int = 0
    dpi: int = 300
    warn: int = 20
    media: tuple[float, float] | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The printers of some products (none named: of all)."""

    queues: tuple[str, ...]
    products: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PrintingSetup:
    printers: Mapping[str, PrinterSetup] = field(default_factory=dict)
    routes: Sequence[Route] = ()
    faults: Sequence[Words] = ()

    def of(self, queue: str) -> PrinterSetup:
        return self.printers.get(queue, PrinterSetup())

    def queues_for(self, product: str) -> tuple[str, ...]:
        """Those that may print a badge of this product: of the first route that is for it."""
        fitting = (route for route in self.routes if not route.products or product in route.products)
        return next((route.queues for route in fitting), ())

    @property
    def queues(self) -> tuple[str, ...]:
        """All of the desk, in their order."""
        return tuple(dict.fromkeys(queue for route in self.routes for queue in route.queues))


def setup_of(printers: object, routes: object, printer: object) -> PrintingSetup:
    """Read what the three settings hold, whatever that is."""
    faults: list[Words] = []
    read = [*_routes(routes, faults)]
    if isinstance(printer, str) and printer:
        read.append(Route((printer,)))
    return PrintingSetup(_printers(printers, faults), read, faults)


def _routes(value: object, faults: list[Words]) -> list[Route]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        faults.append(Words("The routes of badges can't be read. Set them anew."))
        return []
    found: list[Route] = []
    for number, one in enumerate(value, 1):
        queues = _texts(one.get("queues")) if isinstance(one, Mapping) else None
        products = _texts(one.get("products", [])) if isinstance(one, Mapping) else None
        if not queues or products is None:
            faults.append(
                Words("Route {number} of badges names no printers. Set it anew.", {"number": number})
            )
        else:
            found.append(Route(queues, frozenset(products)))
    return found


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    return tuple(value) if all(isinstance(one, str) and one for one in value) else None


def _printers(value: object, faults: list[Words]) -> dict[str, PrinterSetup]:
    if not isinstance(value, Mapping):
        faults.append(Words("What is set for the printers can't be read. Set it anew."))
        return {}
    return {str(queue): _setup(str(queue), members, faults) for queue, members in value.items()}


def _setup(queue: str, members: object, faults: list[Words]) -> PrinterSetup:
    if not isinstance(members, Mapping):
        faults.append(Words("What is set for {queue} can't be read. Set it anew.", {"queue": queue}))
        return PrinterSetup()
    good: dict[str, Any] = {}
    for name, read in _MEMBERS.items():
        if members.get(name) is None:
            continue
        try:
            good[name] = read(members[name])
        except (TypeError, ValueError):
            told = {"queue": queue, "member": name, "value": str(members[name])[:40]}
            faults.append(
                Words('{queue}: "{value}" can\'t be its {member}. Set it anew; it counts as not set.', told)
            )
    return PrinterSetup(**good)


def _number(low: float, high: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(value)
        if not low <= value <= high:
            raise ValueError(value)
        return float(value)

    return read


def _whole(low: int, high: int) -> Callable[[Any], int]:
    number = _number(low, high)

    def read(value: Any) -> int:
        if number(value) != int(value):
            raise ValueError(value)
        return int(value)

    return read


def _turn(value: Any) -> int:
    turn = _whole(0, 270)(value)
    if turn not in TURNS:
        raise ValueError(value)
    return turn


def _media(value: Any) -> tuple[float, float]:
    width, height = map(_number(5, 500), value)
    return width, height


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


_MEMBERS: Mapping[str, Callable[[Any], Any]] = {
    "dx": _number(-MOST_MM, MOST_MM),
    "dy": _number(-MOST_MM, MOST_MM),
    "turn": _turn,
    "dpi": _whole(100, 1200),
    "warn": _whole(0, 100_000),
    "media": _media,
    "sheet": _text,
}
