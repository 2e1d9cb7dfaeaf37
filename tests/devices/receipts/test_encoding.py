"""What is sent to ESC/POS printers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.devices.receipts import encoding
from eventdesk.domain.paper import Raster
from tests.rigs.printers.escpos import EscposPrinter

# Rows of eight dots in which commands are likely.
rows = st.lists(st.sampled_from([0x00, 0x10, 0x04, 0x05, 0x14, 0x01, 0xFF]), min_size=1, max_size=400)


@given(rows)
def test_the_printer_draws_what_was_sent_and_sees_no_command_in_it(dots: list[int]) -> None:
    printer = EscposPrinter(dots=8)
    raster = Raster(8, bytes(dots))
    said = b"".join(printer.feed(band) for band in encoding.bands(raster))
    printer.feed(b"\x1dV\x00")
    drawn = printer.receipts[0].tobytes()
    assert bytes(255 - byte for byte in drawn) == encoding.harmless(raster.rows)
    assert said == b""
    assert printer.kicks == 0
    assert not printer.unknown


@given(rows)
def test_a_picture_changes_by_one_dot_where_it_held_a_command(dots: list[int]) -> None:
    before, after = bytes(dots), encoding.harmless(bytes(dots))
    assert len(before) == len(after)
    for at, (one, other) in enumerate(zip(before, after, strict=True)):
        assert one == other or (one == 0x10 and other == 0x11 and before[at + 1] in {0x04, 0x05, 0x14})


def test_a_picture_that_opens_the_drawer_is_caught_by_the_rig() -> None:
    printer = EscposPrinter(dots=32)
    printer.feed(b"\x1dv0\x00\x04\x00\x01\x00" + b"\x10\x14\x01\x00")
    assert printer.kicks == 1


def test_a_band_is_short_enough_for_any_printer() -> None:
    sent = list(encoding.bands(Raster(576, bytes(72 * 300))))
    assert [len(band) for band in sent] == [8 + 72 * 128, 8 + 72 * 128, 8 + 72 * 44]


def test_a_printer_that_waits_within_a_picture_is_freed() -> None:
    printer = EscposPrinter()
    printer.feed(b"\x1dv0\x00\x48\x00\x80\x00" + b"\xff" * 100)
    printer.feed(encoding.refill() + encoding.END)
    assert printer.rows == 128
    assert not printer.unknown


@pytest.mark.parametrize(("width", "size"), [(0, 0), (12, 3), (16, 3)])
def test_rows_that_do_not_fit_the_width_are_refused(width: int, size: int) -> None:
    with pytest.raises(ValueError, match="no rows"):
        Raster(width, bytes(size))
