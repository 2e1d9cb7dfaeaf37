"""The forms of a German TSE's receipts, as DSFinV-K (annex I) describes them: an example for an adapter to a
real device, and no claim that it satisfies any law."""

from datetime import UTC, datetime

from eventdesk.devices.fiscal import Process, Signed
from eventdesk.domain.till.receipt import FiscalMark, ReceiptContents
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput

PROCESS_TYPE = "Kassenbeleg-V1"
# Parts per million, in the order of the form: standard, reduced, the two of agriculture, none.
RATES = (190_000, 70_000, 107_000, 55_000, 0)


def process_of(contents: ReceiptContents) -> Process:
    """Turnover by rate and payments by kind. Raises BadInput for another currency or rate than Germany's."""
    if contents.currency != "EUR":
        raise BadInput(
            f"A TSE signs in euros; this sale is in {contents.currency}.", "Set the event's currency."
        )
    gross = dict.fromkeys(RATES, 0)
    for tax in contents.taxes:
        if tax.rate not in gross:
            raise BadInput(
                f"The tax rate {tax.rate / 10_000:g} % has no place in {PROCESS_TYPE}.",
                "Correct the tax rates of the event.",
            )
        gross[tax.rate] += tax.gross
    kind = "AVTraining" if contents.extras.training else "Beleg"
    turnover = "_".join(map(_euros, gross.values()))
    return Process(PROCESS_TYPE, f"{kind}^{turnover}^{_payments(contents)}")


def mark_of(signed: Signed) -> FiscalMark:
    """Its QR code, which holds all of it; only who signed is repeated in letters."""
    fields = (
        "V0",
        signed.till,
        signed.process.type,
        signed.process.data,
        str(signed.begun.number),
        str(signed.counter),
        _moment(signed.begun.at),
        _moment(signed.ended),
        signed.algorithm,
        signed.time_format,
        signed.signature,
        signed.public_key,
    )
    return FiscalMark((("TSE", signed.serial), ("Kasse", signed.till)), ";".join(fields))


def _payments(contents: ReceiptContents) -> str:
    cash = sum(one.amount for one in contents.payments if one.tender is Tender.CASH)
    others = sum(one.amount for one in contents.payments if one.tender is not Tender.CASH)
    sums = [f"{_euros(amount)}:{kind}" for amount, kind in ((cash, "Bar"), (others, "Unbar")) if amount]
    return "_".join(sums) or "0.00:Bar"


def _euros(amount: int) -> str:
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
