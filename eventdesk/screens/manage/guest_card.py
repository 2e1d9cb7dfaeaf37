"""One guest: who it is, which passes there were, and what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from eventdesk.desk.commands import Command, PrintBadge, RecordFacts
from eventdesk.desk.kiosk.commands import ListSignatures
from eventdesk.desk.kiosk.values import SignaturesListed
from eventdesk.desk.upstream.commands import EraseGuest
from eventdesk.domain.badges import BadgeJob
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import Admission, Direction, OrderStatus, Ticket
from eventdesk.i18n import tr
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.job_words import state_words
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.manage.signatures import Signatures
from eventdesk.screens.widgets.basics import label, row
from eventdesk.screens.words import joined

SHOWN_PASSES = 8
# Kept with the fact of the erasure: not a sentence for the screen, and nothing personal.
ERASURE_REASON = "asked for at a desk"


class GuestCard(QWidget):
    """`asked` brings a command for the engine; the card shows a ticket again when the page tells it to."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._catalogue: Catalogue | None = None
        self._ticket: Ticket | None = None
        self._build()
        self.hide()

    @property
    def ticket(self) -> str:
        """The id of the ticket shown, or empty."""
        return self._ticket.id if self._ticket else ""

    def use_catalogue(self, catalogue: Catalogue | None) -> None:
        self._catalogue = catalogue

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Show a guest, or nobody."""
        another = ticket is None or ticket.id != self.ticket
        forgotten = not another and self._is_gone(ticket)
        self._ticket = ticket
        self.setVisible(ticket is not None)
        if ticket is None:
            return
        self.title.setText(ticket.name or ticket.order.name or tr("No name"))
        say(self.facts, "\n".join(self._facts(ticket)), "")
        say(self.state, self._state(ticket), "warn")
        say(self.passes, "\n".join(self._passes(ticket)))
        self.block_button.setText(tr("Unblock") if ticket.blocked else tr("Block"))
        if forgotten:
            self._show_forgotten()
        if another:
            self.name.put(ticket.name)
            self.name.tell("")
            self.reason.setCurrentIndex(0)
            self.confirm.close_it()
            say(self.told, "")
            self.signatures.show_signatures((), None)
        self._ask(ListSignatures(self._log(), ticket.id))

    def show_signatures(self, listed: SignaturesListed) -> None:
        """What the guest on show has signed."""
        if listed.ticket == self.ticket:
            zone = self._catalogue.event.zone if self._catalogue else None
            self.signatures.show_signatures(listed.signatures, zone)

    def _is_gone(self, ticket: Ticket | None) -> bool:
        """Whether the guest on show, who had a name, has none any more."""
        before = self._ticket
        if before is None or ticket is None:
            return False
        return bool(before.name or before.order.name) and not (ticket.name or ticket.order.name)

    def _show_forgotten(self) -> None:
        """What stood in the field must not be saved again by a slip."""
        self.name.put("")
        self.confirm.close_it()
        say(self.told, tr("✓ Forgotten here. Page Desks, Erasures tells what the others have done."), "good")

    def show_job(self, job: BadgeJob) -> None:
        """How the printing of this guest's badge goes."""
        if job.ticket == self.ticket:
            say(self.told, joined(state_words(job.state), job.detail))

    def rename(self) -> None:
        if self._ticket is not None and self.name.check() and self.name.value() != self._ticket.name:
            self._change({"name": self.name.value()})

    def block(self) -> None:
        if self._ticket is not None:
            self._change({"blocked": not self._ticket.blocked})

    def print_badge(self) -> None:
        """Print the badge; the engine asks for a reason where it is not the first."""
        say(self.told, tr("Handed to the printer ..."))
        self._ask(PrintBadge(self.ticket, self.reason.currentText().strip(), log=self._log()))

    def erase(self) -> None:
        """Ask for the order's code, then have its people forgotten everywhere; for organizers."""
        if self._ticket is None:
            return
        order = self._ticket.order
        words = tr(
            "The names and addresses of everyone in this order go from every desk. "
            "Their passes are still counted. This can't be taken back."
        )
        label = tr("Type the order's code: {code}", code=order.code or order.id)
        command = EraseGuest(self._log(), order.id, ERASURE_REASON)
        self.confirm.ask(
            words, tr("Forget them"), lambda _word: self._erase(command), label, order.code or order.id
        )

    def _erase(self, command: EraseGuest) -> None:
        say(self.told, tr("Being forgotten ..."))
        self._ask(command)

    def show_trouble(self, trouble: str) -> None:
        """What was asked last could not be done."""
        say(self.told, trouble, "bad")

    def _change(self, members: dict[str, object]) -> None:
        self._ask(RecordFacts(self._log(), (Draft(Kind.TICKET_CHANGED, self.ticket, members),)))

    def _ask(self, command: Command) -> None:
        self.asked.emit(command)

    def _log(self) -> str:
        return self._catalogue.event.id if self._catalogue else ""

    def _build(self) -> None:
        self.title = label("", "title", wrap=True)
        self.state, self.facts, self.passes, self.told = note(tone="warn"), note(tone=""), note(), note()
        self.name = LineField(tr("Name"))
        self.name.line.returnPressed.connect(self.rename)
        self.rename_button = button(tr("Save the name"), self.rename)
        self.block_button = button(tr("Block"), self.block, "danger")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(["", tr("Lost"), tr("Misprinted"), tr("Name was wrong"), tr("Damaged")])
        name_control(self.reason, tr("Why the badge is printed again"))
        line = self.reason.lineEdit()
        assert line is not None
        line.setPlaceholderText(tr("Reason, where it is printed again"))
        self.print_button = button(tr("Print badge"), self.print_badge, "", "printer")
        self.erase_button = button(tr("Forget this guest ..."), self.erase, "danger")
        self.confirm = Confirm()
        self.signatures = Signatures()
        column = fill(self, self.title, self.state, self.facts, self.passes, self.name)
        column.addLayout(row(self.rename_button, self.block_button, 1))
        column.addSpacing(8)
        column.addWidget(self.reason)
        column.addLayout(row(self.print_button, 1))
        column.addLayout(row(self.erase_button, 1))
        column.addWidget(self.confirm)
        column.addWidget(self.told)
        column.addWidget(self.signatures)
        column.addStretch(1)

    def _facts(self, ticket: Ticket) -> list[str]:
        lines = [
            self.product(ticket),
            joined(ticket.company, ticket.seat),
            ticket.email or ticket.order.email,
            tr("Order {code}", code=ticket.order.code) if ticket.order.code else "",
            ticket.notes,
            *(tr("Add-on: {name}", name=self.product(addon)) for addon in ticket.addons),
        ]
        return [line for line in lines if line]

    def product(self, ticket: Ticket) -> str:
        """The names of its product and variation."""
        if self._catalogue is None or ticket.product not in self._catalogue.products:
            return ""
        product = self._catalogue.products[ticket.product]
        variation = next((one.name for one in product.variations if one.id == ticket.variation), "")
        return joined(product.name, variation)

    def _state(self, ticket: Ticket) -> str:
        words = [tr("Test order")] if ticket.order.testmode else []
        if ticket.canceled or ticket.order.status is OrderStatus.CANCELED:
            words.append(tr("Canceled"))
        if ticket.blocked:
            words.append(tr("Blocked"))
        if ticket.order.status in (OrderStatus.PENDING, OrderStatus.EXPIRED):
            words.append(tr("Unpaid"))
        return ", ".join(words)

    def _passes(self, ticket: Ticket) -> list[str]:
        if not ticket.admissions:
            return [tr("Was not here yet.")]
        return [self._pass(one) for one in reversed(ticket.admissions[-SHOWN_PASSES:])]

    def _pass(self, one: Admission) -> str:
        zone = self._catalogue.event.zone if self._catalogue else None
        name = one.list
        if self._catalogue is not None and one.list in self._catalogue.lists:
            name = self._catalogue.lists[one.list].name
        way = tr("in") if one.direction is Direction.ENTRY else tr("out")
        return f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}  {way} · {name}"
