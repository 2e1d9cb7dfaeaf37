"""What an organizer sets up for selling: shown and read back, written on a real desk."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import OpenDemoEvent
from eventdesk.desk.demo import LOG
from eventdesk.domain.catalogue import Addon
from eventdesk.domain.till.setup import Row, Section, TillSetup
from eventdesk.screens.manage.event_editor import EventEditor
from eventdesk.screens.manage.events_page import EventsPage
from eventdesk.screens.manage.field import Wrong
from eventdesk.screens.manage.percent_field import PercentField
from eventdesk.screens.manage.product_form import TillProductForm
from eventdesk.screens.manage.seats_text import plan_from, plan_text
from eventdesk.screens.manage.till_forms import DiscountForm, TaxForm
from tests.screens.manage.real_desk import RealDesk

WAIT_MS = 20_000


@pytest.fixture
def editor(qtbot: QtBot, tmp_path: Path) -> object:
    """Of the demo event, on a real desk."""
    desk = RealDesk(tmp_path)
    page = EventsPage(desk.bridge)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    desk.bridge.post(OpenDemoEvent())
    page.event_choice.choose(LOG)
    qtbot.waitUntil(lambda: page.editor() is not None, timeout=WAIT_MS)
    yield page.editor(), desk
    desk.close()


def setup_of(desk: RealDesk) -> TillSetup:
    with desk.store.reader() as reader:
        return reader.till_setup(LOG)


def saved(qtbot: QtBot, page: EventEditor) -> None:
    with qtbot.waitSignal(page.saved, timeout=WAIT_MS):
        page.save()


def test_every_form_reads_back_what_it_shows(qtbot: QtBot, editor: tuple[EventEditor, RealDesk]) -> None:
    page, desk = editor
    till = page.pages.till
    for items in (till.taxes, till.categories, till.discounts, till.seatings, page.pages.products):
        items.open_all()
    page.pages.offer()
    assert till.read() == setup_of(desk)
    assert page.pages.read() == page.stored


def test_a_tax_rate_is_added_and_given_to_a_product(
    qtbot: QtBot, editor: tuple[EventEditor, RealDesk]
) -> None:
    page, desk = editor
    before = setup_of(desk)
    till, products = page.pages.till, page.pages.products
    till.taxes.add()
    form = next(form for form in till.taxes.forms.values() if form.read() is None)
    assert isinstance(form, TaxForm)
    form.name.put("Books")
    form.rate.put(50_000)
    form.code.put("C")
    product = next(form for form in products.forms.values() if isinstance(form, TillProductForm))
    page.pages.offer()
    id_ = next(id_ for id_, name in till.taxes.names() if id_ not in before.taxes)
    product.tax.put(id_)
    product.goods.put(True)
    saved(qtbot, page)
    assert setup_of(desk).taxes[id_].rate == 50_000
    (catalogue,) = desk.catalogues()
    assert [one.ticket for one in catalogue.products.values() if one.tax == id_] == [False]


def test_variations_and_add_ons_have_numbers_of_their_own(
    qtbot: QtBot, editor: tuple[EventEditor, RealDesk]
) -> None:
    page, desk = editor
    products = page.pages.products
    products.open_all()
    page.pages.offer()
    form = products.forms["pass"]
    assert isinstance(form, TillProductForm)
    line = form.variations._lines[0]
    assert line.price is not None
    line.price.setText("1x")
    page.save()
    assert form.variations.mistake
    line.price.setText("99,50")
    addon = form.addons._lines[0]
    addon.included.setText("2")
    assert not form.addons.check()  # more than may be sold
    addon.most.setText("3")
    form.addons.add()
    saved(qtbot, page)
    (catalogue,) = desk.catalogues()
    kept = catalogue.products["pass"]
    assert kept.variations[0].price == 9950
    assert kept.addons[0] == Addon("workshop", 3, 2)
    assert len(kept.addons) == 2


def test_the_business_and_its_limits_are_written(qtbot: QtBot, editor: tuple[EventEditor, RealDesk]) -> None:
    page, desk = editor
    rules = page.pages.till.rules
    rules.name.put("Sommerfest e.V.")
    rules.most_refund.put(5000)
    saved(qtbot, page)
    kept = setup_of(desk).rules
    assert (kept.business.name, kept.most_refund) == ("Sommerfest e.V.", 5000)
    rules.most_refund.put(None)
    saved(qtbot, page)
    assert setup_of(desk).rules.most_refund is None


def test_a_mistake_in_a_discount_is_gone_to(qtbot: QtBot, editor: tuple[EventEditor, RealDesk]) -> None:
    page, _desk = editor
    till = page.pages.till
    form = next(form for form in till.discounts.forms.values() if isinstance(form, DiscountForm))
    form.kind.put("percent")
    form.percent.put(None)
    form._show_parts()
    form.percent.line.setText("120")
    page.save()
    assert form.percent.mistake
    assert page.tabs.currentWidget() is till
    assert till.tabs.currentWidget() is till.discounts


def test_a_plan_is_written_as_lines_and_read_again() -> None:
    seats = (*(str(number) for number in range(1, 13)), "14", "14a")
    stalls = Section("x", "Stalls", (Row("A", seats), Row("B", ("1",))))
    plan = (stalls, Section("y", "Box", (Row("1", ("L",)),)))
    text = plan_text(plan)
    assert text.splitlines()[0] == "Stalls; A; 1-12, 14, 14a"
    assert plan_from(text, {"Stalls": "x", "Box": "y"}) == plan


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Stalls; A", "Line 1"),
        ("S; A; 1\nS; A; 2", "Line 2"),
        ("S; A; 1-3, 2", "seat 2"),
        ("S; A; ,", "Line 1"),
    ],
)
def test_a_line_that_is_wrong_is_named(text: str, words: str) -> None:
    with pytest.raises(Wrong, match=words):
        plan_from(text, {})


@pytest.mark.parametrize(
    ("text", "share"), [("19", 190_000), ("7.5", 75_000), ("7,25 %", 72_500), ("100", 10**6)]
)
def test_shares_as_people_write_them(qtbot: QtBot, text: str, share: int) -> None:
    field = PercentField("Rate")
    qtbot.addWidget(field)
    field.line.setText(text)
    assert field.value() == share
    field.put(share)
    assert field.value() == share


@pytest.mark.parametrize("text", ["-1", "101", "nan", "1e2", "7.12345"])
def test_a_share_that_can_not_be_is_refused(qtbot: QtBot, text: str) -> None:
    field = PercentField("Rate")
    qtbot.addWidget(field)
    field.line.setText(text)
    assert not field.check()
