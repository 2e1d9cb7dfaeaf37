"""What values look like in the cells of a table."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from eventdesk.domain.till.money import currency_of

# A number is written as a number, so that a spreadsheet adds it up; it holds nothing to be evaluated.
Cell = str | int | Decimal


def yes(flag: bool) -> str:
    return "yes" if flag else "no"


def local(at: datetime | None, zone: ZoneInfo) -> str:
    """With its offset, so that the hour that clocks repeat in autumn is told apart."""
    return "" if at is None else at.astimezone(zone).isoformat(" ")


def money(amount: int, currency: str) -> Decimal:
    """Minor units as a decimal with the currency's digits; its code has a column of its own."""
    return Decimal(amount).scaleb(-currency_of(currency).digits)


def percent(millionths: int) -> Decimal:
    """Parts per million as per cent: 190000 is 19."""
    found = (Decimal(millionths) / 10_000).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found
