"""A shift, open and closed, and its figures."""

from dataclasses import replace
from datetime import timedelta

from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.figures import (
    Figures,
    OpenPayment,
    PersonFigures,
    ProductFigures,
    TenderFigures,
    WayFigures,
)
from eventdesk.domain.till.sales import Shift, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.receipts.reports import Where
from tests.receipts.samples import AT, EVENT

OPEN = Shift("sh1", "d1", 17, "Drawer A", "EUR", AT, 20_000, counted=51_500, count={5_000: 10, 500: 3})
CLOSED = replace(
    OPEN, closed=AT + timedelta(hours=6), difference=-50, expected=51_550, facts=320, digest="ab" * 32
)
FIGURES = Figures(
    sales=300,
    sold=1_234_567,
    reversals=(WayFigures("refund", 10, 13_609),),
    reversed_=13_609,
    tenders=(
        TenderFigures(Tender.CASH, 35_000, 1_000, 50, 120),
        TenderFigures(Tender.CARD, 1_186_908, 12_609, 0, 180),
    ),
    taxes=(TaxSum(100_000, "B", 1_109_962, 110_996, 1_220_958),),
    products=(
        ProductFigures("pass", "", "Conference pass", 299, 1_200_958),
        ProductFigures("", "", "", 300, 20_000),
    ),
    persons=(PersonFigures("st1", 300, 1_234_567, 13_609), PersonFigures("", 0, 0, 0)),
    discounts=5_000,
    comps=3_500,
    comp_number=1,
    rounding=50,
    no_sales=2,
    moves=(WayFigures("drop", 1, 2_500),),
    first=1_042,
    last=1_351,
    float_=20_000,
    expected_cash=51_550,
    open=(OpenPayment("p-unknown-1", "s9", Way.IN, Tender.INVOICE, 4_500),),
)
WHERE = Where("Verein", EVENT, "Box office 1", people={"st1": "Anna"})
