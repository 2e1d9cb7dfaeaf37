"""Codes at the till: vouchers go to the cart by themselves; what is no voucher is told here."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from eventdesk.desk.till.commands import ChangeCart, EnterCode, Pay
from eventdesk.desk.till.values import CodeKind, CodeKnown
from eventdesk.domain.till.cart import Customer
from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.choice_sheet import Choice
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.typed import some_text
from eventdesk.screens.boxoffice.work import Work


class Codes(QObject):
    """`sale_wanted` tells the sale that a ticket or gift card came from, to be looked at."""

    sale_wanted = Signal(str)

    def __init__(self, state: TillState, work: Work) -> None:
        super().__init__()
        self._state = state
        self._work = work
        self._requests: dict[str, int | None] = {}

    def enter(self, code: str, amount: int | None = None) -> None:
        """`amount`: so much is to be paid with it, if it is a gift card (None: all that is due)."""
        self._requests = {self._state.post(EnterCode(code)): amount}

    def ask(self, title: str, amount: int | None = None) -> None:
        """For a code that is typed, or scanned meanwhile."""
        self._work.open_sheet(self._work.typing)
        told = tr("Scan it, or type its code.")
        taken = partial(self._typed, amount)
        self._work.typing.ask(title, some_text, taken, told=told, digits=False, scans=True)

    def is_asking(self) -> bool:
        """Whether a code that is scanned now belongs to the sheet."""
        return self._work.is_open(self._work.typing) and self._work.typing.takes_scans

    def _typed(self, amount: int | None, code: str) -> None:
        self._work.close_sheet()
        self.enter(code, amount)

    def code_known(self, known: CodeKnown) -> None:
        if known.request not in self._requests:
            return
        amount = self._requests.pop(known.request)
        if known.kind is CodeKind.GIFT_CARD:
            self._gift_card(known, amount)
        else:
            self._ticket(known)

    def _gift_card(self, known: CodeKnown, amount: int | None) -> None:
        due = self._state.due if amount is None else min(amount, self._state.due)
        part = min(due, known.left)
        choices = []
        if part > 0 and self._state.lines and Tender.GIFT_CARD in self._state.tenders:
            pay = Pay(Tender.GIFT_CARD, part, code=known.code)
            text = tr("Pay {amount} with it", amount=self._state.says(part))
            choices.append(Choice(text, partial(self._do, pay)))
        self._open(tr("Gift card: {amount} left", amount=self._state.says(known.left)), known, choices)

    def _ticket(self, known: CodeKnown) -> None:
        customer = self._state.cart.cart.customer if self._state.cart else Customer()
        choices = []
        if known.order:
            same = Customer(customer.name, customer.email, customer.company, customer.address, known.order)
            choices.append(Choice(tr("Sell to the same order"), partial(self._do, ChangeCart(customer=same))))
        self._open(tr("A ticket of this event"), known, choices)

    def _open(self, title: str, known: CodeKnown, choices: list[Choice]) -> None:
        if known.sale:
            choices.append(
                Choice(tr("Look at its sale: exchange, give back"), partial(self._show, known.sale))
            )
        self._work.open_sheet(self._work.choice)
        self._work.choice.ask(
            title, choices, "" if choices else tr("Nothing can be done with it now."), columns=1
        )

    def _show(self, sale: str) -> None:
        self._work.close_sheet()
        self.sale_wanted.emit(sale)

    def _do(self, command: Pay | ChangeCart) -> None:
        self._work.close_sheet()
        self._state.post(command)
