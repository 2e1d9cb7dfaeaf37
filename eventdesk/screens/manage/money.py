"""Prices as a person writes them, in the event's currency, and in minor units as they are kept."""

import re

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name
from PySide6.QtCore import QLocale

from eventdesk.i18n import minor_digits, tr
from eventdesk.screens.manage.field import Wrong

_AMOUNT = re.compile(r"(?P<whole>\d{1,9})(?:[.,](?P<part>\d{1,4}))?")


def digits(currency: str) -> int:
    """Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217)."""
    return minor_digits(currency)


def minor_units(text: str, currency: str) -> int:
    """What was typed, in minor units; empty is nothing to pay. Raises Wrong.

    One point or comma, and it parts the decimals: a separator of thousands could be meant either way.
    """
    entered = text.strip()
    if not entered:
        return 0
    match = _AMOUNT.fullmatch(entered)
    places = digits(currency)
    if match is None:
        raise Wrong(
            tr("Write the price as a number, such as {example}.", example=decimal_text(1250, currency))
        )
    part = match["part"] or ""
    if len(part) > places:
        raise Wrong(tr("{currency} has {places} digits after the point.", currency=currency, places=places))
    return int(match["whole"] + part.ljust(places, "0"))


def decimal_text(amount: int, currency: str) -> str:
    """Minor units as a person would type them: 1250 EUR is "12.50"."""
    places = digits(currency)
    if not places:
        return str(amount)
    return f"{amount // 10**places}.{amount % 10**places:0{places}d}"


def currency_name(currency: str) -> str:
    """The currency's name in the chosen language (CLDR)."""
    try:
        locale = Locale.parse(QLocale().name())
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(get_currency_name(currency, locale=locale))
