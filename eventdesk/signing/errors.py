"""Why a signed text is not taken, in words for the door."""

from eventdesk.domain.verdicts import Words

CHANGED = Words("This code is damaged, or not written as it was issued.")
UNKNOWN_KEY = Words("This ticket was signed with a key that is not this event's.")
KEY_TIME = Words("The key of this ticket was not in use when the ticket was issued.")
FORGED = Words("This ticket's signature is false: it was changed or made up.")
FUTURE = Words("This ticket says that it was issued in the future. Is this computer's clock right?")


class NotTrusted(ValueError):
    """A text that is not exactly what a holder of one of the keys has signed."""

    def __init__(self, words: Words, detail: str = "") -> None:
        super().__init__(f"{words} {detail}".strip())
        self.words = words
        self.detail = detail
