"""How receipts are drawn: as they looked when a person looked, at any width, on any paper."""

import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from eventdesk.domain.paper import Paper
from eventdesk.domain.till.receipt import Extras, ReceiptContents, TicketCode
from eventdesk.domain.till.slips import Slip, SlipBlock, SlipRow
from eventdesk.receipts import drawing
from eventdesk.receipts.blocks import Pair
from eventdesk.receipts.setting import place
from tests.receipts import samples
from tests.receipts.golden import GOLDEN, PICTURES, draw
from tests.receipts.readers import codes, picture
from tests.rigs.printers import sheets

# Of a thousand dots, so many may differ (edges of letters between versions of FreeType).
MOST_PER_THOUSAND = 1.0


def differing(one: Image.Image, other: Image.Image) -> float:
    return float((np.asarray(one) != np.asarray(other)).mean() * 1000)


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_receipt_looks_as_it_did_when_a_person_looked(name: str, tmp_path: Path) -> None:
    drawn = draw(name)
    with Image.open(GOLDEN / f"{name}.png") as expected:
        assert drawn.size == expected.size
        off = differing(drawn, expected.convert("1"))
    if off > MOST_PER_THOUSAND:
        drawn.save(tmp_path / f"{name}.png")
    assert off <= MOST_PER_THOUSAND, f"compare {tmp_path / name}.png with {GOLDEN / name}.png"


def test_the_comparison_sees_another_sum() -> None:
    other = replace(samples.refund(), total=-12_608)
    apart = differing(draw("receipt-refund"), picture_of(other))
    assert apart > MOST_PER_THOUSAND / 5


def picture_of(contents: ReceiptContents) -> Image.Image:
    return picture(drawing.receipt(contents).raster(Paper.ROLL_80))


@pytest.mark.parametrize("width", [384, 576, 1040])
def test_a_long_name_leaves_its_amount_room(width: int) -> None:
    (placed,) = place([Pair("W" * 200, "1,234,567.89")], width)
    (single,) = place([Pair("W", "1,234,567.89")], width)
    assert placed.height > 3 * single.height


def test_a_roll_is_as_long_as_the_receipt_and_sheets_are_as_many_as_it_takes(tmp_path: Path) -> None:
    rows = tuple(SlipRow(f"Row {number}", number) for number in range(150))
    long = drawing.slip(Slip("Z", "EUR", (SlipBlock("All", rows),)))
    file = tmp_path / "z.pdf"
    roll = long.pdf(Paper.ROLL_80)
    file.write_bytes(roll.pdf)
    assert sheets.page_size(file) == pytest.approx(roll.size, abs=0.2)
    assert roll.size[1] > 400
    file.write_bytes(long.pdf(Paper.A4).pdf)
    assert len(sheets.draw(file, 50)) == 3
    told = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert "Row 0\n" in told
    assert "Row 149" in told


def test_dots_are_only_for_rolls() -> None:
    with pytest.raises(ValueError, match="PDF"):
        drawing.receipt(samples.refund()).raster(Paper.A4)


def test_many_threads_draw_the_same() -> None:
    drawn: list[bytes] = []

    def work() -> None:
        drawn.append(drawing.receipt(samples.any_script()).raster(Paper.ROLL_80).rows)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(drawn) == 4
    assert len(set(drawn)) == 1


def test_thirty_tickets_stand_on_one_receipt(tmp_path: Path) -> None:
    many = tuple(TicketCode(f"TICKET{number:017}", f"Pass {number}") for number in range(30))
    assert codes(picture_of(samples.cash_sale(Extras(codes=many))), tmp_path) == sorted(
        code.code for code in many
    )
