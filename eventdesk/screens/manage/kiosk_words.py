"""What is set up for kiosks, in words."""

from eventdesk.domain.kiosk.setup import Amend, Find, Photo, Second
from eventdesk.i18n import languages, tr


def find_words() -> list[tuple[str, str]]:
    return [
        (Find.CODE.value, tr("By the code of their ticket")),
        (Find.ORDER.value, tr("By their order code and a second fact")),
        (Find.NAME.value, tr("By their name and a second fact")),
    ]


def second_words() -> list[tuple[str, str]]:
    return [
        (Second.EMAIL.value, tr("E-mail")),
        (Second.ORDER.value, tr("Order code")),
        (Second.COMPANY.value, tr("Company")),
        (Second.TICKET.value, tr("Code of the ticket")),
    ]


def amend_words() -> list[tuple[str, str]]:
    return [
        (Amend.NAME.value, tr("Name")),
        (Amend.COMPANY.value, tr("Company")),
        (Amend.EMAIL.value, tr("E-mail")),
    ]


def photo_words() -> list[tuple[Photo, str]]:
    return [
        (Photo.OFF, tr("No photo")),
        (Photo.OFFERED, tr("A photo is offered")),
        (Photo.REQUIRED, tr("A photo is needed")),
    ]


NAMES = {"en": "English", "de": "Deutsch"}


def language_words() -> list[tuple[str, str]]:
    """Those that this program speaks, each by its own name."""
    return [(code, NAMES.get(code, code)) for code in sorted({"en", *languages()})]
