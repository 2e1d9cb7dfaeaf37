"""Money is a whole number of minor units: parts of it, how it is spread, typed and written plainly."""

from collections.abc import Sequence

from eventdesk.domain.members import MILLION, MOST_MONEY
from eventdesk.domain.till.currencies import CURRENCIES, Currency
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.setup import TillRules
from eventdesk.domain.verdicts import Words

# No sale of an event comes to so many of the largest note.
MOST_NOTES = 100_000

_SPACES = " \t\u00a0\u202f\u2009'\u2019\u066c"
_ARABIC_DECIMAL = "\u066b"


def currency_of(code: str) -> Currency:
    """Raises Refused for what is no currency of ISO 4217."""
    found = CURRENCIES.get(code)
    if found is None:
        raise Refused(
            Words("{code} is no currency that the till knows.", {"code": code or "?"}),
            Words("Set the event's currency to a code such as EUR."),
        )
    return found


def cash_step(currency: Currency, rules: TillRules) -> int:
    """To what cash is rounded: as the event says, else the currency's smallest coin."""
    return rules.cash_step or currency.cash_step


def denominations(currency: Currency, rules: TillRules) -> tuple[int, ...]:
    """Notes and coins, the largest first."""
    return rules.denominations or currency.denominations


def most_of(currency: Currency) -> int:
    """The largest sum that anybody may type."""
    largest = max(currency.denominations, default=1000 * currency.unit)
    return min(MOST_NOTES * largest, MOST_MONEY)


def fraction(amount: int, part: int, whole: int = MILLION) -> int:
    """`amount` * `part` / `whole`, half away from zero. `whole` is at least 1, `part` at least 0."""
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) * part + whole) // (2 * whole))


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in proportion to the weights (none negative), so that it adds up: what is left over goes, one
    each, to the largest remainders, the earlier where two are equal. All 0 where no weight is above 0."""
    total = sum(weights)
    if total <= 0:
        return [0] * len(weights)
    parts = [amount * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(amount * weights[at] % total), at))
    for at in order[: amount - sum(parts)]:
        parts[at] += 1
    return parts


def plain(amount: int, currency: Currency) -> str:
    """`-12.50`: a sign where it is negative, a point, as many digits as the currency has."""
    whole, minor = divmod(abs(amount), currency.unit)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole}.{minor:0{currency.digits}}" if currency.digits else f"{sign}{whole}"


def typed(text: str, currency: Currency, decimal: str = ".") -> int:
    """What a person typed, in minor units; `decimal` is the decimal sign of their language, `.` or `,`.

    Where both signs stand the last one is the decimal sign. Where one alone stands it is that too, unless it
    is the language's other sign before three digits, or stands twice: then it parts thousands. Raises
    Refused for what is no amount, is negative, has digits that the currency has not, or is absurd.
    """
    digits = _latin("".join(sign for sign in text if sign not in _SPACES), decimal)
    example = plain(1250 * currency.unit // 100, currency)
    if digits[:1] in ("-", "\u2212"):
        raise Refused(Words("An amount can't be negative."), Words("Type it without the minus sign."))
    if not digits or not set(digits) <= set("0123456789.,") or len(digits) > 40:
        raise Refused(Words("{text} is no amount.", {"text": repr(text[:40])}), _like(example))
    whole, minor = _parted(digits, decimal, text, example)
    if minor[currency.digits :].strip("0"):
        raise Refused(
            Words(
                "{code} has {digits} digits after the decimal sign.",
                {"code": currency.code, "digits": currency.digits},
            ),
            _like(example),
        )
    amount = int(whole or "0") * currency.unit + int(
        minor[: currency.digits].ljust(currency.digits, "0") or 0
    )
    if amount > most_of(currency):
        raise Refused(Words("{text} is far too much.", {"text": text.strip()}), Words("Check the amount."))
    return amount


def _like(example: str) -> Words:
    return Words("Type an amount such as {example}.", {"example": example})


def _latin(text: str, decimal: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(
        str(int(sign)) if sign.isdecimal() else decimal if sign == _ARABIC_DECIMAL else sign for sign in text
    )


def _parted(digits: str, decimal: str, text: str, example: str) -> tuple[str, str]:
    """Before and after the decimal sign."""
    sign = _decimal_sign(digits, decimal)
    whole, _, minor = digits.rpartition(sign) if sign else (digits, "", "")
    groups = whole.replace(",", ".").split(".")
    wrong = sign and sign in whole
    wrong = wrong or ("," in whole and "." in whole) or not (whole or minor)
    wrong = wrong or (len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or {*map(len, groups[1:])} != {3}))
    if wrong:
        raise Refused(Words("{text} is no amount.", {"text": repr(text[:40])}), _like(example))
    return "".join(groups), minor


def _decimal_sign(digits: str, decimal: str) -> str:
    """The decimal sign that stands in it; empty for none."""
    signs = {sign for sign in ".," if sign in digits}
    if not signs:
        return ""
    if len(signs) == 2:
        return max(signs, key=digits.rindex)
    (sign,) = signs
    after = len(digits) - digits.rindex(sign) - 1
    if digits.count(sign) > 1 or (sign != decimal and after == 3):
        return ""
    return sign
