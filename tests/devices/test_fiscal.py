"""A fiscal device that signs, and one that does not: what is asked of each, and what the receipt says."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from eventdesk.devices.fiscal import (
    Begun,
    FiscalDevice,
    FiscalFault,
    NoFiscalDevice,
    Process,
    Signed,
    out_of_order,
)
from eventdesk.devices.fiscal_german import mark_of, process_of
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.paper import Paper
from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.receipt import Extras, FiscalMark, ReceiptContents, ReceiptPayment
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput
from eventdesk.receipts import drawing
from tests.receipts import samples
from tests.receipts.readers import codes, picture

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


class Signer:
    """Numbers transactions and signs them with a key of its own, as a TSE does."""

    name = "signer"

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._open: dict[int, Begun] = {}
        self._done: dict[int, Signed] = {}
        self._number = self._counter = 0
        self.broken = False

    def state(self) -> DeviceState:
        return DeviceState(self.name, Status.GONE if self.broken else Status.READY)

    def start(self, sale: str) -> Begun | None:
        self._check()
        self._number += 1
        begun = Begun(self._number, NOON + timedelta(seconds=self._number), sale)
        self._open[begun.number] = begun
        return begun

    def finish(self, begun: Begun, process: Process) -> Signed:
        self._check()
        if begun.number in self._done:
            return self._done[begun.number]
        self._counter += 1
        ended = begun.at + timedelta(seconds=30)
        signed = Signed(
            self._open.pop(begun.number),
            ended,
            process,
            self._counter,
            base64.b64encode(self._key.sign(text(process, begun.number), ec.ECDSA(hashes.SHA256()))).decode(),
            "ecdsa-plain-SHA256",
            "utcTime",
            base64.b64encode(self._public()).decode(),
            "serial-of-the-signer",
            "till-1",
        )
        self._done[begun.number] = signed
        return signed

    def cancel(self, begun: Begun, process: Process) -> Signed:
        return self.finish(begun, process)

    def unfinished(self) -> tuple[Begun, ...]:
        return tuple(self._open.values())

    def mark(self, signed: Signed) -> FiscalMark:
        return mark_of(signed)

    def close(self) -> None: ...

    def _check(self) -> None:
        if self.broken:
            raise FiscalFault("The signer is out of order.", "Look at its light.")

    def _public(self) -> bytes:
        form = serialization.PublicFormat.UncompressedPoint
        return self._key.public_key().public_bytes(serialization.Encoding.X962, form)


def text(process: Process, number: int) -> bytes:
    return f"{process.type};{process.data};{number}".encode()


def test_a_signed_sale_is_on_the_receipt_and_its_signature_holds(qapp: object, tmp_path: Path) -> None:
    device: FiscalDevice = Signer()
    begun = device.start("s1")
    assert begun is not None
    assert device.unfinished() == (begun,)
    signed = device.finish(begun, process_of(german()))
    assert device.unfinished() == ()
    assert device.finish(begun, process_of(german())) == signed
    contents = replace(german(), extras=Extras(fiscal=device.mark(signed)))
    (code,) = codes(picture(drawing.receipt(contents, "de").raster(Paper.ROLL_80)), tmp_path)
    version, till, kind, data, number, counter, start, end, _, _, signature, key = code.split(";")
    assert (version, till, counter) == ("V0", "till-1", "1")
    assert (start, end) == ("2026-06-10T12:00:01.000Z", "2026-06-10T12:00:31.000Z")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(key))
    told = text(Process(kind, data), int(number))
    public.verify(base64.b64decode(signature), told, ec.ECDSA(hashes.SHA256()))


def test_a_device_out_of_order_is_told_on_the_receipt() -> None:
    device = Signer()
    begun = device.start("s1")
    device.broken = True
    assert begun is not None
    with pytest.raises(FiscalFault):
        device.finish(begun, process_of(german()))
    assert device.unfinished() == (begun,)
    assert out_of_order("TSE ausgefallen").lines == (("!", "TSE ausgefallen"),)


def test_without_a_device_nothing_is_begun_or_printed() -> None:
    device: FiscalDevice = NoFiscalDevice()
    assert device.state().status is Status.READY
    assert device.start("s1") is None
    assert device.unfinished() == ()
    with pytest.raises(LookupError):
        device.finish(Begun(1, NOON), Process("x", "y"))


def german(**changed: object) -> ReceiptContents:
    made = replace(
        samples.refund(),
        taxes=(TaxSum(190_000, "A", 6_330, 1_203, 7_533), TaxSum(70_000, "B", 747, 52, 799)),
        payments=(
            ReceiptPayment(Tender.CASH, 2_000, 5_000, 3_000),
            ReceiptPayment(Tender.CARD, 6_000),
            ReceiptPayment(Tender.GIFT_CARD, 332),
        ),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contents", "data"),
    [
        (german(), "Beleg^75.33_7.99_0.00_0.00_0.00^20.00:Bar_63.32:Unbar"),
        (
            german(taxes=(TaxSum(0, "", -5, 0, -5),), payments=(ReceiptPayment(Tender.CASH, -5),)),
            "Beleg^0.00_0.00_0.00_0.00_-0.05^-0.05:Bar",
        ),
        (german(taxes=(), payments=()), "Beleg^0.00_0.00_0.00_0.00_0.00^0.00:Bar"),
        (
            german(extras=Extras(training=True)),
            "AVTraining^75.33_7.99_0.00_0.00_0.00^20.00:Bar_63.32:Unbar",
        ),
    ],
)
def test_what_is_signed_has_the_form_of_the_country(contents: ReceiptContents, data: str) -> None:
    assert process_of(contents) == Process("Kassenbeleg-V1", data)


@pytest.mark.parametrize("changed", [{"currency": "CHF"}, {"taxes": (TaxSum(200_000, "A", 100, 20, 120),)}])
def test_what_the_form_has_no_place_for_is_told(changed: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        process_of(german(**changed))
