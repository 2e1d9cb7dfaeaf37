"""What marks a ticket that was made for training. Any door knows it, and takes none."""

from typing import Final

from eventdesk.domain.verdicts import Words

MARK: Final = "TRAINING-"
# The one log of a training database: no event has this id.
LOG: Final = "training"


def is_training_code(code: str) -> bool:
    return code.strip().upper().startswith(MARK)


def marked(code: str) -> str:
    return code if is_training_code(code) else MARK + code


WHY: Final = Words("This is a training ticket: it admits nobody.")
REMEDY: Final = Words("Ask for the real ticket, or look the guest's name up.")
