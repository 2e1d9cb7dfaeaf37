"""The two lines of small buttons above the canvas: what can be done, and how it is looked at."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from eventdesk.i18n import tr
from eventdesk.screens.designer.actions import SIDES, Actions
from eventdesk.screens.designer.bars import ActionButton, IconButton, MenuButton, SwitchButton, gap
from eventdesk.screens.designer.board import Board
from eventdesk.screens.designer.design import Design
from eventdesk.screens.designer.preview import Preview
from eventdesk.screens.designer.view import View
from eventdesk.screens.widgets.basics import boxed, row

_ALIGNING = (*(f"align_{side}" for side in SIDES), "spread_across", "spread_down")


class ToolLine(QWidget):
    def __init__(self, design: Design, actions: Actions) -> None:
        super().__init__()
        by_name = actions.by_name
        self.undo_button = IconButton("undo", tr("Undo"), design.undo, "Ctrl+Z")
        self.redo_button = IconButton("redo", tr("Redo"), design.redo, "Ctrl+Shift+Z")
        edit = [ActionButton(by_name[name]) for name in ("duplicate", "delete")]
        order = [ActionButton(by_name[name]) for name in ("to_front", "forward", "backward", "to_back")]
        self._aligning = boxed(row(*(ActionButton(by_name[name]) for name in _ALIGNING), spacing=1))
        self._align_menu = MenuButton("align_left", tr("Align"), [by_name[name] for name in _ALIGNING])
        parts = (self.undo_button, self.redo_button, gap(), *edit, gap(), *order, gap())
        self.setLayout(row(*parts, self._aligning, self._align_menu, 1, spacing=1))
        for button, changed in (
            (self.undo_button, design.stack.canUndoChanged),
            (self.redo_button, design.stack.canRedoChanged),
        ):
            button.setEnabled(False)
            changed.connect(button.setEnabled)

    def set_roomy(self, *, roomy: bool) -> None:
        """Where there is no room, the ways to align stand below one button."""
        self._aligning.setVisible(roomy)
        self._align_menu.setVisible(not roomy)


class SightLine(QWidget):
    def __init__(self, view: View, board: Board, preview: Preview) -> None:
        super().__init__()
        self._view = view
        switches = [
            self._switch("snap", tr("Snap to grid and elements"), "snaps"),
            self._switch("grid", tr("Show the grid"), "shows_grid"),
            self._switch("outline", tr("Show outlines"), "outlines"),
        ]
        zoom = [
            IconButton("zoom_out", tr("Smaller"), board.zoom_out, "Ctrl+-"),
            IconButton("zoom_in", tr("Larger"), board.zoom_in, "Ctrl++"),
            IconButton("zoom_fit", tr("The whole badge"), board.fit, "Ctrl+0"),
        ]
        line = row(preview, *switches, gap(), *zoom, spacing=1)
        line.setStretch(0, 1)
        self.setLayout(line)

    def _switch(self, icon: str, words: str, aid: str) -> SwitchButton:
        def switch(on: bool) -> None:
            self._view.set_aids(replace(self._view.aids, **{aid: on}))

        return SwitchButton(icon, words, switch, on=bool(getattr(self._view.aids, aid)))
