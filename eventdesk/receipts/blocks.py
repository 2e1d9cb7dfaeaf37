"""What a receipt is made of, from top to bottom. Sizes and heights are dots, eight to a millimetre."""

from dataclasses import dataclass

SMALL, BODY, LARGE, HUGE = 20, 24, 32, 44


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. Not centred, it begins where its script does."""

    text: str
    size: int = BODY
    bold: bool = False
    centered: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A text that wraps, and one on its right that never does; `mark` is a tax's letter behind it."""

    left: str
    right: str
    size: int = BODY
    bold: bool = False
    indent: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of equal width, the first to the left and the others to the right."""

    cells: tuple[str, ...]
    size: int = SMALL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """White on black, over the whole width."""

    text: str
    size: int = LARGE


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with words above it."""

    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A line for a hand, and whose it is below it."""

    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    thickness: int = 2


@dataclass(frozen=True, slots=True)
class Gap:
    height: int = 16


Block = Text | Pair | Columns | Banner | Code | Signature | Rule | Gap


@dataclass(frozen=True, slots=True)
class Sheet:
    """`watermark` is written across all of it."""

    blocks: tuple[Block, ...]
    watermark: str = ""
