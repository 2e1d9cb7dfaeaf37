"""Money, shares and moments as each language writes them, and what a guest reads in another language."""

from datetime import UTC, datetime

import pytest

from eventdesk import i18n


@pytest.mark.parametrize(
    ("amount", "currency", "english", "german"),
    [
        (123_456, "EUR", "€1,234.56", "1.234,56\u00a0€"),
        (-5, "EUR", "-€0.05", "-0,05\u00a0€"),
        (1_200, "JPY", "¥1,200", "1.200\u00a0¥"),
        (1_500, "KWD", "KWD\u00a01.500", "1,500\u00a0KWD"),
        # CLDR knows no minor unit of it; the till counts in hundredths.
        (150, "RSD", "RSD\u00a01.50", "1,50\u00a0RSD"),
    ],
)
def test_money_has_the_digits_that_the_till_counts_in(
    amount: int, currency: str, english: str, german: str
) -> None:
    assert plain(i18n.money(amount, currency, "en")) == plain(english)
    assert i18n.money(amount, currency, "de") == german


def plain(text: str) -> str:
    """CLDR changes its mind about the space behind a currency's code."""
    return text.replace("\u00a0", "")


def test_bare_money_has_no_currency() -> None:
    assert i18n.bare_money(-1_012_50, "EUR", "en") == "-1,012.50"
    assert i18n.bare_money(-1_012_50, "EUR", "de") == "-1.012,50"
    assert i18n.bare_money(1_200, "JPY", "de") == "1.200"


def test_a_share_has_the_digits_it_needs() -> None:
    assert [i18n.percent(share, "en") for share in (190_000, 107_000, 0)] == ["19%", "10.7%", "0%"]
    assert i18n.percent(55_000, "de") == "5,5\u00a0%"


def test_a_moment_is_told_to_the_minute() -> None:
    moment = datetime(2026, 6, 10, 8, 5, 59, tzinfo=UTC)
    assert i18n.minute(moment, "en") == "Jun 10, 2026 08:05"
    assert i18n.minute(moment, "de") == "10.06.2026 08:05"


@pytest.mark.parametrize("language", ["de", "de-AT", "de_CH"])
def test_a_guest_s_language_is_spoken_whatever_the_desk_speaks(language: str) -> None:
    tr = i18n.speaker(language)
    assert tr("COME IN") == "HEREIN"
    assert i18n.tr("COME IN") == "COME IN"


@pytest.mark.parametrize("language", ["", "tlh", "../de", "de-informal-x-y", "\x00"])
def test_a_language_that_nobody_knows_is_english(language: str) -> None:
    tr = i18n.speaker(language)
    assert tr("COME IN") in {"COME IN", "HEREIN"}
    assert i18n.money(5, "EUR", language)


def test_what_was_chosen_is_known() -> None:
    i18n.load("de")
    try:
        assert i18n.chosen() == "de"
    finally:
        i18n.load("en")
    assert i18n.chosen() == "en"
