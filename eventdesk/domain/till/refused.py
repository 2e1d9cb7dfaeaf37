"""What a till does not do, in words: the engine tells it as bad input."""

from eventdesk.domain.verdicts import Words


class Refused(ValueError):
    """`words` say what is wrong, `remedy` what to do; `line` is the cart's or the sale's, where one is."""

    def __init__(self, words: Words, remedy: Words | None = None, line: str = "") -> None:
        super().__init__(str(words))
        self.words = words
        self.remedy = remedy or Words("")
        self.line = line
