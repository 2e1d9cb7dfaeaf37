"""A layout that is being drawn: its name, its state, and the ways to keep it or give it up."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from eventdesk.badges import layout as layouts
from eventdesk.desk.commands import RecordFacts
from eventdesk.desk.design.drafts import layout_draft
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.designer import files
from eventdesk.screens.designer.bars import IconButton
from eventdesk.screens.designer.editor import Editor
from eventdesk.screens.designer.fields.plain import leave_undo
from eventdesk.screens.designer.trial import TestPrint
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import told


class Work(QWidget):
    """Saves as layout `id` of event `log`. `left` when the person is done with it."""

    left = Signal()
    ask_save: files.AskSave = staticmethod(files.ask_save)

    def __init__(
        self, bridge: Bridge, log: str, id_: str, data: Mapping[str, Any], *, kept: bool, own: bool = True
    ) -> None:
        """`kept`: the event (or the program) has it like this already; `own`: it is the event's."""
        super().__init__()
        self._bridge = bridge
        self.log, self.id = log, id_
        self._kept: Mapping[str, Any] | None = data if kept else None
        self._first = data
        self._own = own
        self._overtaken = False
        self._waiting = ""
        self._sent: Mapping[str, Any] | None = None
        self.editor = Editor(data)
        self.trial = TestPrint(bridge, self._badge)
        self.confirm = Confirm()
        self._build()
        self._connect()
        self._show_state()

    @property
    def dirty(self) -> bool:
        """Whether something is drawn that is not kept."""
        return self._kept is None or self.editor.design.data != self._kept

    @property
    def kept(self) -> Mapping[str, Any] | None:
        return self._kept

    def take_typed(self) -> None:
        """A number that is typed counts once the field is left, or something is done by a key."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractSpinBox) and self.isAncestorOf(focus):
            focus.interpretText()

    def save(self) -> bool:
        """Keep it, or go to what can't be kept; whether it is on its way."""
        self.take_typed()
        if not self.editor.is_whole():
            say(self.told, tr("It can't be kept like this: see what is marked."), "bad")
            self.editor.show_first_fault()
            return False
        data = self.editor.design.data
        command = RecordFacts(self.log, (layout_draft(self.id, data),))
        self._waiting, self._sent = command.request, data
        self.save_button.setEnabled(False)
        say(self.told, tr("Saving ..."))
        self._bridge.post(command)
        return True

    def revert(self) -> None:
        """Back to what is kept; a step that can be undone."""
        kept = self._first if self._kept is None else self._kept
        self.editor.design.become(kept, tr("Back to what is saved"), frozenset())

    def leave(self) -> None:
        """Ask, where something is not kept."""
        self.take_typed()
        if self.dirty:
            words = tr("This layout has changes that are not saved.")
            self.confirm.ask(words, tr("Leave without saving"), lambda _typed: self.left.emit())
        else:
            self.left.emit()

    def stored_elsewhere(self, data: Mapping[str, Any]) -> None:
        """Another desk has saved this layout meanwhile."""
        if self._waiting or (self._kept is not None and _plain(data) == _plain(self._kept)):
            return
        if self.dirty:
            self._kept, self._overtaken = data, True
            self._show_state()
        else:
            self._kept = data
            self.editor.design.become(data, tr("Changed at another desk"), frozenset())

    def export(self) -> None:
        name = files.file_name(str(self.editor.design.data.get("name", "")))
        path = self.ask_save(self.window(), name)
        if path is None:
            return
        try:
            files.write_layout(path, self.editor.design.data)
        except BadInput as error:
            say(self.told, str(error), "bad")
        else:
            say(self.told, tr("Written to {file}.", file=str(path)), "good")

    def _build(self) -> None:
        self.back_button = IconButton("back", tr("Back to the layouts"), self.leave)
        self.name = QLineEdit(str(self._first.get("name", "")))
        self.name.setMaxLength(100)
        self.name.setMaximumWidth(320)
        self.name.setCursorPosition(0)
        name_control(self.name, tr("Name of the layout"))
        leave_undo(self.name)
        self.told = note()
        self.revert_button = button(tr("Revert"), self.revert, "", "undo")
        self.export_button = IconButton("export", tr("Export ..."), self.export)
        self.print_button = button(tr("Test print"), self.trial.open, "", "printer")
        self.save_button = button(tr("Save"), self.save, "primary", "check")
        ends = (self.export_button, self.print_button, self.revert_button, self.save_button)
        head = row(self.back_button, self.name, self.told, *ends)
        head.setStretch(2, 1)
        fill(self, boxed(head), self.confirm, self.trial, self.editor, spacing=6).setStretch(3, 1)

    def _connect(self) -> None:
        design = self.editor.design
        self.name.textEdited.connect(
            lambda text: design.become({**design.data, "name": text}, tr("Name of the layout"), merge="name")
        )
        design.changed.connect(self._show_state)
        self.editor.checked.connect(lambda _checked: self._show_state())
        key = QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._bridge.facts_recorded.connect(self._recorded)
        self._bridge.trouble_told.connect(self._troubled)

    def _show_state(self) -> None:
        name = str(self.editor.design.data.get("name", ""))
        if name != self.name.text():
            self.name.setText(name)
            self.name.setCursorPosition(0)
        self.save_button.setEnabled(self.dirty and not self._waiting)
        self.revert_button.setEnabled(self.editor.design.data != (self._kept or self._first))
        if self._waiting:
            return
        checked = self.editor.canvas.check()
        if checked.general:
            say(self.told, checked.general, "bad")
        elif checked.faults:
            say(self.told, tr("Something can't be kept: see what is marked."), "bad")
        elif self.dirty and self._overtaken:
            say(self.told, tr("It was changed at another desk. Saving puts yours in its place."), "warn")
        elif self.dirty:
            say(self.told, tr("Not saved yet."))
        else:
            ships = tr("Comes with EventDesk. Saved, it is this event's own.")
            say(self.told, tr("Saved.") if self._own else ships)

    def _badge(self) -> tuple[Mapping[str, Any], BadgeContents] | None:
        if not self.editor.is_whole():
            return None
        return self.editor.design.data, self.editor.preview.contents

    def _recorded(self, recorded: Recorded) -> None:
        if recorded.request == self._waiting:
            self._waiting = ""
            self._kept, self._own, self._overtaken = self._sent, True, False
            self.editor.design.saved()
            self._show_state()

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request == self._waiting:
            self._waiting = ""
            self._show_state()
            say(self.told, told(trouble), "bad")


def _plain(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """As it would be written anew: what is at its default is left out."""
    try:
        return layouts.to_data(layouts.parse(data))
    except BadInput:
        return data
