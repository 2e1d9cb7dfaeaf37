"""The languages that a guest may choose from."""

from collections.abc import Sequence

from babel import Locale, UnknownLocaleError

from eventdesk import i18n


def offered(wanted: Sequence[str]) -> list[str]:
    """Those of the set-up that have a catalogue; all that have one where it names none."""
    known = i18n.languages()
    return [one for one in wanted if one in known] or known


def own_name(language: str) -> str:
    """A language as those call it who speak it: "English", "Deutsch"."""
    try:
        name = Locale.parse(language.replace("-", "_")).get_display_name(language) or language
    except (UnknownLocaleError, ValueError):
        name = language
    return name[:1].upper() + name[1:]
