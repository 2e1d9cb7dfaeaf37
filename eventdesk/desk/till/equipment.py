"""The till's devices at this desk, as people set them up: a trial of the receipt printer, keys of card
terminals."""

from typing import Final

from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import CheckTerminal, KeepSecret, TryReceiptPrinter
from eventdesk.desk.till.receipts import Receipts
from eventdesk.desk.till.terminals import Terminals
from eventdesk.desk.till.values import ReceiptPrinterTried, SecretKept, TerminalChanged
from eventdesk.desk.upstream.membership import Keeps
from eventdesk.desk.upstream.present import Present
from eventdesk.devices.receipts.port import NotPrinted, Outcome, Printed
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.rights import Right
from eventdesk.domain.till.slips import Slip, SlipBlock, SlipRow
from eventdesk.errors import BadInput, EventDeskError
from eventdesk.i18n import chosen, tr
from eventdesk.receipts import drawing

# No other secret of the desk may be written from a screen.
PREFIX: Final = "terminal."
LONGEST_KEY: Final = 500


class Equipment:
    """`printing` lives on the receipts' lane, `asking` on that of the terminals: a device is one thread's."""

    def __init__(
        self, hooks: Hooks, receipts: Receipts, terminals: Terminals, secrets: Keeps, present: Present
    ) -> None:
        self._hooks = hooks
        self._receipts = receipts
        self._terminals = terminals
        self._secrets = secrets
        self._present = present

    def printing(self) -> Handlers:
        return {TryReceiptPrinter: self.try_printer}

    def asking(self) -> Handlers:
        return {KeepSecret: self.keep_secret, CheckTerminal: self.check_terminal}

    def try_printer(self, command: TryReceiptPrinter) -> None:
        """Raises BadInput for an address that can't be one, DeviceError where the printer can't be had."""
        if not command.address.strip():
            raise BadInput("No receipt printer is set at this desk.", "Type its address first.")
        printer = self._receipts.printer(command.address.strip())
        state = printer.state().device
        printed: Printed | None = None
        try:
            printed = printer.print(drawing.slip(_trial(), chosen()), "EventDesk test print")
        except NotPrinted as error:
            state = DeviceState(printer.name, Status.GONE, error.message, error.remedy)
        words = f"{printed.message} {printed.remedy}".strip() if printed else ""
        is_out = printed is not None and printed.outcome is not Outcome.UNCERTAIN
        self._hooks.receipt_printer_tried(ReceiptPrinterTried(command.request, state, is_out, words))

    def keep_secret(self, command: KeepSecret) -> None:
        """Raises NotAllowed, BadInput for what can be no key, KeyringUnavailable."""
        self._present.check("", Right.DESK_LIMITS)
        key = command.value.strip()
        if not command.name.startswith(PREFIX) or "\n" in command.name:
            raise ValueError("this is no name of a terminal's key")
        if not key or len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()) or " " in key:
            raise BadInput("This can't be a key.", "Copy it from the maker's page once more.")
        self._secrets.put(command.name, key.encode("ascii"))
        self._hooks.secret_kept(SecretKept(command.request, command.name))

    def check_terminal(self, command: CheckTerminal) -> None:
        """By what the settings say now, whatever was known of it before."""
        try:
            state = self._terminals.anew(command.terminal).state()
        except EventDeskError as error:
            state = DeviceState(command.terminal, Status.GONE, error.message, error.remedy)
        self._hooks.terminal_changed(TerminalChanged(command.terminal, state))


def _trial() -> Slip:
    row = SlipRow(tr("Is this straight, whole and sharp?"), strong=True)
    return Slip(tr("Test print"), "EUR", (SlipBlock("EventDesk", (row,)),))
