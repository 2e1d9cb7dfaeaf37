"""The pipeline on made pictures: what is read, what is not, and what it says why."""

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from eventdesk.devices.codes.live import FrameReader
from eventdesk.devices.codes.reader import CodeReader
from eventdesk.devices.codes.values import Cause, Gray, Image, Symbology, canonical
from eventdesk.errors import BadInput
from tests.rigs.frames import TEXT, code, dark, defocused, frame, glare, noisy, torn

LONG = "EDT1." + "k3mq9xw2tzr5hd8" * 11

SPOILT = {
    Cause.TOO_DARK: lambda: dark(frame(), 0.03, sigma=8),
    Cause.TOO_BRIGHT: lambda: glare(frame(), (0.5, 0.5), 40),
    Cause.BLURRED: lambda: defocused(frame(), 10),
    Cause.TOO_FAR: lambda: noisy(defocused(frame(LONG, module=1), 0.5), 3),
    Cause.DAMAGED: lambda: torn(frame(), (0.5, 0.5), 64),
}


@pytest.fixture(scope="module")
def reader() -> CodeReader:
    """Without a limit that a busy machine would meet."""
    return CodeReader(seconds=30)


def made(text: str | bytes, format_: str) -> Gray:
    barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, format_))
    return np.pad(np.array(barcode.to_image(scale=4)), 30, constant_values=255)


@pytest.mark.parametrize("angle", [0, 17, 45, 90, 180, 301])
def test_a_ticket_is_read_however_it_is_held(reader: CodeReader, angle: float) -> None:
    reading = reader.read(frame(angle=angle))
    assert reading.texts == (TEXT,)
    assert reading.cause is None
    assert reading.seen == ()


def test_a_reading_tells_where_the_code_is(reader: CodeReader) -> None:
    [found] = reader.read(frame(place=(0.3, 0.6))).codes
    middle = np.mean(found.corners, axis=0)
    assert middle == pytest.approx((0.3 * 1280, 0.6 * 720), abs=4)
    assert found.raw == TEXT.encode()
    assert found.symbology is Symbology.QR


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("inverted, as dark screens show it", lambda: 255 - frame()),
        ("mirrored, as front cameras show it", lambda: frame()[:, ::-1]),
        ("in dim light", lambda: dark(frame(), 0.05)),
        ("out of focus", lambda: defocused(frame(), 5.5)),
        ("scratched", lambda: torn(frame(), (0.5, 0.5), 50)),
    ],
)
def test_a_spoilt_ticket_is_read(reader: CodeReader, name: str, picture: object) -> None:
    assert callable(picture)
    assert reader.read(picture()).texts == (TEXT,), name


def test_the_ladder_reads_what_the_plain_look_does_not(reader: CodeReader) -> None:
    [found] = reader.read(defocused(frame(), 5.5)).codes
    assert "plain" not in found.reader
    middle = np.mean(found.corners, axis=0)
    assert middle == pytest.approx((640, 360), abs=8)


def test_all_codes_of_a_picture_are_told_each_once(reader: CodeReader) -> None:
    left, right, again = code("FIRST"), code("SECOND"), code("FIRST")
    assert set(reader.read(np.hstack([left, right, again])).texts) == {"FIRST", "SECOND"}
    assert len(reader.read(np.hstack([left, right, again])).texts) == 2


def test_a_code_beside_others_is_looked_at_once_more(reader: CodeReader) -> None:
    """The plain look reads the clear one; the blurred one beside it takes a rung of its own."""
    both = np.hstack([code("CLEAR"), cv2.GaussianBlur(code("BLURRED"), (0, 0), 3.4)])
    assert set(reader.read(both).texts) == {"CLEAR", "BLURRED"}


def test_an_unread_code_is_told_once(reader: CodeReader) -> None:
    assert len(reader.read(SPOILT[Cause.DAMAGED]()).seen) == 1


@pytest.mark.parametrize("cause", list(SPOILT))
def test_the_cause_is_told(reader: CodeReader, cause: Cause) -> None:
    reading = reader.read(SPOILT[cause]())
    assert reading.texts == ()
    assert reading.cause is cause


