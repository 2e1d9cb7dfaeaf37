"""What of this desk's settings is the till's: receipt printer, drawer, tickets, the guest's screen, card
terminals."""

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from eventdesk.desk import settings as keys
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.till.commands import TryReceiptPrinter
from eventdesk.desk.till.values import ReceiptPrinterTried
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.customer_display import WINDOW
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.entries import ChoiceField, LineField, TickField
from eventdesk.screens.manage.field import Field
from eventdesk.screens.manage.look import alone, button, card, fill, heading, note, say
from eventdesk.screens.till.device_words import state_sentence
from eventdesk.screens.till.terminals_part import TerminalsPart
from eventdesk.screens.words import joined, told


class TillSettings(QWidget):
    """`fields` are kept by the page of settings, as all others; terminals keep themselves."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._tried = ""
        self.printer = LineField(
            tr("Receipt printer"),
            tr("Its address: tcp://192.168.1.50, file:/dev/usb/lp0, usb:04b8:0e15, queue:NAME. Empty: none."),
        )
        self.fields: dict[str, Field] = {
            keys.RECEIPT_PRINTER: self.printer,
            keys.RECEIPT_AUTO: TickField(tr("Print a receipt with each sale")),
            keys.TICKETS_AS: ChoiceField(tr("Tickets are handed out"), ticket_ways()),
            keys.TILL_DRAWER: LineField(tr("Name of the drawer"), tr("It stands on the reports.")),
            keys.CUSTOMER_DISPLAY: ChoiceField(tr("The guest sees the cart"), displays()),
        }
        self.try_button = button(tr("Print a test"), self.try_printer, "", "printer")
        self.tried = note()
        self.tried.hide()
        self.terminals = TerminalsPart(bridge)
        first, *others = self.fields.values()
        fill(
            self,
            card(heading(tr("Till")), first, alone(self.try_button), self.tried, *others),
            card(heading(tr("Card terminals")), self.terminals),
            spacing=16,
        )
        bridge.receipt_printer_tried.connect(self._told)
        bridge.trouble_told.connect(self._troubled)

    def show_terminals(self, rows: Any) -> None:
        self.terminals.show_rows(rows or [])

    def try_printer(self) -> None:
        """On the printer as it is typed, be it kept or not."""
        command = TryReceiptPrinter(str(self.printer.value()))
        self._tried = command.request
        say(self.tried, tr("Handed to the printer ..."))
        self._bridge.post(command)

    def _told(self, tried: ReceiptPrinterTried) -> None:
        if tried.request != self._tried:
            return
        words, tone = state_sentence(tried)
        if tried.printed:
            say(self.tried, joined(tr("✓ Printed"), words, tr(tried.words) if tried.words else ""), tone)
        else:
            say(self.tried, joined(tr(tried.words) if tried.words else "", words), "bad")

    def _troubled(self, trouble: Trouble) -> None:
        if self._tried and trouble.request == self._tried:
            say(self.tried, told(trouble), "bad")


def ticket_ways() -> list[tuple[str, str]]:
    return [
        ("receipt", tr("on the receipt")),
        ("badge", tr("as badges")),
        ("a4", tr("on sheets of paper")),
        ("none", tr("not on paper")),
    ]


def displays() -> list[tuple[str, str]]:
    """The screens that are there now; one that is set and not there stays chosen."""
    screens = [(one.name(), tr("Screen {name}", name=one.name())) for one in QGuiApplication.screens()]
    return [("", tr("Off")), *screens, (WINDOW, tr("In a window"))]
