"""The outbox: what the others don't have yet, since when, how often it was tried, and the last answer."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from eventdesk.desk.hooks import Door, Ended, Trouble
from eventdesk.desk.upstream.commands import ExportOutbox, ListOutbox, TryNow
from eventdesk.desk.upstream.values import Delivery, LineState, OutboxItem, OutboxListed
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.manage.look import button, card, fill, note, say, table_of
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import clock, number, told

AskFile = Callable[[QWidget], Path | None]
# The line may change with every scan: the table is read again this much later, once.
SETTLE_MS = 700
TABLE_PX = 200


def ask_file(parent: QWidget) -> Path | None:
    """A file of JSON lines to write, or None."""
    kind = "JSON (*.jsonl)"
    name, _kind = QFileDialog.getSaveFileName(parent, tr("Save as"), "outbox.jsonl", kind)
    return Path(name if not name or Path(name).suffix else f"{name}.jsonl") if name else None


class Outbox(QWidget):
    def __init__(self, bridge: Bridge, ask_target: AskFile = ask_file) -> None:
        super().__init__()
        self._bridge, self._ask_target = bridge, ask_target
        self._listing = self._doing = ""
        self._zone: tzinfo | None = None
        self._numbers = (0, 0)
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.refresh)
        bridge.outbox_listed.connect(self._listed)
        bridge.line_changed.connect(self._line_changed)
        bridge.operation_ended.connect(self._ended)
        bridge.trouble_told.connect(self._troubled)
        bridge.door_chosen.connect(self._door_chosen)

    def refresh(self) -> None:
        command = ListOutbox()
        self._listing = command.request
        self._bridge.post(command)

    def chosen(self) -> OutboxItem | None:
        return self.model.item(self.table.currentIndex().row())

    def export(self) -> None:
        """Write all of it to a file, with its payloads."""
        target = self._ask_target(self)
        if target is not None:
            command = ExportOutbox(str(target))
            self._doing = command.request
            say(self.told, tr("Saving {file} ...", file=target.name))
            self._bridge.post(command)

    def _build(self) -> None:
        headers = (tr("What"), tr("Since"), tr("State"), tr("Tries"), tr("Last try"), tr("Last answer"))
        self.model: WordTable[OutboxItem] = WordTable(headers, self._cells)
        self.table = table_of(self.model, tr("Outbox"), (300, 80, 110, 70, 90))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self.count, self.answer, self.told = note(), note(tone=""), note()
        self.send_button = button(tr("Send now"), lambda: self._retry(()), "", "network")
        self.again_button = button(tr("Have it judged again"), self._judge_again, "", "undo")
        self.export_button = button(tr("Save to a file ..."), self.export, "", "export")
        buttons = boxed(row(self.send_button, self.again_button, self.export_button, 1))
        fill(self, self.count, self.table, card(self.answer, buttons, self.told, margin=12))
        self._show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _judge_again(self) -> None:
        item = self.chosen()
        if item is not None:
            self._retry((item.fact,))

    def _retry(self, facts: Sequence[str]) -> None:
        command = TryNow(facts)
        self._doing = command.request
        say(self.told, tr("Tried again; what comes of it shows here."))
        self._bridge.post(command)
        self._soon.start()

    def _cells(self, item: OutboxItem) -> tuple[str, ...]:
        tried = clock(item.tried_at, self._zone) if item.tried_at else ""
        return (
            item.what,
            clock(item.since, self._zone),
            state_words(item.state),
            number(item.tries),
            tried,
            tr(item.answer) if item.answer else "",
        )

    def _listed(self, listed: OutboxListed) -> None:
        if listed.request != self._listing:
            return
        chosen = self.chosen()
        self.model.show_items(listed.items)
        at = next((row for row, one in enumerate(listed.items) if chosen and one.fact == chosen.fact), 0)
        self.table.selectRow(at)
        self._count(listed)
        self._show_chosen()

    def _count(self, listed: OutboxListed) -> None:
        if not listed.total:
            say(self.count, tr("Nothing waits: the others have all that this desk has written."), "good")
        elif listed.total > len(listed.items):
            shown, whole = number(len(listed.items)), number(listed.total)
            say(
                self.count,
                tr("The oldest {shown} of {whole}. Nothing is ever dropped.", shown=shown, whole=whole),
            )
        else:
            whole = number(listed.total)
            say(
                self.count,
                tr("{whole} that the others don't have yet. Nothing is ever dropped.", whole=whole),
            )

    def _show_chosen(self) -> None:
        item = self.chosen()
        refused = item is not None and item.state is Delivery.REFUSED
        self.again_button.setEnabled(refused)
        self.export_button.setEnabled(bool(self.model.items))
        answer = tr(item.answer) if item and item.answer else tr("No answer yet.") if item else ""
        say(self.answer, f"{item.what}: {answer}" if item else "", "warn" if refused else "")

    def _line_changed(self, state: LineState) -> None:
        numbers = (state.waiting, state.refused)
        if numbers != self._numbers:
            self._numbers = numbers
            if self.isVisible() and not self._soon.isActive():
                self._soon.start()

    def _ended(self, ended: Ended) -> None:
        if self._doing and ended.operation == self._doing:
            fault = ended.error
            say(self.told, told(fault) if fault else f"✓ {tr('Saved.')}", "bad" if fault else "good")

    def _troubled(self, trouble: Trouble) -> None:
        if self._doing and trouble.request == self._doing:
            say(self.told, told(trouble), "bad")

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone


def state_words(state: Delivery) -> str:
    return tr("✕ refused") if state is Delivery.REFUSED else tr("waiting")
