"""How many of the next product: digits that were typed before its key."""

MOST_DIGITS = 4


class Count:
    """Empty stands for one."""

    def __init__(self) -> None:
        self.text = ""

    def type(self, digit: str) -> None:
        """A leading 0 counts nothing."""
        if len(self.text) < MOST_DIGITS and (self.text or digit != "0"):
            self.text += digit

    def back(self) -> None:
        self.text = self.text[:-1]

    def take(self) -> int:
        """The number; then none is typed."""
        number = int(self.text or "1")
        self.text = ""
        return number
