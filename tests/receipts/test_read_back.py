"""What strangers read on a receipt: the codes by ZBar, the sums by Tesseract."""

import re
from pathlib import Path

import pytest
from PIL import ImageOps

from eventdesk.domain.paper import Paper
from eventdesk.domain.till.receipt import Extras, ReceiptContents, TicketCode
from eventdesk.receipts import drawing
from tests.receipts import samples
from tests.receipts.readers import codes, picture, words

# Its black rows, from the edge of the paper.
BANNER = range(4, 64)
AMOUNT = re.compile(r"-?[\d,]*\d\.\d\d\b")


def read(contents: ReceiptContents, folder: Path, paper: Paper = Paper.ROLL_80) -> list[str]:
    return words(picture(drawing.receipt(contents).raster(paper)), folder)


def amounts(lines: list[str], label: str) -> list[str]:
    """All amounts of the line that begins so."""
    found = [line for line in lines if line.lstrip(" |").startswith(label)]
    assert found, f"no line begins with {label} in {lines}"
    return AMOUNT.findall(found[0])


@pytest.mark.parametrize("paper", [Paper.ROLL_80, Paper.ROLL_58])
def test_the_codes_of_all_tickets_can_be_scanned(paper: Paper, tmp_path: Path) -> None:
    image = picture(drawing.receipt(samples.cash_sale()).raster(paper))
    assert codes(image, tmp_path) == sorted(code.code for code in samples.TICKETS.codes)


def test_a_signed_ticket_can_be_scanned_on_the_narrow_roll(tmp_path: Path) -> None:
    signed = "HC1:" + "6BFOXN*TS0BI$ZDYSHTRMM/87*4S8O5VP9ZQ" * 4
    extras = Extras(codes=(TicketCode(signed, "Pass"),))
    image = picture(drawing.receipt(samples.cash_sale(extras)).raster(Paper.ROLL_58))
    assert codes(image, tmp_path) == [signed]


def test_the_mark_of_a_fiscal_device_can_be_scanned(tmp_path: Path) -> None:
    contents = samples.marked()
    assert codes(picture(drawing.receipt(contents).raster(Paper.ROLL_80)), tmp_path) == [
        contents.extras.fiscal.code
    ]


def test_the_sums_of_a_sale_can_be_read(tmp_path: Path) -> None:
    lines = read(samples.cash_sale(Extras()), tmp_path)
    assert amounts(lines, "Total") == ["300.19"]
    assert amounts(lines, "Rounding") == ["0.01"]
    assert amounts(lines, "To pay") == ["300.20"]
    assert amounts(lines, "Cash") == ["350.00"]
    assert amounts(lines, "Change") == ["49.80"]
    assert amounts(lines, "B 10%") == ["252.00", "25.20", "277.20"]
    assert amounts(lines, "2 x Conference")[-1] == "258.00"


def test_the_sums_of_a_split_payment_can_be_read(tmp_path: Path) -> None:
    lines = read(samples.split_sale(), tmp_path)
    assert amounts(lines, "Total") == ["300.19"]
    assert amounts(lines, "Card Visa") == ["200.00"]
    assert amounts(lines, "Gift card") == ["22.19"]
    assert amounts(lines, "Cash") == ["78.00"]


def test_the_sums_of_a_refund_can_be_read(tmp_path: Path) -> None:
    lines = read(samples.refund(), tmp_path)
    assert any("Refund" in line for line in lines)
    assert [amount.lstrip("-") for amount in amounts(lines, "Total")] == ["136.09"]
    assert amounts(lines, "Card Visa") == ["-136.09"]


def test_a_copy_says_so(tmp_path: Path) -> None:
    lines = read(samples.cash_sale(Extras(copy=2)), tmp_path)
    assert any("COPY 2" in line for line in lines)


def test_training_stands_above_and_below(tmp_path: Path) -> None:
    image = picture(drawing.receipt(samples.refund_in_training()).raster(Paper.ROLL_80))
    for top in (BANNER.start, image.height - BANNER.stop):
        strip = image.crop((0, top, image.width, top + len(BANNER)))
        assert "TRAINING" in words(ImageOps.invert(strip.convert("L")), tmp_path)[0]
