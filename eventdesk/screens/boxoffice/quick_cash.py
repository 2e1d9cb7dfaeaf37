"""What a guest probably hands over: the sums that notes make, just above what is due."""

from collections.abc import Sequence

MOST = 6


def likely(due: int, denominations: Sequence[int], most: int = MOST) -> list[int]:
    """Sums above `due`, the smallest first; `denominations` in minor units, in any order.

    Each note alone, and what is due rounded up to a multiple of it.
    """
    if due <= 0:
        return []
    sums = {-(-due // note) * note for note in denominations if note * 40 >= due}
    return sorted(one for one in sums if one > due)[:most]
