"""A receipt in words."""

from dataclasses import replace

from eventdesk.domain.till.receipt import Extras, ReceiptContents, ReceiptKind
from eventdesk.receipts.blocks import Banner, Code, Columns, Pair, Sheet, Text
from eventdesk.receipts.slips import slip_sheet
from eventdesk.receipts.wording import worded
from tests.receipts import samples


def pairs(sheet: Sheet) -> dict[str, str]:
    return {block.left: block.right for block in sheet.blocks if isinstance(block, Pair)}


def banners(sheet: Sheet) -> list[str]:
    return [block.text for block in sheet.blocks if isinstance(block, Banner)]


def texts(sheet: Sheet) -> list[str]:
    return [block.text for block in sheet.blocks if isinstance(block, Text)]


def said(contents: ReceiptContents, language: str = "en") -> dict[str, str]:
    return pairs(worded(contents, language))


def test_english_and_german() -> None:
    contents = samples.cash_sale()
    assert said(contents)["Total"] == "€300.19"
    german = said(contents, "de")
    assert german["Summe"] == "300,19\u00a0€"
    assert german["Rückgeld"] == "49,80"
    assert german["Zeit"] == "10.06.2026 20:15"
    assert said(contents, "tlh") == said(contents)


def test_an_amount_and_its_discount_come_to_what_is_paid() -> None:
    told = [block for block in worded(samples.cash_sale(), "en").blocks if isinstance(block, Pair)]
    at = next(number for number, block in enumerate(told) if block.left.startswith("2 × Conference"))
    assert (told[at].right, told[at].mark) == ("258.00", "B")
    assert (told[at + 1].left, told[at + 1].right) == ("Discount", "-25.80")


def test_what_is_given_away_says_so() -> None:
    assert said(samples.cash_sale())["Complimentary"] == "-35.00"


def test_a_raised_price_is_no_discount() -> None:
    dear = replace(samples.cash_sale().lines[3], off=-500)
    told = said(replace(samples.cash_sale(), lines=(dear,)))
    assert told["Surcharge"] == "5.00"
    assert "Discount" not in told


def test_cash_is_rounded_in_a_line_of_its_own() -> None:
    told = said(samples.cash_sale())
    assert (told["Rounding"], told["To pay"], told["Cash"]) == ("0.01", "€300.20", "350.00")
    assert not {"Rounding", "To pay", "Change"} & set(said(samples.split_sale()))


def test_a_refund_names_the_receipt_that_it_gives_back() -> None:
    told = said(samples.refund())
    assert told["Gives back of receipt"] == "1042"
    assert told["Card Visa *4242, paid back"] == "-136.09"
    assert told["Discount"] == "12.90"
    assert "Refund" in texts(worded(samples.refund(), "en"))


def test_an_exchange_without_money_says_where_it_went() -> None:
    swap = replace(samples.refund(), kind=ReceiptKind.EXCHANGE, payments=())
    assert "This amount counts for what was taken in exchange." in texts(worded(swap, "en"))
    taken = replace(samples.split_sale(), credit=20_000)
    assert said(taken)["Given back in exchange"] == "-200.00"
    assert said(taken)["To pay"] == "€100.19"


def test_net_prices_show_net_tax_and_total() -> None:
    told = said(replace(samples.refund(), net_prices=True))
    assert {"Net", "Tax", "Total"} <= set(told)


def test_taxes_stand_by_rate() -> None:
    told = [block.cells for block in worded(samples.cash_sale(), "de").blocks if isinstance(block, Columns)]
    assert told[0] == ("Satz", "Netto", "Steuer", "Brutto")
    assert told[1] == ("A 20\u00a0%", "19,16", "3,83", "22,99")
    assert worded(replace(samples.cash_sale(), taxes=()), "en").blocks != ()


def test_a_copy_and_training_are_marked_and_the_real_thing_is_not() -> None:
    assert banners(worded(samples.cash_sale(), "en")) == []
    assert worded(samples.cash_sale(), "en").watermark == ""
    assert banners(worded(samples.cash_sale(Extras(copy=2)), "de")) == ["KOPIE 2"]
    training = worded(samples.refund_in_training(), "en")
    assert banners(training) == ["TRAINING", "TRAINING"]
    assert training.watermark == "TRAINING"


def test_what_a_fiscal_device_wants_is_there_with_its_code() -> None:
    sheet = worded(samples.marked(), "en")
    assert "TSE-Transaktion: 1234" in texts(sheet)
    assert [block.text[:3] for block in sheet.blocks if isinstance(block, Code)] == ["V0;"]


def test_a_currency_without_minor_unit_has_no_point() -> None:
    yen = replace(samples.refund(), currency="JPY", total=-13_609)
    assert said(yen)["Total"] == "-¥13,609"


def test_a_slip_has_its_rows_and_signatures() -> None:
    sheet = slip_sheet(replace(samples.Z_REPORT, training=True, copy=1), "en")
    assert pairs(sheet)["Difference"] == "-1.00"
    assert pairs(sheet)["Sales"] == "300   12,345.67"
    assert banners(sheet) == ["TRAINING", "COPY 1", "TRAINING"]
    assert sheet.watermark == "TRAINING"
