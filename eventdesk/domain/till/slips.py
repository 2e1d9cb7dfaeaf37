"""A slip that is no receipt: an X or Z report, a cash drop. Words and amounts, ready to be drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlipRow:
    """`amount` in minor units, or None; `text` stands instead of or before it (a count, a number)."""

    label: str
    amount: int | None = None
    text: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class SlipBlock:
    title: str
    rows: tuple[SlipRow, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """`heading` stands below the title (shift, desk, moments); each of `signatures` is the word below a
    line for a hand. Its texts are in the language it is wanted in."""

    title: str
    currency: str
    blocks: tuple[SlipBlock, ...]
    heading: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    training: bool = False
    copy: int = 0
