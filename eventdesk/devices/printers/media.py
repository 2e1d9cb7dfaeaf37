"""Which of a queue's paper sizes a badge goes on. Names as in PWG 5101.1 (`oe_card_54x86mm`)."""

import re
from collections.abc import Iterable

from eventdesk.devices.printers.queues import PageSize

# Printers round sizes given in inches; labels differ from each other by more than this.
TOLERANCE_MM = 1.0
_NAME = re.compile(r"_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$")


def choose(supported: Iterable[str], size: PageSize) -> str:
    """The name of the medium for a page of `size`, upright or turned; "" where the queue has none.

    A queue that is asked for a medium it lacks cancels the job, so none is named then.
    """
    sizes = {name: found for name in supported if (found := _size(name))}
    low = next((found for name, found in sizes.items() if name.startswith("custom_min_")), None)
    high = next((found for name, found in sizes.items() if name.startswith("custom_max_")), None)
    turns = (size, (size[1], size[0]))
    for turn in turns:
        for name, found in sizes.items():
            if not name.startswith(("custom_min_", "custom_max_")) and alike(found, turn):
                return name
    for turn in turns:
        if low and high and all(low[side] <= turn[side] <= high[side] for side in (0, 1)):
            return "custom_{0:g}x{1:g}mm_{0:g}x{1:g}mm".format(*turn)
    return ""


def has_pages(pdf: bytes) -> bool:
    """Whether there is more than one: a badge with a back (decision 0051), or a long receipt."""
    counted = re.search(rb"/Count\s+(\d+)", pdf)
    return counted is not None and int(counted[1]) > 1


def alike(one: PageSize, other: PageSize) -> bool:
    """Whether two sheets are of one size."""
    return all(abs(a - b) <= TOLERANCE_MM for a, b in zip(one, other, strict=True))


def _size(name: str) -> PageSize | None:
    match = _NAME.search(name)
    if not match:
        return None
    unit = 25.4 if match[3] == "in" else 1.0
    return float(match[1]) * unit, float(match[2]) * unit
