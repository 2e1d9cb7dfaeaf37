"""What it costs to count a shift, and to note what is no sale."""

import statistics
from collections.abc import Callable

from eventdesk.bench.sell.counter import Counter
from eventdesk.desk.till.commands import MoveCash, OpenDrawer, ShowShift
from eventdesk.domain.till.sales import Movement

TURNS = 7


def measure(till: Counter) -> dict[str, float]:
    """Milliseconds that the engine's lane is held: medians."""
    return {
        "full_report_ms": _median(lambda: till.do(ShowShift())),
        "full_pay_in_ms": _median(lambda: till.do(MoveCash(Movement.PAY_IN, 1_000, "coins"))),
        "full_pay_out_ms": _median(lambda: till.do(MoveCash(Movement.PAY_OUT, 1_000, "ice"))),
        "full_no_sale_ms": _median(lambda: till.do(OpenDrawer("change"))),
    }


def _median(deed: Callable[[], float]) -> float:
    return statistics.median(deed() for _ in range(TURNS)) * 1000
