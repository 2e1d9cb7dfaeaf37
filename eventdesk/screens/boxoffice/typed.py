"""What is typed at the till beside money. Each raises Refused for what can't be meant."""

from eventdesk.domain.till.offers import MOST_PIECES
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.verdicts import Words


def pieces(text: str) -> int:
    """1 to 10,000, in digits of any script."""
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > 6 or not 1 <= int(digits) <= MOST_PIECES:
        raise Refused(
            Words("{text} is no number of pieces.", {"text": repr(text[:20])}),
            Words("Type a number from 1 to {most}.", {"most": MOST_PIECES}),
        )
    return int(digits)


def millionths(text: str) -> int:
    """`12.5`, `12,5 %` in parts per million: 125000."""
    cleaned = text.replace("%", "").replace(",", ".").strip()
    whole, _, part = cleaned.partition(".")
    wrong = not (whole or part) or not (whole or "0").isdecimal() or not (part or "0").isdecimal()
    if wrong or len(whole) > 3 or len(part) > 4:
        raise Refused(
            Words("{text} is no percentage.", {"text": repr(text[:20])}), Words("Type a number such as 12.5.")
        )
    share = int(whole or "0") * 10_000 + int((part or "0").ljust(4, "0"))
    if not 0 < share <= 1_000_000:
        raise Refused(Words("A discount lies between 0 and 100 %."), Words("Type another one."))
    return share


def some_text(text: str) -> str:
    """Something at all."""
    if not text.strip():
        raise Refused(Words("Nothing was typed."), Words("Type it, or scan it."))
    return text.strip()
