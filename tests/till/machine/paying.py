"""What may happen while a guest pays, one thing at a time."""

from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import rule

from eventdesk.desk.till.commands import (
    AskPayment,
    FinishFree,
    ParkCart,
    Pay,
    ReturnPayment,
    SettlePayment,
)
from eventdesk.domain.till.setup import Tender
from tests.till.machine import fair
from tests.till.machine.arithmetic import rounded
from tests.till.machine.cards import Happens
from tests.till.machine.carting import Carting
from tests.till.machine.fair import LOG
from tests.till.machine.floor import ANY, CRASHES, DESKS, HAPPENS, PARTS, PRODUCTS, TENDERS


class Paying(Carting):
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


def _payment(asked: Any) -> str:
    return str(asked.wanted.id if hasattr(asked, "wanted") else asked.charge.id)
