"""What may happen at tills, one thing at a time: the rules that longer turns of an evening are made of."""

import json
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from eventdesk.desk.commands import Command
from eventdesk.desk.till.commands import (
    AddProduct,
    AskPayment,
    ChangeCart,
    ChangeLine,
    CloseShift,
    CountCash,
    DropCart,
    EnterCode,
    FinishFree,
    GiveDiscount,
    MoveCash,
    OpenDrawer,
    OpenShift,
    ParkCart,
    Pay,
    ReturnPayment,
    ReverseSale,
    SettlePayment,
    StartExchange,
    TakeCart,
)
from eventdesk.domain.till.sales import Movement, ReversalWay
from eventdesk.domain.till.setup import Tender
from tests.replication.fleet.fated import Fate
from tests.till.machine import fair
from tests.till.machine.arithmetic import cost, rounded
from tests.till.machine.cards import Happens
from tests.till.machine.desk import TillDesk
from tests.till.machine.fair import LOG
from tests.till.machine.ledger import Ledger
from tests.till.machine.world import FLOAT, World

DESKS = st.integers(0, 2)
ANY = st.integers(0, 20)
PRODUCTS = st.sampled_from(sorted(set(fair.PRODUCTS) - {"meal"}))
TENDERS = st.sampled_from(
    [Tender.CASH, Tender.CARD, Tender.CASH, Tender.CARD, Tender.GIFT_CARD, Tender.INVOICE]
)
PARTS = st.sampled_from([0, 0, 0, 1, 2])  # thirds of what is due; 0: all of it
BACK_BY = st.sampled_from([None, None, None, Tender.CASH, Tender.CARD])
HAPPENS = st.lists(st.sampled_from(Happens), max_size=2)
CRASHES = st.sampled_from([None, None, None, 1, 2])  # after so many commits
FATES = st.lists(st.sampled_from(Fate), max_size=4)


