"""Receipts as a person has looked at them, in tests/golden/.

`python -m tests.receipts.golden` draws them anew: look at each before it is committed.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from eventdesk.badges import fonts
from eventdesk.domain.paper import Paper
from eventdesk.domain.till.receipt import ReceiptContents
from eventdesk.receipts import drawing
from eventdesk.receipts.drawing import Drawing
from eventdesk.receipts.reports import report
from tests.receipts import samples
from tests.receipts.readers import picture
from tests.receipts.shifts import CLOSED, FIGURES, WHERE

GERMAN = replace(WHERE, language="de")
GOLDEN = Path(__file__).parent.parent / "golden"

PICTURES: dict[str, tuple[Paper, Callable[[], Drawing]]] = {
    "receipt-sale": (Paper.ROLL_80, lambda: drawing.receipt(samples.cash_sale())),
    "receipt-sale-58mm": (Paper.ROLL_58, lambda: drawing.receipt(samples.cash_sale())),
    "receipt-split-german": (Paper.ROLL_80, lambda: drawing.receipt(samples.split_sale(), "de")),
    "receipt-refund": (Paper.ROLL_80, lambda: drawing.receipt(samples.refund())),
    "receipt-copy": (Paper.ROLL_80, lambda: drawing.receipt(copied())),
    "receipt-training": (Paper.ROLL_80, lambda: drawing.receipt(samples.refund_in_training())),
    "receipt-scripts": (Paper.ROLL_80, lambda: drawing.receipt(samples.any_script())),
    "receipt-scripts-58mm": (Paper.ROLL_58, lambda: drawing.receipt(samples.any_script())),
    "receipt-fiscal": (Paper.ROLL_80, lambda: drawing.receipt(samples.marked(), "de")),
    "slip-z": (Paper.ROLL_80, lambda: drawing.slip(report(CLOSED, FIGURES, WHERE))),
    "slip-z-german-58mm": (Paper.ROLL_58, lambda: drawing.slip(report(CLOSED, FIGURES, GERMAN), "de")),
}


def copied() -> ReceiptContents:
    return replace(samples.refund(), extras=replace(samples.refund().extras, copy=2))


def draw(name: str) -> Image.Image:
    paper, drawn = PICTURES[name]
    return picture(drawn().raster(paper))


def main() -> None:
    fonts.prepare()
    for name in PICTURES:
        draw(name).save(GOLDEN / f"{name}.png")


if __name__ == "__main__":
    main()