@pytest.mark.parametrize(
    ("picture", "cause"),
    [
        (frame(None), None),
        (np.zeros((480, 640, 3), np.uint8), Cause.TOO_DARK),
        (np.full((480, 640, 3), 255, np.uint8), Cause.TOO_BRIGHT),
    ],
)
def test_a_picture_without_a_code_gives_nothing(
    reader: CodeReader, picture: Image, cause: Cause | None
) -> None:
    reading = reader.read(picture)
    assert (reading.texts, reading.seen, reading.cause) == ((), (), cause)


@pytest.mark.parametrize(
    ("format_", "symbology"),
    [
        ("Aztec", Symbology.AZTEC),
        ("PDF417", Symbology.PDF417),
        ("DataMatrix", Symbology.DATA_MATRIX),
        ("Code128", Symbology.CODE_128),
    ],
)
def test_other_kinds_are_read_only_where_asked_for(
    reader: CodeReader, format_: str, symbology: Symbology
) -> None:
    picture = made("TICKET-12345", format_)
    assert reader.read(picture).texts == ()
    [found] = CodeReader(frozenset({Symbology.QR, symbology})).read(picture).codes
    assert (found.text, found.symbology) == ("TICKET-12345", symbology)


def test_micro_qr_is_no_ticket(reader: CodeReader) -> None:
    assert reader.read(made("12345", "MicroQRCode")).texts == ()


@pytest.mark.parametrize("text", ["Grüße", "切符 一枚", "🎫", "a\tb", "تذكرة"])
def test_any_script_comes_through(reader: CodeReader, text: str) -> None:
    assert reader.read(code(text)).texts == (text,)


def test_bytes_that_are_no_text_are_kept(reader: CodeReader) -> None:
    [found] = reader.read(made(bytes(range(256)), "QRCodeModel2")).codes
    assert found.raw == bytes(range(256))
    assert found.text.encode("utf-8")


def test_the_text_is_as_a_scanner_would_type_it() -> None:
    assert canonical(" one\r\ntwo\rthree \n") == "one\ntwo\nthree"
    assert canonical("half \ud83c") == "half \\ud83c"


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(
        st.sampled_from([np.uint8, np.uint16, np.float32, np.bool_]),
        st.one_of(
            st.tuples(st.integers(1, 40), st.integers(1, 40)),
            st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 2, 3, 4])),
        ),
    )
)
def test_no_picture_is_too_odd(picture: Image) -> None:
    assert CodeReader(seconds=0.01).read(picture).texts == ()


@pytest.mark.parametrize("shape", [(0, 5), (5,), (5, 5, 7), (5, 5, 3, 2)])
def test_what_is_no_picture_is_refused(reader: CodeReader, shape: tuple[int, ...]) -> None:
    with pytest.raises(BadInput):
        reader.read(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("depth", ["gray", "16 bits", "alpha"])
def test_depths_and_transparency(reader: CodeReader, depth: str) -> None:
    gray = code()
    picture: Image = gray
    if depth == "16 bits":
        picture = gray.astype(np.uint16) * 16
    elif depth == "alpha":
        ink = np.zeros((*gray.shape, 4), np.uint8)  # black ink on nothing
        ink[..., 3] = 255 - gray
        picture = ink
    assert reader.read(picture).texts == (TEXT,)


def test_a_large_photo_with_a_small_code(reader: CodeReader) -> None:
    wide = cv2.resize(frame(None), (4000, 3000))
    small = code(module=4)
    wide[1500 : 1500 + small.shape[0], 2100 : 2100 + small.shape[1]] = small[..., None]
    assert reader.read(wide).texts == (TEXT,)


class TestLive:
    def test_a_clear_frame_is_read_at_once(self) -> None:
        assert FrameReader().read(frame()).texts == (TEXT,)

    def test_a_blurred_ticket_held_still_is_read_within_some_frames(self) -> None:
        """With no time for the ladder each frame still gets one rung, the next one each time."""
        reader = FrameReader(seconds=0.0)
        blurred = defocused(frame(), 5.5)
        texts = [reader.read(blurred).texts for _ in range(40)]
        assert texts[0] == ()
        assert (TEXT,) in texts

    def test_the_cause_is_told_of_each_frame(self) -> None:
        reader = FrameReader(seconds=0.0)
        blurred = defocused(frame(), 10)
        assert {reader.read(blurred).cause for _ in range(3)} == {Cause.BLURRED}
