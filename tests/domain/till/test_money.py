"""Amounts: typed, parted, spread and written plainly."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.till.currencies import CURRENCIES
from eventdesk.domain.till.money import (
    cash_step,
    currency_of,
    denominations,
    fraction,
    most_of,
    plain,
    spread,
    typed,
)
from eventdesk.domain.till.paying import cash_for, rounded
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.setup import TillRules

EUR, JPY, KWD, CHF = (CURRENCIES[code] for code in ("EUR", "JPY", "KWD", "CHF"))


@pytest.mark.parametrize(
    ("code", "digits", "step"),
    [
        ("EUR", 2, 1),
        ("USD", 2, 1),
        ("JPY", 0, 1),
        ("KWD", 3, 5),
        ("CHF", 2, 5),
        ("SEK", 2, 100),
        ("NOK", 2, 100),
        ("DKK", 2, 50),
        ("CZK", 2, 100),
        ("HUF", 2, 500),
        ("CAD", 2, 5),
        ("AUD", 2, 5),
        ("NZD", 2, 10),
    ],
)
def test_currencies_are_those_of_the_standard(code: str, digits: int, step: int) -> None:
    assert (CURRENCIES[code].digits, CURRENCIES[code].cash_step) == (digits, step)


def test_notes_and_coins_can_make_up_whatever_is_rounded() -> None:
    known = [one for one in CURRENCIES.values() if one.denominations]
    assert len(known) >= 35
    for one in known:
        assert list(one.denominations) == sorted(set(one.denominations), reverse=True), one.code
        assert one.denominations[-1] == one.cash_step
        assert all(value % one.cash_step == 0 for value in one.denominations), one.code


def test_an_event_may_have_its_own_steps_and_coins() -> None:
    rules = TillRules(cash_step=5, denominations=(1000, 5))
    assert (cash_step(EUR, rules), denominations(EUR, rules)) == (5, (1000, 5))
    assert (cash_step(CHF, TillRules()), denominations(CHF, TillRules())[-1]) == (5, 5)
    with pytest.raises(Refused, match="EURO is no currency"):
        currency_of("EURO")


@pytest.mark.parametrize(
    ("text", "decimal", "amount"),
    [
        ("12,50", ",", 1250),
        ("1.234,50", ",", 123450),
        ("1,234.50", ".", 123450),
        ("1'234.50", ".", 123450),
        ("1\u202f234,5", ",", 123450),
        ("12.5", ".", 1250),
        ("12.5", ",", 1250),
        ("12,50", ".", 1250),
        ("1.234", ",", 123400),
        ("1,234", ".", 123400),
        ("1.234.567", ",", 123456700),
        ("0", ".", 0),
        (".5", ".", 50),
        ("5.", ".", 500),
        (" 7 ", ".", 700),
        ("12.500", ".", 1250),
        ("١٢٫٥٠", ",", 1250),
        ("50000000", ".", 5_000_000_000),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text: str, decimal: str, amount: int) -> None:
    assert typed(text, EUR, decimal) == amount


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no amount"),
        ("-3", "negative"),
        ("\u22123", "negative"),
        ("NaN", "no amount"),
        ("1e9", "no amount"),
        ("inf", "no amount"),
        ("0x10", "no amount"),
        ("12.345", "2 digits after"),
        ("1,23,456", "no amount"),
        ("1.2.3", "no amount"),
        ("1,234.567,89", "no amount"),
        (".", "no amount"),
        ("12 €", "no amount"),
        ("99999999999", "far too much"),
        ("9" * 400, "no amount"),
        ("²", "no amount"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as caught:
        typed(text, EUR)
    assert caught.value.remedy


def test_a_currency_without_minor_units() -> None:
    assert typed("1,250", JPY) == 1250
    assert typed("1250.00", JPY) == 1250
    with pytest.raises(Refused, match="0 digits"):
        typed("12.5", JPY)
    assert plain(1250, JPY) == "1250"
    assert (typed("1.5", KWD), plain(1500, KWD), plain(-5, KWD)) == (1500, "1.500", "-0.005")


@given(st.sampled_from(sorted(CURRENCIES)), st.integers(0, 10**9))
def test_what_is_written_plainly_is_read_again(code: str, amount: int) -> None:
    amount = min(amount, most_of(CURRENCIES[code]))
    assert typed(plain(amount, CURRENCIES[code]), CURRENCIES[code]) == amount


@given(st.text(max_size=12), st.sampled_from([".", ","]))
def test_whatever_is_typed_is_an_amount_or_refused(text: str, decimal: str) -> None:
    with suppress(Refused):
        assert typed(text, EUR, decimal) >= 0


@pytest.mark.parametrize(
    ("amount", "part", "whole", "expected"),
    [(5, 1, 2, 3), (-5, 1, 2, -3), (100, 190_000, 1_190_000, 16), (1, 1, 3, 0), (2, 1, 3, 1), (0, 7, 9, 0)],
)
def test_a_part_is_rounded_half_away_from_zero(amount: int, part: int, whole: int, expected: int) -> None:
    assert fraction(amount, part, whole) == expected


def test_remainders_go_to_the_largest_and_the_earlier_first() -> None:
    assert spread(100, [1, 1, 1]) == [34, 33, 33]
    assert spread(10, [199, 301, 500]) == [2, 3, 5]
    assert spread(5, [0, 0]) == [0, 0]
    assert spread(1, [0, 5]) == [0, 1]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.data())
def test_what_is_spread_adds_up_and_passes_no_line(weights: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(weights)))
    parts = spread(amount, weights)
    assert sum(parts) == (amount if sum(weights) else 0)
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


@pytest.mark.parametrize(
    ("amount", "to_pay"), [(1002, 1000), (1003, 1005), (1007, 1005), (1008, 1010), (2, 0)]
)
def test_cash_is_rounded_at_the_end_and_once(amount: int, to_pay: int) -> None:
    assert rounded(amount, 5) == to_pay
    cash = cash_for(amount, 5, 2000)
    assert cash is not None
    assert cash.given - cash.change == cash.amount + cash.rounding == to_pay
