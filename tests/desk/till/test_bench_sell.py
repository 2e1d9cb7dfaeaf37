"""The till's measurement: what it says of a small shift, and that a sale's work does not grow with it."""

import secrets
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eventdesk.bench.sell import measure
from eventdesk.bench.sell.counter import Counter, opened
from eventdesk.bench.sell.raw import Raw, copied
from eventdesk.bench.sell.written import written
from eventdesk.desk.till.commands import MoveCash, OpenDrawer, ShowShift
from eventdesk.domain.till.sales import Movement
from eventdesk.storage import connecting

KEY = secrets.token_bytes(32)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Counter]:
    with opened(tmp_path / "ours.db", KEY) as store:
        counter = Counter(store)
        counter.open()
        yield counter


def test_it_measures_a_sale_from_key_to_receipt() -> None:
    found = measure(Namespace(sales=4, shift=20))
    assert found["sale_vs_raw"] > 0
    assert 0 < found["sale_ms_p50"] <= found["sale_ms_p95"]
    assert 0 < found["key_to_spool_ms_p50"] < found["key_to_receipt_ms_p95"]
    assert {"full_sale_ms_p50", "full_report_ms", "full_pay_out_ms"} <= found.keys()


def test_the_script_writes_the_rows_that_the_sale_wrote(till: Counter, tmp_path: Path) -> None:
    till.sell()
    till.fill()
    with closing(connecting.connect(till.store.path, KEY)) as connection:
        rows, known = written(connection, till.pay)
    tables = [one.table.name for one in rows]
    assert {name: tables.count(name) for name in ("facts", "receipt_lines", "tickets", "carts")} == {
        "facts": 5,
        "receipt_lines": 3,
        "tickets": 1,
        "carts": 1,
    }
    with copied(till.store.path, tmp_path / "raw.db", KEY) as connection:
        raw = Raw(connection, rows, known)
        again, _ = written(connection, raw.sell)
        raw.sell()
    told = {(one.table.name, one.is_new) for one in rows if not one.is_gone}
    # Counts that stay what they were are no change.
    assert told - {(one.table.name, one.is_new) for one in again} <= {
        ("counter_uses", False),
        ("tally", False),
    }


DEEDS: dict[str, Callable[[Counter], object]] = {
    "sale": Counter.sell,
    "report": lambda till: till.do(ShowShift()),
    "pay out": lambda till: till.do(MoveCash(Movement.PAY_OUT, 1, "ice")),
    "no sale": lambda till: till.do(OpenDrawer("change")),
}


def test_no_deed_takes_longer_for_the_sales_before_it(till: Counter) -> None:
    """By the calls of functions: a clock would tell of the machine."""
    for _ in range(3):
        till.sell()
    before = {name: calls(deed, till) for name, deed in DEEDS.items()}
    for _ in range(60):
        till.sell()
    after = {name: calls(deed, till) for name, deed in DEEDS.items()}
    assert all(after[name] < before[name] * 1.2 for name in DEEDS), (before, after)


def calls(deed: Callable[[Counter], object], till: Counter) -> int:
    """How many functions of Python it calls."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        deed(till)
    finally:
        sys.setprofile(None)
    return number
