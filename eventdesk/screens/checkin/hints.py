"""Why a code in view is not read, in words; the causes are those of the code reader."""

from eventdesk.i18n import tr


def sentence(cause: str) -> str:
    """What to say, with what to do, for a cause ("too_dark", "blurred" ...)."""
    return {
        "too_dark": tr("Too dark: give it some light"),
        "too_bright": tr("Too bright: tilt the ticket out of the glare"),
        "blurred": tr("Blurred: hold the ticket still, a little further away"),
        "too_far": tr("Too far: bring the ticket closer"),
        "damaged": tr("The code is damaged: search for the name instead"),
        "foreign": tr("This is not a ticket of this event"),
        "symbology": tr("This kind of code is not used at this event"),
    }.get(cause, tr("There is a code, but it can't be read"))
