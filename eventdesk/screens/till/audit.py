"""Who did what at the tills: discounts, gifts, changed prices, money back, the drawer, the closes."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.till.commands import ListAudit
from eventdesk.desk.till.values import AuditListed
from eventdesk.domain.till.audit import AuditEntry, Deed
from eventdesk.domain.till.sales import Shift
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.manage.entries import ChoiceField
from eventdesk.screens.manage.look import alone, button, fill, note, say, table_of
from eventdesk.screens.till.asking import Asking
from eventdesk.screens.till.words import money
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate, joined

NARROW_PX = 860
STEP = 500
GIVEN = frozenset({Deed.DISCOUNT, Deed.COMP, Deed.PRICE_CHANGE, Deed.APPROVED_SALE})
BACK = frozenset({Deed.VOID, Deed.REFUND, Deed.EXCHANGE, Deed.SETTLED})
DRAWER = frozenset(
    {Deed.OPENED, Deed.PAY_IN, Deed.PAY_OUT, Deed.DROP, Deed.NO_SALE, Deed.COUNTED, Deed.CLOSED}
)
EVERYTHING = frozenset(Deed)
# Of these the sum says little beside the deed.
WITHOUT_AMOUNT = frozenset({Deed.NO_SALE})


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with what its words need."""

    entry: AuditEntry
    shift: Shift
    person: str
    approved: str


class AuditPage(QWidget):
    """Asks when it is shown. `sale_wanted` brings the id of the sale that an entry is about."""

    sale_wanted = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._limit = STEP
        self._is_narrow = False
        self.what = ChoiceField(tr("Show"), _groups())
        self.who = ChoiceField(tr("Person"), (("", tr("Everybody")),))
        headers = (tr("Time"), tr("Deed"), tr("Amount"), tr("Person"), tr("Allowed by"), tr("Why"))
        self.model: WordTable[Line] = WordTable(headers, _cells)
        self.table = table_of(self.model, tr("Who did what"), (110, 170, 110, 170, 170))
        self.none = note(tr("Nothing that is to be asked about."))
        self.detail = note()
        self.told = note()
        self.asking = Asking(bridge, self.told)
        self.sale_button = button(tr("Show the sale"), self._show_sale, "", "search")
        self.more_button = button(tr("Earlier shifts"), self._more, "quiet", "list")
        choices = row(self.what, self.who, 1)
        below = row(self.sale_button, self.more_button, 1)
        self._choices = boxed(choices)
        parts = (self._choices, self.told, self.none, self.table, self.detail, alone(boxed(below)))
        # Without a table the rest stays together at the top.
        fill(self, *parts, 0, margin=0).setStretchFactor(self.table, 1)
        self._rest()
        for field in (self.what, self.who):
            field.changed.connect(self._show)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        bridge.audit_listed.connect(self._listed)
        # A till that sells tells much: the list is fetched anew once it is quiet.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(500)
        self._pause.timeout.connect(self.refresh)
        for signal in (bridge.shift_changed, bridge.sale_reversed, bridge.shift_closed, bridge.till_opened):
            signal.connect(lambda _told: self._pause.start() if self.isVisible() else None)

    def refresh(self) -> None:
        self.asking.ask(ListAudit(self._limit))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_narrow = event.size().width() < NARROW_PX
        for section in (4, 5):
            self.table.setColumnHidden(section, self._is_narrow)

    def _listed(self, listed: AuditListed) -> None:
        if not self.asking.is_answer(listed.request):
            return
        self._lines = [
            Line(entry, one.shift, _name(entry.by, listed.people), _name(entry.approved, listed.people))
            for one in listed.shifts
            for entry in one.entries
        ]
        names = sorted(
            {(one.entry.by, one.person) for one in self._lines if one.entry.by}, key=lambda one: one[1]
        )
        self.who.offer((("", tr("Everybody")), *names))
        self.more_button.setVisible(not listed.is_all)
        self._show()

    def _show(self) -> None:
        kept = self._line()
        deeds, person = self.what.value(), self.who.value()
        lines = [
            one
            for one in self._lines
            if one.entry.deed in deeds and person in ("", one.entry.by, one.entry.approved)
        ]
        self.model.show_items(lines)
        self.none.setVisible(not lines)
        self.table.setVisible(bool(lines))
        facts = [(one.entry.fact, one.entry.deed, one.entry.what) for one in lines]
        here = (kept.entry.fact, kept.entry.deed, kept.entry.what) if kept else None
        if here in facts:
            self.table.selectRow(facts.index(here))
        else:
            self._rest()

    def _chosen(self, _current: QModelIndex, _before: QModelIndex) -> None:
        line = self._line()
        if line is None:
            self._rest()
            return
        say(self.detail, _sentence(line))
        self.sale_button.setVisible(bool(line.entry.sale))

    def _rest(self) -> None:
        say(self.detail, "")
        self.sale_button.hide()

    def _line(self) -> Line | None:
        return self.model.item(self.table.currentIndex().row())

    def _show_sale(self) -> None:
        line = self._line()
        if line is not None and line.entry.sale:
            self.sale_wanted.emit(line.entry.sale)

    def _more(self) -> None:
        self._limit += STEP
        self.refresh()


def deed_words(deed: Deed) -> str:
    return {
        Deed.OPENED: tr("Shift opened"),
        Deed.DISCOUNT: tr("Discount"),
        Deed.COMP: tr("Given away"),
        Deed.PRICE_CHANGE: tr("Price changed"),
        Deed.APPROVED_SALE: tr("Sale allowed"),
        Deed.VOID: tr("Void"),
        Deed.REFUND: tr("Refund"),
        Deed.EXCHANGE: tr("Exchange"),
        Deed.PAY_IN: tr("Pay in"),
        Deed.PAY_OUT: tr("Pay out"),
        Deed.DROP: tr("Drop"),
        Deed.NO_SALE: tr("Drawer opened without a sale"),
        Deed.COUNTED: tr("Drawer counted"),
        Deed.SETTLED: tr("Payment settled by a person"),
        Deed.CLOSED: tr("Shift closed, difference"),
    }[deed]


def _groups() -> tuple[tuple[frozenset[Deed], str], ...]:
    return (
        (EVERYTHING, tr("Everything")),
        (GIVEN, tr("Discounts, gifts, prices")),
        (BACK, tr("Money back")),
        (DRAWER, tr("The drawer")),
    )


def _cells(line: Line) -> tuple[str, ...]:
    entry = line.entry
    return (
        f"{entry.at.astimezone():%d.%m. %H:%M}",
        deed_words(entry.deed),
        _amount(line),
        isolate(line.person),
        isolate(line.approved),
        joined(entry.what, entry.reason),
    )


def _sentence(line: Line) -> str:
    """All of it, for a narrow screen and for long reasons."""
    entry = line.entry
    place = tr("desk {desk}, shift {number}", desk=entry.desk, number=line.shift.number)
    number = tr("number {number}", number=entry.number) if entry.number else ""
    allowed = tr("allowed by {name}", name=isolate(line.approved)) if line.approved else ""
    person = line.person or tr("Nobody named")
    deed = joined(deed_words(entry.deed), _amount(line), by=" ")
    return joined(deed, entry.what, entry.reason, person, allowed, number, place)


def _amount(line: Line) -> str:
    return "" if line.entry.deed in WITHOUT_AMOUNT else money(line.entry.amount, line.shift.currency)


def _name(person: str, people: Mapping[str, str]) -> str:
    return people.get(person) or person
