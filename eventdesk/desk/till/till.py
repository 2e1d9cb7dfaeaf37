"""The till as a whole, wired once: which part answers which command, and on which lane."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks, Recorded
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import TILL_LOG
from eventdesk.desk.till.approving import Approvals, NeedsApproval
from eventdesk.desk.till.at_kiosk import AtKiosk
from eventdesk.desk.till.auditing import Auditing
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.cashier import Cashier
from eventdesk.desk.till.claiming import Claiming
from eventdesk.desk.till.codes import Codes
from eventdesk.desk.till.commands import OpenTill, RefreshTill
from eventdesk.desk.till.completing import Completing, Made
from eventdesk.desk.till.equipment import Equipment
from eventdesk.desk.till.fates import Fates, ResumePayments
from eventdesk.desk.till.handing import Handing
from eventdesk.desk.till.looking import Looking
from eventdesk.desk.till.mailing import Mailing
from eventdesk.desk.till.paying import Paying
from eventdesk.desk.till.receipts import Opener as ReceiptOpener
from eventdesk.desk.till.receipts import Receipts
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.repaying import Repaying
from eventdesk.desk.till.reversing import Reversing
from eventdesk.desk.till.seating import Seating
from eventdesk.desk.till.selling import Selling
from eventdesk.desk.till.shares import Shares
from eventdesk.desk.till.terminals import Opener, Terminals
from eventdesk.desk.till.values import ApprovalNeeded
from eventdesk.desk.upstream.line import Line
from eventdesk.storage.store import Store, Transaction


class Till:
    """Make it before the engine; its handlers go to the engine's lanes."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        preferences: Preferences,
        line: Line,
        opened: Opener,
        receipt_printer: ReceiptOpener,
        post: Callable[[Command], None],
        now: Callable[[], datetime],
        nudge: Callable[[], None] = lambda: None,
    ) -> None:
        """`opened` gives a card terminal by its name in the settings, `receipt_printer` a printer by its
        address; `nudge` wakes the badges' spool."""
        self._hooks = hooks
        self._post = post
        self._preferences = preferences
        self.approvals = Approvals(line.present, now)
        self.register = Register(store, hooks, preferences, self.approvals, Shares(line.allotments), now)
        self.carts = Carts(self.register)
        self._seating = Seating(self.register, line.claims)
        claiming = Claiming(self.register, line.claims, line.membership.offered, self._seating)
        self._selling = Selling(self.register, self.carts, self._seating, claiming, post)
        self.carts.let_go = claiming.let_go
        self._receipts = Receipts(self.register, receipt_printer, post)
        self._handing = Handing(self.register, nudge)
        self._selling.after = self._made
        completing = Completing(self.register, self.carts, line.signer, self._seating, self._queue)
        self.terminals = Terminals(opened, post)
        self._fates = fates = Fates(self.register, self._selling, completing, self.terminals, post)
        self._repaying = repaying = Repaying(self.register, self.carts, fates)
        self._paying = Paying(self.register, self.carts, self._selling, completing, fates, repaying)
        self.at_kiosk = AtKiosk(self.register, self.carts, self._paying, fates, self.terminals, post)
        self._reversing = Reversing(
            self.register, self.carts, completing, fates, repaying, self._selling, claiming
        )
        secrets, present = line.membership.secrets, line.present
        self._equipment = Equipment(hooks, self._receipts, self.terminals, secrets, present)
        self._mailing = Mailing(self.register, lambda: line.membership.pairing is not None)
        self._looking = Looking(self.register, hooks)
        self._auditing = Auditing(self.register, hooks)
        hooks.facts_recorded.connect(self._recorded)

    def writing(self) -> Handlers:
        """For the engine's lane."""
        handlers: dict[type[Command], Callable[[Any], None]] = {}
        cashier, codes = (
            Cashier(self.register, self._receipts, lambda: self._post(ResumePayments())),
            Codes(self.register, self.carts),
        )
        money = (self._paying, self._fates, self._repaying, self._reversing, self.at_kiosk)
        for part in (cashier, codes, self.carts, self._seating, *money, self._mailing):
            handlers |= {kind: self._asking(handle) for kind, handle in part.handlers().items()}
        return {**handlers, **self._receipts.writing(), OpenTill: self.open, RefreshTill: self.refresh}

    def looking(self) -> Handlers:
        return {**self._looking.handlers(), **self._auditing.handlers()}

    def lanes(self) -> dict[str, Handlers]:
        """Lanes of the till's own: what a terminal or a printer is asked keeps nobody else waiting."""
        equipment = self._equipment
        return {
            "terminals": {**self.terminals.handlers(), **equipment.asking()},
            "receipts": {**self._receipts.printing(), **equipment.printing()},
        }

    def resume(self) -> None:
        """Stand where the till stood before the desk was shut."""
        log = self._preferences.get(TILL_LOG)
        if log:
            self._post(OpenTill(log))

    def close(self) -> None:
        self.terminals.close()
        self._receipts.close()

    def open(self, command: OpenTill) -> None:
        """Raises BadInput where there is no such event."""
        self.register.stand(command.log, command.request)
        self._post(ResumePayments())
        self._receipts.resume()
        self.carts.resume()
        self.carts.tell(command.request)
        self.at_kiosk.resume()

    def refresh(self, command: RefreshTill) -> None:
        """By what is set up, and what others have sold."""
        if self.register.is_open:
            self.register.refresh(command.request)

    def _queue(self, tx: Transaction, made: Made) -> None:
        self._receipts.queue(tx, made)
        self._handing.queue(tx, made)

    def _made(self, made: Made) -> None:
        self._receipts.made(made)
        self._handing.made(made)

    def _recorded(self, recorded: Recorded) -> None:
        if self.register.is_open and recorded.log == self.register.log:
            self._post(RefreshTill())

    def _asking(self, handle: Callable[[Command], None]) -> Callable[[Command], None]:
        def serve(command: Command) -> None:
            try:
                handle(command)
            except NeedsApproval as error:
                needed = ApprovalNeeded(command.request, error.right, command)
                self._hooks.approval_needed(needed)

        return serve
