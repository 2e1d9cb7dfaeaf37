"""Two kiosks with one order that is not paid: its money is taken once."""

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import FindByCode, OpenKiosk, PayAtKiosk
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.desk.settings import CAMERA_SOURCE, TERMINALS
from eventdesk.desk.till.commands import OpenShift, OpenTill
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import OrderStatus
from eventdesk.storage.verification import verify
from tests.desk.kiosk.paying_desk import SETUP, Patient, paid
from tests.desk.upstream.conftest import LinedDesk, until

OLE, ORDER = "hl-ole-1HP2X6", "demo-HL007"
Two = tuple["Payer", "Payer"]


class Payer:
    """A kiosk that takes money, and what its screen shows."""

    def __init__(self, desk: LinedDesk) -> None:
        self.desk = desk
        self.terminal = Patient()
        desk.terminal = self.terminal
        self.state: KioskState | None = None
        desk.hooks.kiosk_changed.connect(self._told)
        desk.preferences.put(CAMERA_SOURCE, "")
        desk.preferences.put(TERMINALS, [{"name": "t1"}])
        desk.engine.kiosk.use_till(desk.till.at_kiosk)
        desk.ask(OpenTill(LOG), lambda hooks: hooks.shift_changed)
        desk.ask(OpenShift("kiosk", 0), lambda hooks: hooks.shift_changed)
        desk.engine.post(OpenKiosk())
        self.wait(Page.WELCOME)

    def _told(self, state: KioskState) -> None:
        self.state = state

    def wait(self, *pages: Page) -> KioskState:
        return until(lambda: self.state if self.state and self.state.page in pages else None, 30)

    def asks(self) -> None:
        """The guest is about to pay, and touches the button."""
        self.desk.engine.post(FindByCode(OLE, camera=True))
        self.again()

    def again(self) -> None:
        self.desk.engine.post(PayAtKiosk(visit=self.wait(Page.PAYING).visit))

    def status(self) -> OrderStatus:
        return self.desk.reads(lambda reader: reader.order_tickets(LOG, ORDER))[0].order.status


@pytest.fixture
def payers(two: tuple[LinedDesk, LinedDesk]) -> Two:
    first, second = two
    documents = first.reads(lambda reader: reader.documents(LOG))
    drafts = [Draft(Kind.DOCUMENT_DEFINED, one.id, {"removed": True}) for one in documents]
    with first.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.KIOSK_DEFINED, LOG, SETUP), *drafts])
    until(lambda: second.reads(lambda reader: not reader.documents(LOG)) or None)
    return Payer(first), Payer(second)


def test_two_kiosks_at_once_take_it_once(payers: Two) -> None:
    first, second = payers
    first.asks()
    until(lambda: first.terminal.charges)
    second.asks()
    until(lambda: second.state if second.state and str(second.state.words) else None)
    assert second.wait(Page.PAYING).words
    assert second.terminal.charges == []
    first.terminal.answers.put(paid(first.terminal.charges[0]))
    first.wait(Page.DONE)
    until(lambda: second.status() is OrderStatus.PAID or None)
    second.again()
    second.wait(Page.DONE, Page.SORRY)
    assert second.terminal.charges == []
    for one in payers:
        assert verify(one.desk.store) == []


def test_what_was_just_paid_and_is_not_known_here_yet_is_not_taken_again(payers: Two) -> None:
    """The first one's facts are held up on their way to the node."""
    first, second = payers
    first.asks()
    until(lambda: first.terminal.charges)
    first.desk.wires["node-1"].hold_pushes = True
    first.terminal.answers.put(paid(first.terminal.charges[0]))
    until(lambda: first.status() is OrderStatus.PAID or None)
    second.asks()
    until(lambda: second.state if second.state and str(second.state.words) else None)
    assert second.terminal.charges == []


def test_a_kiosk_that_is_cut_off_takes_no_money(payers: Two) -> None:
    first, _ = payers
    first.desk.wires["node-1"].sever()
    until(lambda: first.desk.line.claims.is_down)
    first.asks()
    until(lambda: first.state if first.state and str(first.state.words) else None)
    assert first.terminal.charges == []


def test_who_is_declined_here_may_pay_there(payers: Two) -> None:
    """What was claimed is free again."""
    first, second = payers
    first.asks()
    until(lambda: first.terminal.charges)
    first.terminal.answers.put(Answer(Fate.DECLINED))
    first.wait(Page.PAYING)
    second.asks()

    def charged() -> object:
        if second.state and second.state.page is Page.PAYING:
            second.again()
        return second.terminal.charges

    until(charged, 30)
    second.terminal.answers.put(paid(second.terminal.charges[0]))
    second.wait(Page.DONE)
    assert second.status() is OrderStatus.PAID
