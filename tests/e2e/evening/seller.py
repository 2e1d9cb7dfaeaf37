"""The one at the till: presses keys and tiles of the real window, reads what it shows."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from eventdesk.app.pages import BOX_OFFICE, TILL
from eventdesk.app.stage import Stage
from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.till.commands import (
    ChangeLine,
    CloseShift,
    CountCash,
    MoveCash,
    OpenDrawer,
    OpenShift,
    OpenTill,
    ReverseSale,
    ShowShift,
)
from eventdesk.desk.upstream.commands import DefineStaff, MakeCode, PairDesk, StaffIn
from eventdesk.domain.staff import Role
from eventdesk.domain.till.figures import figure_members
from eventdesk.domain.till.sales import Movement, ReversalWay
from eventdesk.storage.verification import verify
from tests.e2e.evening.event import GIFT, LOG, drafts

PATIENCE_S = 60.0
ASK_S = 3.0  # a node turns away who asks too often
Key = Qt.Key
Answer = dict[str, Any]


class Seller:
    """Each `do_...` is an order of the test; its answer is what the desk told and what the window shows."""

    def __init__(self, shown: Stage) -> None:
        self.stage, self.desk, self.page = shown, shown.desk, shown.front.pages.box_office
        self.troubles: list[str] = []
        self.refused = ""
        self.came: Counter[str] = Counter()
        self.last: dict[str, Any] = {}
        bridge = shown.front.bridge
        for name in (
            "cart_changed",
            "sale_made",
            "sale_reversed",
            "shift_changed",
            "shift_shown",
            "shift_closed",
        ):
            getattr(bridge, name).connect(self._noting(name))
        for name in (
            "till_opened",
            "staff_changed",
            "staff_listed",
            "paired",
            "code_made",
            "payment_changed",
            "approval_needed",
            "approved",
        ):
            getattr(bridge, name).connect(self._noting(name))
        bridge.trouble_told.connect(self._trouble)

    def _noting(self, name: str) -> Callable[[Any], None]:
        def note(told: Any) -> None:
            self.came[name] += 1
            self.last[name] = told

        return note

    def _trouble(self, told: Trouble) -> None:
        self.troubles.append(f"{told.message} {told.remedy}")
        if told.request:
            self.refused = self.troubles[-1]

    # Waiting

    def look(self) -> None:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)

    def until(self, is_so: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            if self.refused or time.monotonic() > deadline:
                self.shoot("fault")
                raise TimeoutError(f"{what} did not come: {self.refused} {self.came}")
            self.look()

    def after(self, name: str, deed: Callable[[], object]) -> Any:
        """What the hook of this name tells next, once the deed is done."""
        before = self.came[name]
        deed()
        self.until(lambda: self.came[name] > before, name)
        return self.last[name]

    def ask(self, name: str, command: Command) -> Any:
        return self.after(name, lambda: self.desk.engine.post(command))

    def press(self, *pressed: Qt.Key) -> None:
        for key in pressed:
            QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)

    def shoot(self, name: str) -> None:
        self.stage.front.window.grab().save(str(self.desk.config.folder / f"{name}.png"))

    # Setting up

    def do_set_up(self) -> None:
        with self.desk.store.transaction() as tx:
            tx.append(LOG, list(drafts()))

    def do_pair(self, text: str, address: str, name: str) -> Answer:
        return {"roles": list(self.ask("paired", PairDesk(text, address, name)).roles)}

    def do_code(self, roles: list[str]) -> Answer:
        return {"text": self.ask("code_made", MakeCode("", roles)).text}

    def do_staff(self, name: str, role: str, pin: str) -> None:
        self.ask("staff_listed", DefineStaff(LOG, name, frozenset({Role(role)}), pin))

    def do_open_till(self) -> None:
        self.until(lambda: self._knows_event(), "the event")
        self.stage.front.window.show_page(BOX_OFFICE)
        self.ask("till_opened", OpenTill(LOG))
        self.until(lambda: self.page.state.cart is not None, "a cart")

    def do_resume(self) -> Answer:
        """After a start: the till stands where it stood."""
        self.stage.front.window.show_page(BOX_OFFICE)
        self.until(lambda: self.page.state.can_sell and self.page.state.cart, "the till stands again")
        return self._cart()

    def _knows_event(self) -> bool:
        with self.desk.store.reader() as reader:
            return LOG in reader.logs() and bool(reader.till_setup(LOG).discounts)

    def do_log_on(self, pin: str) -> Answer:
        return {"name": self.ask("staff_changed", StaffIn(pin, LOG)).name}

    def do_share(self, counter: str, number: int) -> None:
        """Until this desk may use so much of what is limited; the node is asked for it now and then."""
        shares = self.desk.till.register.shares
        for _ in range(round(PATIENCE_S / ASK_S)):
            with self.desk.store.reader() as reader:
                if shares.want(reader, LOG, counter, number):
                    return
            asked = time.monotonic()
            while time.monotonic() < asked + ASK_S:
                self.look()
        raise TimeoutError(f"no share of {counter}")

    # Selling

    def do_sell(self, order: Answer, supervisor: str = "", stop: str = "") -> Answer:
        """`stop`: `part` after a part was paid, `key` with the last key."""
        self.stage.front.window.show_page(BOX_OFFICE)
        self.fill(order)
        shown = self.page.cart_view.total.text()
        before = self.came["sale_made"]
        for tender, typed in order["pay"][: 1 if stop == "part" else None]:
            self.pay(tender, typed, order.get("card", ""), supervisor, waits=stop != "key")
        if stop:
            return self._cart()
        self.until(lambda: self.came["sale_made"] > before or self.page.approving.isVisible(), "the sale")
        return {"total_shown": shown, **self._made(before)}

    def fill(self, order: Answer) -> None:
        for product, pieces in order["items"]:
            self.page.setFocus()
            if pieces > 1:
                self.type(str(pieces))
            if product == GIFT:
                self._tile(product)
                self.until(lambda: self.page.work.is_open(self.page.work.typing), "the price is asked for")
                self.page.work.typing.line.setFocus()
                self.type(f"{order['worth'] / 100:.2f}")
                self.after("cart_changed", lambda: self.press(Key.Key_Return))
            else:
                self.after("cart_changed", partial(self._tile, product))
        if order.get("code"):
            self.after("cart_changed", lambda: self.page.take_scan(order["code"], 0.0))
        if order.get("comp"):
            line = next(one for one in self.page.state.lines if one.product == order["comp"])
            self.ask("cart_changed", ChangeLine(line.id, comp=True, reason="Press"))

    def _tile(self, product: str) -> None:
        for place in range(9):
            if product in self.page.work.tiles.tiles():
                return self.page.work.tiles.tiles()[product].click()
            self.page.work.tiles.show_category(place)
        raise LookupError(f"no tile of {product}")

    def pay(self, tender: str, typed: int | None, card: str, pin: str, *, waits: bool = True) -> None:
        """`typed` cents: given in cash, or a part. Waits until the engine has written it."""
        work, carts = self.page.work, self.came["cart_changed"]
        if tender == "free":
            self.press(Key.Key_Return)
        else:
            self._open_pay()
            if typed is not None:
                self.type(f"{typed / 100:.2f}")
            self.press({"cash": Key.Key_Return, "card": Key.Key_F10, "gift_card": Key.Key_F7}[tender])
        if tender == "gift_card":
            self.until(lambda: work.is_open(work.typing), "the card's code is asked for")
            self.type(card)
            self.press(Key.Key_Return)
            self.until(lambda: work.is_open(work.choice), "what to do with the card")
            self.press(Key.Key_1)
        if pin:
            self.approve(pin)
        if tender == "card":
            self.settle()
        if waits:
            self.until(
                lambda: self.came["cart_changed"] > carts or self.page.approving.isVisible(), "payment"
            )

    def _open_pay(self) -> None:
        work = self.page.work
        # While the card's sheet tells how it ended, the key is not the page's.
        self.until(lambda: not work.is_open() or work.is_open(work.pay), "the sheet before is closed")
        if not work.is_open(work.pay):
            self.page.setFocus()
            self.press(Key.Key_Return)
            self.until(lambda: work.is_open(work.pay), "the sheet of payments")
        self.until(lambda: not work.pay.line.isReadOnly(), "the sheet is free")
        work.pay.line.setFocus()

    def settle(self) -> None:
        """The terminal beside the till says that it was paid, or given back."""
        work = self.page.work
        self.until(lambda: work.is_open(work.card) and work.card.reference.isVisible(), "the terminal's turn")
        work.card.reference.setText("slip 4711")
        self.after("payment_changed", work.card._yes.click)

    def approve(self, pin: str) -> None:
        card = self.page.approving
        self.until(card.isVisible, "somebody is asked for their PIN")
        card.pad.line.setFocus()
        self.type(pin)
        self.press(Key.Key_Return)
        self.until(lambda: not card.isVisible(), "it is allowed")

    def _made(self, before: int) -> Answer:
        self.until(lambda: self.came["sale_made"] > before, "the sale")
        made = self.last["sale_made"]
        self.until(self.page.side.is_done_shown, "the sale is shown")
        return {
            "sale": made.sale.id,
            "number": made.sale.number,
            "total": made.sale.total,
            "change": made.change,
            "tickets": list(made.tickets),
            "lines": [[line.id, line.product] for line in made.sale.lines],
            "change_shown": self.page.side.done.sum.text(),
        }

    def _cart(self) -> Answer:
        state = self.page.state
        return {"lines": [[one.product, one.quantity] for one in state.lines], "due": state.due}

    def do_finish(self, pay: Sequence[tuple[str, int | None]]) -> Answer:
        before = self.came["sale_made"]
        for tender, typed in pay:
            self.pay(tender, typed, "", "")
        return self._made(before)

    def do_gift_card(self, sale: str) -> Answer:
        """The code of a card that a sale sold: as it is printed for the guest."""
        with self.desk.store.reader() as reader:
            (card,) = reader.gift_cards_of(LOG, sale)
        return {"id": card.id, "code": card.code, "left": card.left.number}

    def do_latest(self) -> Answer:
        """The sale that was made last, as it stands on the disk."""
        with self.desk.store.reader() as reader:
            (sale,) = reader.sales(LOG, limit=1)
            paid = [reader.payment(LOG, id_) for id_ in sale.payments]
        return {
            "sale": sale.id,
            "number": sale.number,
            "total": sale.total,
            "change": sum(one.change for one in paid if one),
            "tickets": [id_ for line in sale.lines for id_ in line.tickets],
            "lines": [[line.id, line.product] for line in sale.lines],
            "change_shown": "",
        }

    def do_refund(
        self, sale: str, pin: str, lines: Sequence[tuple[str, int]] = (), *, card: bool = False
    ) -> Answer:
        before = self.came["sale_reversed"]
        self.desk.engine.post(
            ReverseSale(sale, ReversalWay.REFUND, "does not fit", [(line, number) for line, number in lines])
        )
        self.approve(pin)
        if card:
            self.settle()
        self.until(lambda: self.came["sale_reversed"] > before, "the refund")
        told = self.last["sale_reversed"]
        return {"number": told.reversal.number, "amount": told.reversal.amount, "cash": told.cash}

    # The drawer

    def do_open_shift(self, float_: int) -> None:
        self.ask("shift_changed", OpenShift("main", float_))

    def do_move(self, way: str, amount: int, pin: str = "") -> None:
        command = MoveCash(Movement(way), amount, "change")
        self.after("shift_changed", lambda: self._post(command, pin))

    def do_no_sale(self, pin: str) -> None:
        self.after("shift_changed", lambda: self._post(OpenDrawer("a guest asks"), pin))

    def _post(self, command: Command, pin: str) -> None:
        self.desk.engine.post(command)
        if pin:
            self.approve(pin)

    def do_report(self, picture: str = "") -> Answer:
        told = self.ask("shift_shown", ShowShift())
        if picture:
            self.stage.front.window.show_page(TILL)
            self.do_shoot(picture)
        return {"figures": figure_members(told.figures), "number": told.shift.number}

    def do_close_shift(self, amount: int, *, hand_over: bool = False) -> Answer:
        self.ask("shift_changed", CountCash(amount))
        told = self.ask("shift_closed", CloseShift(hand_over))
        shift = told.shift
        return {
            "figures": figure_members(told.figures),
            "number": shift.number,
            "difference": shift.difference,
            "facts": shift.facts,
        }

    def do_shoot(self, name: str) -> None:
        for _ in range(20):
            self.look()
        self.shoot(name)

    # What stands

    def do_state(self) -> Answer:
        state = self.desk.line.board.state()
        with self.desk.store.reader() as reader:
            heads = {desk: [head.seq, head.chain.hex()] for desk, head in reader.heads(LOG).items()}
        return {
            "reach": state.reach.value,
            "waiting": state.waiting,
            "heads": heads,
            "troubles": self.troubles,
        }

    def do_tickets(self, tickets: Sequence[str]) -> Answer:
        """Which of them a door finds by their codes, and finds good."""
        good = []
        with self.desk.store.reader() as reader:
            for id_ in tickets:
                ticket = reader.ticket(LOG, id_)
                found = ticket and reader.presented(LOG, ticket.secret).ticket
                if found and found.id == id_ and not found.canceled and not found.blocked:
                    good.append(id_)
        return {"good": good}

    def do_verify(self) -> Answer:
        return {"wrong": verify(self.desk.store)}
