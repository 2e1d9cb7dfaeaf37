"""The card terminals of this desk, each saved by itself and asked at once."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventdesk.desk.commands import PutSetting
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.settings import TERMINALS
from eventdesk.desk.till.commands import CheckTerminal, KeepSecret
from eventdesk.desk.till.values import TerminalChanged
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import alone, button, fill, note, say
from eventdesk.screens.till.terminal_form import TerminalForm
from eventdesk.screens.words import told as told_words


class TerminalsPart(QWidget):
    """A terminal is asked for its state once its row is kept."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._rows: list[Mapping[str, Any]] = []
        self._asking = ""
        self._sent: set[str] = set()
        self.forms: list[TerminalForm] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self.told = note()
        self.told.hide()
        self.add_button = button(tr("Add a card terminal"), self.add, "", "add")
        holder = QWidget()
        holder.setLayout(self._column)
        fill(self, holder, self.told, alone(self.add_button))
        bridge.setting_kept.connect(self._setting_kept)
        bridge.terminal_changed.connect(self._terminal_changed)
        bridge.trouble_told.connect(self._troubled)

    def show_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """As they are kept; what is being typed stays where nothing else has come."""
        wanted = [{"id": str(row.get("name")), **row} for row in rows]
        if wanted == self._rows and self.forms:
            return
        self._rows = list(wanted)
        for form in self.forms:
            form.hide()
            form.deleteLater()
        self.forms = []
        for row in wanted:
            self._add(row)

    def add(self) -> None:
        """One more, to be filled in."""
        form = self._add({"id": uuid4().hex[:8]})
        form.kind.setFocus()

    def _add(self, row: Mapping[str, Any]) -> TerminalForm:
        form = TerminalForm(row)
        form.wanted.connect(self._post)
        form.saved.connect(partial(self._save, form))
        form.removed.connect(partial(self._remove, form))
        self.forms.append(form)
        self._column.addWidget(form)
        return form

    def _save(self, form: TerminalForm) -> None:
        row = form.row()
        others = [one for one in self._rows if one["id"] != row["id"]]
        if any(one["name"] == row["name"] for one in others):
            form.name.tell(tr("{text} stands here twice.", text=row["name"]))
            say(form.state, "")
            return
        ids = [one["id"] for one in self._rows]
        if row["id"] in ids:
            self._rows[ids.index(row["id"])] = row
        else:
            self._rows.append(row)
        self._asking = row["name"]
        self._post(PutSetting(TERMINALS, [dict(one) for one in self._rows]))

    def _remove(self, form: TerminalForm) -> None:
        self.forms.remove(form)
        form.hide()
        form.deleteLater()
        kept = [one for one in self._rows if one["id"] != form.row()["id"]]
        if kept != self._rows:
            self._rows = kept
            self._post(PutSetting(TERMINALS, [dict(one) for one in kept]))
        self.add_button.setFocus()

    def _post(self, command: KeepSecret | PutSetting) -> None:
        self._sent.add(command.request)
        say(self.told, "")
        self._bridge.post(command)

    def _setting_kept(self, kept: tuple[str, Any]) -> None:
        if kept[0] == TERMINALS and self._asking:
            self._bridge.post(CheckTerminal(self._asking))
            self._asking = ""

    def _terminal_changed(self, changed: TerminalChanged) -> None:
        for form in self.forms:
            if str(form.name.line.text()).strip() == changed.terminal:
                form.show_state(changed)

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request in self._sent:
            self._asking = ""
            say(self.told, told_words(trouble), "bad")
