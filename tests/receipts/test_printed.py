"""What comes out of a receipt printer is what was drawn, dot by dot, and strangers can read it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.receipts.addresses import open_receipt_printer
from eventdesk.devices.receipts.port import Outcome
from eventdesk.domain.paper import Paper
from eventdesk.domain.till.receipt import ReceiptContents
from eventdesk.receipts import drawing
from tests.receipts import samples
from tests.receipts.readers import codes, picture
from tests.rigs.printers import escpos as rig


@pytest.mark.parametrize("contents", [samples.cash_sale, samples.any_script, samples.refund_in_training])
@pytest.mark.parametrize("paper", [Paper.ROLL_80, Paper.ROLL_58])
def test_the_paper_shows_the_picture(
    paper: Paper, contents: Callable[[], ReceiptContents], tmp_path: Path
) -> None:
    real = rig.EscposPrinter(dots=paper.dots)
    receipt = drawing.receipt(contents())
    with rig.on_network(real) as port:
        address = f"tcp://127.0.0.1:{port}?paper={paper}"
        with closing(open_receipt_printer(address, FolderPrinters(tmp_path))) as printer:
            assert printer.print(receipt, "r-1").outcome is Outcome.PRINTED
    drawn = picture(receipt.raster(paper))
    (paper_out,) = real.receipts
    came_out = paper_out.crop((0, 0, drawn.width, drawn.height))
    # A dot for each place that a printer would take for a command.
    assert int((np.asarray(came_out) != np.asarray(drawn)).sum()) <= 5
    assert real.kicks == 0
    assert not real.unknown
    assert codes(paper_out, tmp_path) == sorted(code.code for code in contents().extras.codes)