class Deeds(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world: World
        self.is_set_up = False

    @initialize(number=st.integers(1, 3))
    def set_up(self, number: int) -> None:
        self.ledger = Ledger()
        self.world = World(number)
        self._read = dict.fromkeys(range(number), 0)
        self.screens: dict[int, Any] = {}
        self.wrote: set[int] = set()  # desks, since the last X report
        self.is_set_up = True
        for at in range(number):
            self.seen(at)

    def desk(self, at: int) -> TillDesk:
        return self.world.desks[at % len(self.world.desks)]

    def act(self, at: int, *commands: Command, crash: int | None = None) -> bool:
        at %= len(self.world.desks)
        desk = self.world.desks[at]
        desk.crash_after = crash
        went = desk.do(*commands)
        self.seen(at)
        return went

    def seen(self, at: int) -> None:
        """The auditor reads what the desk wrote; the person looks at the screen."""
        desk = self.world.desks[at]
        with desk.store.reader() as reader:
            records = reader.unsent(LOG, desk.name, self._read[at], 10_000)
        for record in records:
            self._read[at] = record.seq
            self.ledger.read(desk.name, record.kind, record.subject, json.loads(record.payload))
        if records:
            self.wrote.add(at)
            self.ledger.check()
        assert not self.world.maker.faults, self.world.maker.faults
        if "cart_changed" in desk.told:
            self.screens[at] = desk.told["cart_changed"][-1]
            self._check_screen(self.screens[at])

    def _check_screen(self, told: Any) -> None:
        paid = sum(self.ledger.standing(told.cart.sale).values())
        assert told.priced.total == cost(told.cart, dict(told.priced.used))
        assert told.due == told.priced.due - paid

    def screen(self, at: int) -> Any:
        return self.screens[at % len(self.world.desks)]

    # The cart

    @rule(at=DESKS, product=PRODUCTS, quantity=st.integers(1, 3), seat=st.integers(0, 3), crash=CRASHES)
    def add(self, at: int, product: str, quantity: int, seat: int, crash: int | None = None) -> None:
        seats = []
        if product == "chair":
            quantity, seats = 1, [fair.SEATS[seat]]
        self.act(at, AddProduct(product, quantity=quantity, seats=seats), crash=crash)

    @rule(at=DESKS, quantity=st.integers(1, 3))
    def add_meal(self, at: int, quantity: int) -> None:
        parent = next((one for one in self.screen(at).cart.lines if one.product == "entry"), None)
        if parent is not None:
            self.act(at, AddProduct("meal", quantity=quantity, parent=parent.id))

    @rule(at=DESKS, line=ANY, quantity=st.integers(0, 3), percent=st.sampled_from([None, None, 100_000]))
    def change(self, at: int, line: int, quantity: int, percent: int | None) -> None:
        lines = self.screen(at).cart.lines
        if lines:
            one = lines[line % len(lines)]
            number = None if one.product == "chair" else quantity
            self.act(at, ChangeLine(one.id, number, percent=percent, reason="worn"))

    @rule(at=DESKS, line=ANY)
    def comp(self, at: int, line: int) -> None:
        lines = self.screen(at).cart.lines
        if lines:
            self.act(at, ChangeLine(lines[line % len(lines)].id, comp=True, reason="a friend"))

    @rule(at=DESKS, percent=st.sampled_from([0, 33_333, 250_000]))
    def take_off(self, at: int, percent: int) -> None:
        self.act(at, ChangeCart(percent=percent, reason="late"))

    @rule(at=DESKS, which=st.sampled_from(sorted(fair.DISCOUNTS)))
    def discount(self, at: int, which: str) -> None:
        """One at a time."""
        if self.screen(at).cart.discounts:
            self.act(at, GiveDiscount(self.screen(at).cart.discounts[0], taken_back=True))
        elif code := fair.DISCOUNTS[which].get("code"):
            self.act(at, EnterCode(code))
        else:
            self.act(at, GiveDiscount(which))

    @rule(at=DESKS)
    def drop(self, at: int) -> None:
        self.act(at, DropCart())

    @rule(at=DESKS, crash=CRASHES)
    def park(self, at: int, crash: int | None = None) -> None:
        self.act(at, ParkCart("Ada"), crash=crash)

    @rule(at=DESKS, which=ANY, crash=CRASHES)
    def take(self, at: int, which: int, crash: int | None = None) -> None:
        with self.desk(at).store.reader() as reader:
            parked = [one for one in reader.carts(LOG) if one.state == "parked"]
        if parked:
            self.act(at, TakeCart(parked[which % len(parked)].sale), crash=crash)

    # Paying

    @rule(
        at=DESKS,
        tender=TENDERS,
        part=PARTS,
        more=st.sampled_from([None, 0, 5, 1000]),
        happens=HAPPENS,
        crash=CRASHES,
        later=st.booleans(),
    )
    def pay(
        self,
        at: int,
        tender: Tender,
        part: int = 0,
        more: int | None = None,
        happens: list[Happens] | None = None,
        crash: int | None = None,
        later: bool = False,
    ) -> None:
        screen = self.screen(at)
        due = screen.due
        amount = due * part // 3 if part else None
        given = None
        if tender is Tender.CASH and more is not None and due > 0:
            given = (rounded(due, fair.STEP) if amount is None else amount) + more
        self.ledger.meant = {"sale": screen.cart.sale, "due": due, "given": given}
        went = self.act(at, Pay(tender, amount, given, code=self._code(tender)), crash=crash)
        if not later and went:
            self.terminal(at, happens or [])
        after = self.screen(at)
        is_sale = after.cart.sale != screen.cart.sale
        assert due <= 0 or is_sale or after.due > 0, "it is paid for, and no sale"

    def _code(self, tender: Tender) -> str:
        codes = [one["code"] for one in self.ledger.cards.values() if one["left"]]
        return codes[-1] if codes and tender is Tender.GIFT_CARD else ""

    @rule(
        at=DESKS,
        product=PRODUCTS,
        tender=TENDERS,
        seat=st.integers(0, 3),
        happens=HAPPENS,
        crash=CRASHES,
    )
    def sell(
        self,
        at: int,
        product: str,
        tender: Tender,
        seat: int = 0,
        happens: list[Happens] | None = None,
        crash: int | None = None,
    ) -> None:
        """To the next guest: whatever the one before could not finish is put aside."""
        self.begin(at)
        self.add(at, product, 2, seat)
        self.pay(at, tender, happens=happens, crash=crash)

    def begin(self, at: int) -> None:
        if self.screen(at).cart.lines:
            self.act(at, ParkCart("Ada"))

    @rule(at=DESKS, happens=HAPPENS)
    def terminal(self, at: int, happens: list[Happens]) -> None:
        """What waits for the terminal is asked, and answered."""
        desk = self.desk(at)
        desk.terminal.script = list(happens)
        desk.answer()
        desk.terminal.script = []
        self.seen(at % len(self.world.desks))

    @rule(which=ANY)
    def guest_pays_late(self, which: int) -> None:
        waiting = [key for key, one in self.world.maker.charged.items() if one.state == "waiting"]
        if waiting:
            self.world.maker.guest_pays(waiting[which % len(waiting)])

    @rule(at=DESKS, crash=CRASHES)
    def finish_free(self, at: int, crash: int | None = None, happens: list[Happens] | None = None) -> None:
        self.act(at, FinishFree(), crash=crash)
        self.terminal(at, happens or [])

    @rule(at=DESKS, which=ANY, happens=HAPPENS, crash=CRASHES)
    def give_part_back(
        self, at: int, which: int, happens: list[Happens] | None = None, crash: int | None = None
    ) -> None:
        paid = self.screen(at).paid
        if paid and self.act(at, ReturnPayment(paid[which % len(paid)].id), crash=crash):
            self.terminal(at, happens or [])

    @rule(at=DESKS, which=ANY, happens=HAPPENS)
    def ask(self, at: int, which: int, happens: list[Happens]) -> None:
        if open_ := self._open(at):
            self.act(at, AskPayment(open_[which % len(open_)].id))
            self.terminal(at, happens)

    @rule(at=DESKS, which=ANY, crash=CRASHES)
    def settle(self, at: int, which: int, crash: int | None = None) -> None:
        """A person has looked at the terminal, and says how it is; nobody waits there any more."""
        if open_ := self._open(at):
            one = open_[which % len(open_)]
            self.act(at, SettlePayment(one.id, self.truth(one), f"ref-{one.key}"), crash=crash)

    def _open(self, at: int) -> list[Any]:
        desk = self.desk(at)
        with desk.store.reader() as reader:
            found = reader.open_payments(LOG, desk.name)
        return [one for one in found if not any(_payment(asked) == one.id for asked in desk.asked)]

    def truth(self, payment: Any) -> bool:
        maker = self.world.maker
        if payment.way == "in":
            charged = maker.charged.get(payment.key)
            if charged is not None and charged.state == "waiting":
                charged.state = "canceled"
            return maker.paid(payment.key)
        of = maker.of(f"ref-{payment.of}")
        return of is not None and payment.key in of.returns

    # Giving back

    @rule(at=DESKS, which=ANY, line=ANY, many=st.integers(0, 2), by=BACK_BY, happens=HAPPENS, crash=CRASHES)
    def refund(
        self,
        at: int,
        which: int,
        line: int = 0,
        many: int = 0,
        by: Tender | None = None,
        happens: list[Happens] | None = None,
        crash: int | None = None,
    ) -> None:
        """Whole where `many` is 0."""
        if sale := self._sale(which):
            self.act(
                at,
                ReverseSale(sale, ReversalWay.REFUND, "ill", self._lines(sale, line, many), by),
                crash=crash,
            )
            self.terminal(at, happens or [])

    @rule(at=DESKS, which=ANY, line=ANY, many=st.integers(0, 2))
    def exchange(self, at: int, which: int, line: int = 0, many: int = 0) -> None:
        if sale := self._sale(which):
            self.act(at, StartExchange(sale, self._lines(sale, line, many)))

    def _sale(self, which: int) -> str:
        known = list(self.ledger.sales)
        return known[which % len(known)] if known else ""

    def _lines(self, sale: str, line: int, many: int) -> list[tuple[str, int]]:
        ids = list(self.ledger.sales[sale]["lines"])
        return [(ids[line % len(ids)], many)] if many else []

    # Shifts

    @rule(at=DESKS, way=st.sampled_from(Movement), amount=st.sampled_from([500, 5000, 50_000]), crash=CRASHES)
    def move(self, at: int, way: Movement, amount: int, crash: int | None = None) -> None:
        self.act(at, MoveCash(way, amount, "change"), crash=crash)

    @rule(at=DESKS)
    def no_sale(self, at: int) -> None:
        self.act(at, OpenDrawer("a guest asks for change"))

    @rule(at=DESKS, over=st.sampled_from([0, 0, 0, -100, 250]), hand_over=st.booleans(), crash=CRASHES)
    def close(self, at: int, over: int = 0, hand_over: bool = False, crash: int | None = None) -> None:
        desk = self.desk(at)
        lies = max(0, self.ledger.drawer[desk.name] + over)
        self.act(at, CountCash(lies))
        self.act(at, CloseShift(hand_over), crash=crash)
        if desk.name not in self.ledger.open:
            self.act(at, OpenShift("main", FLOAT))

    # What the world does

    @rule(at=DESKS)
    def crash(self, at: int) -> None:
        self.desk(at).crash()
        self.seen(at % len(self.world.desks))

    @rule(seconds=st.sampled_from([0.001, 1.0, 600.0]))
    def wait(self, seconds: float) -> None:
        self.world.now_s += seconds

    @rule(at=DESKS, seconds=st.sampled_from([-3600.0, -60.0, 0.0, 1200.0]))
    def set_clock(self, at: int, seconds: float) -> None:
        self.world.skews[at % len(self.world.desks)] = seconds

    @precondition(lambda self: not self.world.is_alone)
    @rule(at=DESKS, fates=FATES)
    def talk(self, at: int, fates: list[Fate] | None = None) -> None:
        desk = self.desk(at)
        desk.line.fates = list(fates or [])
        desk.exchange()
        desk.line.fates.clear()

    @precondition(lambda self: not self.world.is_alone)
    @rule(at=DESKS)
    def cut_or_mend(self, at: int) -> None:
        self.desk(at).line.cut = not self.desk(at).line.cut

    @precondition(lambda self: not self.world.is_alone)
    @rule()
    def all_talk(self) -> None:
        self.world.exchange_all()


def _payment(asked: Any) -> str:
    return str(asked.wanted.id if hasattr(asked, "wanted") else asked.charge.id)
