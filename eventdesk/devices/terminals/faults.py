"""What may come of a request to a maker besides its answer. Neither leaves this folder."""

# Codes of ours where the maker has none.
KEY_REFUSED = "key_refused"
KEY_USED = "key_used"


class Lost(Exception):
    """No answer came, or none that tells anything: what was asked for may have been done. `replayed`: the
    maker kept this failure with the key of the request, and says it each time."""

    def __init__(self, words: str, replayed: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.replayed = replayed


class Refused(Exception):
    """The maker says no, and has done nothing. `code` is its own name for why."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(f"{code}: {words}")
        self.code = code
        self.words = words
