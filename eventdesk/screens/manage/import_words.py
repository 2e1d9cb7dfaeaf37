"""How an import is spoken of: what a column may become, and what an import would do or has done."""

from eventdesk.domain.imports import Counts, Field, NewParts
from eventdesk.i18n import tr
from eventdesk.screens.words import number


def field_names() -> list[tuple[Field, str]]:
    """What a column may become, the likeliest first."""
    return [
        (Field.IGNORED, tr("– leave out –")),
        (Field.NAME, tr("Name")),
        (Field.TITLE, tr("Title")),
        (Field.GIVEN_NAME, tr("First name")),
        (Field.FAMILY_NAME, tr("Last name")),
        (Field.EMAIL, tr("E-mail")),
        (Field.COMPANY, tr("Company")),
        (Field.PRODUCT, tr("Product")),
        (Field.VARIATION, tr("Variation")),
        (Field.SESSION, tr("Session")),
        (Field.CODE, tr("Ticket code (barcode)")),
        (Field.REFERENCE, tr("Ticket number")),
        (Field.ORDER, tr("Order")),
        (Field.POSITION, tr("Position in the order")),
        (Field.STATUS, tr("Status")),
        (Field.ORDER_STATUS, tr("Status of the order")),
        (Field.ORDER_NAME, tr("Name on the order")),
        (Field.ORDER_EMAIL, tr("E-mail of the order")),
        (Field.LOCALE, tr("Language")),
        (Field.SEAT, tr("Seat")),
        (Field.NOTES, tr("Notes")),
        (Field.VALID_FROM, tr("Valid from")),
        (Field.VALID_UNTIL, tr("Valid until")),
        (Field.CANCELED, tr("Canceled (yes or no)")),
        (Field.BLOCKED, tr("Blocked (yes or no)")),
        (Field.ATTENTION, tr("Attention (yes or no)")),
        (Field.CHECKIN_TEXT, tr("Shown at check-in")),
        (Field.ADDON_TO, tr("Add-on to")),
        (Field.ANSWER, tr("Answer to a question")),
    ]


def outlook(counts: Counts) -> str:
    """What the import would do, in one sentence."""
    return tr(
        "Rows: {rows}. New guests: {created}, changed: {changed}, unchanged: {unchanged}, bad: {bad}.",
        rows=number(counts.rows),
        created=number(counts.created),
        changed=number(counts.changed),
        unchanged=number(counts.unchanged),
        bad=number(counts.bad),
    )


def made_with_it(counts: Counts, new: NewParts) -> list[str]:
    """What else the import makes, a sentence each."""
    sentences = []
    if counts.codes_made:
        sentences.append(
            tr("Codes made for tickets without one: {number}.", number=number(counts.codes_made))
        )
    variations = tuple(f"{product}: {variation}" for product, variation in new.variations)
    for words, names in (
        (tr("New products: {names}."), new.products),
        (tr("New variations: {names}."), variations),
        (tr("New sessions: {names}."), new.sessions),
        (tr("New questions: {names}."), new.questions),
    ):
        if names:
            sentences.append(words.format(names=_shortened(names)))
    return sentences


def _shortened(names: tuple[str, ...], shown: int = 6) -> str:
    if len(names) <= shown:
        return ", ".join(names)
    return tr("{names} and {more} more", names=", ".join(names[:shown]), more=number(len(names) - shown))
