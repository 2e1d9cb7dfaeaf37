"""Parts of the box office by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.till.currencies import CURRENCIES
from eventdesk.domain.till.refused import Refused
from eventdesk.screens.boxoffice.count import Count
from eventdesk.screens.boxoffice.quick_cash import likely
from eventdesk.screens.boxoffice.typed import millionths, pieces


def test_likely_sums_are_those_that_notes_make() -> None:
    euro = CURRENCIES["EUR"].denominations
    assert likely(4200, euro) == [4500, 5000, 6000, 10000, 20000, 50000]
    assert likely(0, euro) == []
    assert likely(5000, euro)[0] == 6000


@given(due=st.integers(1, 10**7), code=st.sampled_from(["EUR", "JPY", "CHF", "KWD", "USD"]))
def test_likely_sums_are_enough_and_few(due: int, code: str) -> None:
    sums = likely(due, CURRENCIES[code].denominations)
    assert sums == sorted(set(sums))
    assert len(sums) <= 6
    assert all(one > due for one in sums)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "nan", "10001", "1e3", "²"])
def test_what_is_no_number_of_pieces_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        pieces(text)


def test_percentages_as_people_type_them() -> None:
    assert [millionths(text) for text in ("10", "12.5", "12,5 %", ".5", "100")] == [
        100_000,
        125_000,
        125_000,
        5_000,
        1_000_000,
    ]


@pytest.mark.parametrize("text", ["", "0", "-1", "100.1", "nan", "1.2.3", "inf"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        millionths(text)


def test_digits_count_the_next_product_once() -> None:
    count = Count()
    for digit in "0123456":
        count.type(digit)
    assert count.text == "1234"
    count.back()
    assert (count.take(), count.take()) == (123, 1)
