"""Shifts at this desk: float, movements, counts, the close. Each is one transaction; lives on the
engine's lane."""

from collections.abc import Callable, Mapping

from eventdesk.desk.lane import Handlers
from eventdesk.desk.till import drawing
from eventdesk.desk.till.commands import (
    CloseShift,
    CountCash,
    ListShifts,
    MoveCash,
    OpenDrawer,
    OpenShift,
    ShowShift,
)
from eventdesk.desk.till.receipts import Receipts
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.values import ShiftClosed, ShiftShown, ShiftsListed
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till import closing, drawer
from eventdesk.domain.till.approvals import over_pay_out
from eventdesk.domain.till.closing import Figures
from eventdesk.domain.till.sales import Movement, Shift
from eventdesk.domain.till.selling import standing_payments
from eventdesk.domain.till.sums import Span
from eventdesk.errors import BadInput
from eventdesk.storage.store import Reader, Transaction

MOST = 10**9  # no drawer holds more


class Cashier:
    def __init__(self, register: Register, receipts: Receipts, opened: Callable[[], None]) -> None:
        """`opened` is told of each new shift."""
        self._register = register
        self._receipts = receipts
        self._opened = opened
        self._hooks = register.hooks
        self._store = register.store

    def handlers(self) -> Handlers:
        return {
            OpenShift: self.open,
            MoveCash: self.move,
            OpenDrawer: self.open_drawer,
            CountCash: self.count,
            CloseShift: self.close,
            ShowShift: self.show,
            ListShifts: self.list_shifts,
        }

    def open(self, command: OpenShift) -> None:
        """Raises BadInput where a shift is open at this desk already, or the float can't be."""
        if self._register.shift is not None:
            raise BadInput("A shift is open at this till already.", "Close it first.")
        _check_amount(command.float_, "The float can't be right.")
        _check_count(command.count, command.float_)
        with self._store.transaction() as tx:
            self._open(tx, command.drawer.strip() or "1", command.float_, command.count)
        self._register.tell_shift(command.request)
        self._opened()

    def _open(self, tx: Transaction, drawer: str, amount: int, count: Mapping[int, int]) -> None:
        register = self._register
        members = {
            "number": tx.next_shift_number(register.log, register.desk),
            "drawer": drawer,
            "at": moment_text(register.now()),
            "currency": register.currency,
            "float": amount,
            **_by_denomination(count),
        }
        register.write(tx, [Draft(Kind.SHIFT_OPENED, new_id(), members)])
        register.refresh_shift(tx)

    def move(self, command: MoveCash) -> None:
        """Raises BadInput for an amount that can't be moved, or without a reason where one is due."""
        register, shift = self._register, self._register.open_shift()
        _check_amount(command.amount, "The amount can't be right.", least=1)
        if command.way is not Movement.DROP and not command.reason.strip():
            raise BadInput("This needs a reason.", "Say what the money is for.")
        self._check_pay_out(command)
        with self._store.transaction() as tx:
            number = 1 + sum(one.way is command.way for one in shift.moves)
            if command.way is not Movement.PAY_IN and command.amount > self._expected(tx, shift):
                raise BadInput("The drawer does not hold so much.", "Check the amount.")
            members = {
                "way": command.way.value,
                "amount": command.amount,
                "number": number,
                "at": moment_text(register.now()),
            }
            if command.reason.strip():
                members["reason"] = command.reason.strip()
            (fact,) = register.write(tx, [Draft(Kind.CASH_MOVED, shift.id, members)])
            register.refresh_shift(tx)
            self._receipts.queue_of_shift(tx, shift.id, fact.id)
        self._receipts.of_drawer()
        register.tell_shift(command.request)

    def _check_pay_out(self, command: MoveCash) -> None:
        words = over_pay_out(command.amount, self._register.setup.rules)
        if command.way is Movement.PAY_OUT and words:
            raise BadInput(str(words), "Ask the organizer.")

    def open_drawer(self, command: OpenDrawer) -> None:
        """Raises BadInput without a reason."""
        register, shift = self._register, self._register.open_shift()
        if not command.reason.strip():
            raise BadInput("Opening the drawer needs a reason.", "Say why.")
        members = {"at": moment_text(register.now()), "reason": command.reason.strip()}
        with self._store.transaction() as tx:
            register.write(tx, [Draft(Kind.DRAWER_OPENED, shift.id, members)])
            register.refresh_shift(tx)
        self._receipts.of_drawer()
        register.tell_shift(command.request)

    def count(self, command: CountCash) -> None:
        """Raises BadInput where denominations and sum differ."""
        register, shift = self._register, self._register.open_shift()
        _check_amount(command.amount, "The count can't be right.")
        _check_count(command.count, command.amount)
        members = {
            "at": moment_text(register.now()),
            "amount": command.amount,
            **_by_denomination(command.count),
        }
        with self._store.transaction() as tx:
            register.write(tx, [Draft(Kind.CASH_COUNTED, shift.id, members)])
            register.refresh_shift(tx)
        register.tell_shift(command.request)

    def close(self, command: CloseShift) -> None:
        """Write the Z report by the last count. Raises BadInput where nothing was counted, or a cart holds
        money."""
        register, shift = self._register, self._register.open_shift()
        if shift.counted is None:
            raise BadInput("The drawer was not counted.", "Count it, then close the shift.")
        with self._store.transaction() as tx:
            self._check_carts(tx)
            figures = self._figures(tx, shift)
            draft = closing.close(shift, figures, tx.shift_facts(register.log, shift.id), register.now())
            register.write(tx, [draft])
            self._receipts.queue_of_shift(tx, shift.id)
            if command.hand_over:
                self._open(tx, shift.drawer, shift.counted, shift.count)
            else:
                register.refresh_shift(tx)
            closed = tx.shift(register.log, shift.id)
        assert closed is not None
        self._receipts.of_drawer()
        self._hooks.shift_closed(ShiftClosed(command.request, closed, figures))
        register.tell_shift(command.request)

    def _check_carts(self, tx: Transaction) -> None:
        """Money that was taken for what is no sale yet must be given back, or the sale ended."""
        log = self._register.log
        for kept in tx.carts(log):
            if standing_payments(tx.payments_of(log, kept.sale)):
                raise BadInput(
                    "Money was taken for a sale that is not finished.",
                    "Finish it, or give the money back, then close the shift.",
                )

    def show(self, command: ShowShift) -> None:
        """An X report, or a closed shift's Z. Raises BadInput where there is no such shift."""
        register = self._register
        with self._store.reader() as reader:
            id_ = command.shift or (register.shift.id if register.shift else "")
            shift = reader.shift(register.log, id_) if id_ else None
            if shift is None:
                raise BadInput("There is no such shift at this desk.", "Open one, or choose another.")
            figures = self._figures(reader, shift)
            report = drawing.report(reader, register, register.log, shift, figures)
        self._hooks.shift_shown(ShiftShown(command.request, shift, figures, report))

    def list_shifts(self, command: ListShifts) -> None:
        with self._store.reader() as reader:
            shifts = reader.shifts(self._register.log, limit=command.limit)
        self._hooks.shifts_listed(ShiftsListed(command.request, shifts))

    def _figures(self, source: Reader | Transaction, shift: Shift) -> Figures:
        found = source.shift_figures(self._register.log, shift.id)
        assert found is not None
        return found

    def _expected(self, source: Reader | Transaction, shift: Shift) -> int:
        return drawer.expected_by(shift, source.tender_sums(self._register.log, Span(shift=shift.id)))


def _check_amount(amount: int, words: str, least: int = 0) -> None:
    if not least <= amount <= MOST:
        raise BadInput(words, "Check what was typed.")


def _check_count(count: Mapping[int, int], amount: int) -> None:
    if any(piece <= 0 or number < 0 for piece, number in count.items()):
        raise BadInput("A count of coins or notes can't be right.", "Check what was typed.")
    if count and sum(piece * number for piece, number in count.items()) != amount:
        raise BadInput("Coins and notes do not come to the sum.", "Count again.")


def _by_denomination(count: Mapping[int, int]) -> dict[str, dict[str, int]]:
    counted = {str(piece): number for piece, number in sorted(count.items()) if number}
    return {"count": counted} if counted else {}
