"""Translations: English sentences are the keys; `resources/translations/LANGUAGE.po` holds the others.

Catalogues are read from their source at start, so that nothing needs to be compiled or can be stale.
Money and moments are written as each language does (CLDR).
"""

from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Protocol

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import (
    NumberPattern,
    format_decimal,
    get_currency_precision,
    parse_pattern,
)

from eventdesk import paths
from eventdesk.domain.till.currencies import CURRENCIES

_sentences: dict[str, str] = {}
_chosen = ["en"]


def languages() -> list[str]:
    """The languages that can be chosen, English first."""
    folder = paths.resources() / "translations"
    return ["en", *sorted(file.stem for file in folder.glob("*.po"))]


def load(language: str) -> None:
    """Speak `language` from now on; English where there is no catalogue for it."""
    _sentences.clear()
    _sentences.update(_read(language))
    _chosen[:] = [language]


def chosen() -> str:
    """The language that is spoken now."""
    return _chosen[0]


def tr(sentence: str, **values: object) -> str:
    """The sentence in the chosen language, with `{name}` places filled in."""
    template = _sentences.get(sentence, sentence)
    return template.format_map(values) if values else template


class Speaker(Protocol):
    """As `tr`, in another language than the chosen one."""

    def __call__(self, sentence: str, **values: object) -> str: ...


@cache
def speaker(language: str) -> Speaker:
    """One that speaks `language` ("de", "de-AT"): for what a guest reads while the desk speaks another
    one. Call it `tr`, so that its sentences are found."""
    locale = _locale(language)
    sentences = _read(str(locale)) or _read(locale.language)

    def speak(sentence: str, **values: object) -> str:
        template = sentences.get(sentence, sentence)
        return template.format_map(values) if values else template

    return speak


def money(amount: int, currency: str, language: str) -> str:
    """Minor units with their currency: "€12.50", "12,50 €"."""
    digits = minor_digits(currency)
    pattern = _currency_pattern(language, digits)
    number = Decimal(amount).scaleb(-digits)
    return str(pattern.apply(number, _locale(language), currency=currency, currency_digits=False))


def bare_money(amount: int, currency: str, language: str) -> str:
    """Minor units for a column of one currency: "1,012.50", "1.012,50"."""
    digits = minor_digits(currency)
    pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
    return str(format_decimal(Decimal(amount).scaleb(-digits), pattern, locale=_locale(language)))


def percent(millionths: int, language: str) -> str:
    """Parts per million: 190000 is "19%", "19 %"."""
    locale = _locale(language)
    pattern = parse_pattern(locale.percent_formats[None].pattern)
    pattern.frac_prec = (0, 4)
    return str(pattern.apply(Decimal(millionths) / 1_000_000, locale))


def minute(moment: datetime, language: str) -> str:
    """Day and minute in the moment's own zone: "Jun 10, 2026 20:15", "10.06.2026 20:15"."""
    return f"{format_date(moment, 'medium', locale=_locale(language))} {moment:%H:%M}"


def minor_digits(currency: str) -> int:
    """Of the minor unit, by ISO 4217 as the till counts: CLDR leaves out those that nobody uses."""
    known = CURRENCIES.get(currency)
    return known.digits if known else int(get_currency_precision(currency))


@cache
def _currency_pattern(language: str, digits: int) -> NumberPattern:
    """The language's own, with as many digits as the till counts."""
    pattern = parse_pattern(_locale(language).currency_formats["standard"].pattern)
    pattern.frac_prec = (digits, digits)
    return pattern


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@cache
def _read(language: str) -> dict[str, str]:
    """A language's sentences by the English ones; none where there is no catalogue. Read once: a kiosk
    changes its language with its guests, and must not stand still each time."""
    file = paths.resources() / "translations" / f"{language}.po"
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    return {
        message.id: str(message.string)
        for message in catalogue
        if isinstance(message.id, str) and message.id and message.string
    }
