"""The countries by their names in the desk's language (from CLDR, through Babel)."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from PySide6.QtCore import QLocale

from eventdesk.domain.countries import country_code


def countries() -> list[tuple[str, str]]:
    """ISO 3166 code and name, in the order of the names."""
    return _countries(QLocale().name())


@lru_cache(maxsize=4)
def _countries(locale: str) -> list[tuple[str, str]]:
    try:
        names = Locale.parse(locale).territories
    except (UnknownLocaleError, ValueError):
        names = Locale("en").territories
    pairs = [(str(code), str(name)) for code, name in names.items()]
    # CLDR names unions, continents and tests too; ISO 3166 alone counts as an answer.
    found = [(code, name) for code, name in pairs if country_code(code) == code]
    return sorted(found, key=lambda pair: pair[1].casefold())
