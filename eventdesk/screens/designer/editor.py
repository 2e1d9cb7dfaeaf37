"""One layout on the drawing board: the canvas, what stands on it, and what can be set about it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from eventdesk.desk.design.values import SampleBadge
from eventdesk.i18n import tr
from eventdesk.screens.designer import edits
from eventdesk.screens.designer.actions import Actions
from eventdesk.screens.designer.bars import IconButton
from eventdesk.screens.designer.board import Board
from eventdesk.screens.designer.canvas import Canvas
from eventdesk.screens.designer.checking import Checked
from eventdesk.screens.designer.design import Design
from eventdesk.screens.designer.drawing import Drawn
from eventdesk.screens.designer.element_list import ElementList
from eventdesk.screens.designer.element_words import kind_words
from eventdesk.screens.designer.fresh import KINDS
from eventdesk.screens.designer.offers import Offers
from eventdesk.screens.designer.page_panel import PagePanel
from eventdesk.screens.designer.panel import ElementPanel
from eventdesk.screens.designer.preview import Preview
from eventdesk.screens.designer.tool_line import SightLine, ToolLine
from eventdesk.screens.designer.view import View
from eventdesk.screens.widgets.basics import boxed, column, label, row

SIDE_PX, NARROW_SIDE_PX = 190, 150
PANEL_PX, NARROW_PANEL_PX = 300, 250
ROOMY_PX = 1000


class Editor(QWidget):
    """`checked` tells what is wrong with the layout after each change; `Design.changed` that it did."""

    checked = Signal(object)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()
        self.design, self.view = Design(data), View()
        self.preview = Preview()
        self.canvas = Canvas(self.design, self.view, self.preview.contents)
        self.board = Board(self.canvas)
        self.actions_of = Actions(self.design, self.view)
        self.elements = ElementList(self.design, self.view)
        self.panel, self.page_panel = ElementPanel(self.design), PagePanel(self.design, self.view)
        self.add_buttons: dict[str, IconButton] = {}
        self.tools = ToolLine(self.design, self.actions_of)
        self.sides = self._side_tabs()
        self._arrange()
        self._connect()
        self._show_chosen()
        self._show_sides()
        self._told(self.canvas.check())

    def offer(self, event: str, offers: Offers, samples: list[SampleBadge]) -> None:
        """What the event has: for the fields, and whose badge can be shown."""
        self.panel.offer(offers)
        self.preview.offer(event, offers.products, samples)

    def is_whole(self) -> bool:
        """Whether the layout can be kept as it stands."""
        return self.canvas.check().is_whole

    def show_first_fault(self) -> None:
        """Go to what can't be kept."""
        faults = self.canvas.check().faults
        if faults:
            place = min(faults)
            side = self.design.elements[place].get("side", "front")
            if not self.view.shows(str(side)):
                self.view.set_side("back" if side == "back" else "front")
            self.design.choose({place})
        else:
            self.design.choose(frozenset())

    # Parts

    def _arrange(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addWidget(self.tools)
        middle.addWidget(SightLine(self.view, self.board, self.preview))
        middle.addWidget(self.sides)
        middle.addWidget(self.board, 1)
        self._left = boxed(self._left_column())
        self._right = self._right_stack()
        whole = row(self._left, spacing=10)
        whole.addLayout(middle, 1)
        whole.addWidget(self._right)
        self.setLayout(whole)

    def _left_column(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, kind in enumerate(KINDS):
            words = tr("Add: {what}", what=kind_words(kind))
            made = IconButton(kind, words, partial(self._add, kind))
            self.add_buttons[kind] = made
            grid.addWidget(made, place // 4, place % 4)
        left = column(label(tr("Add"), "heading"))
        left.addLayout(grid)
        left.addWidget(label(tr("Elements"), "heading"))
        left.addWidget(self.elements, 1)
        return left

    def _right_stack(self) -> QStackedWidget:
        stack = QStackedWidget()
        stack.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        for panel in (self.page_panel, self.panel):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            holder = QWidget()
            inside = column(panel)
            inside.setContentsMargins(2, 2, 10, 2)
            holder.setLayout(inside)
            area.setWidget(holder)
            stack.addWidget(area)
        return stack

    def _side_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setAccessibleName(tr("Side of the badge"))
        for words in (tr("Front side"), tr("Back side")):
            tabs.addTab(words)
        return tabs

    def _connect(self) -> None:
        self.canvas.checked.connect(self._told)
        self.canvas.drawn.connect(self._told_drawn)
        self.canvas.opened.connect(self.panel.focus_content)
        self.canvas.menu_wanted.connect(self._open_menu)
        self.elements.itemActivated.connect(lambda _item: self.panel.focus_content())
        self.preview.chosen.connect(self.canvas.show_contents)
        self.design.chosen_changed.connect(self._show_chosen)
        self.design.changed.connect(self._show_sides)
        self.view.side_changed.connect(self._show_sides)
        self.sides.currentChanged.connect(lambda index: self.view.set_side("back" if index else "front"))
        self.view.side_changed.connect(lambda: self.design.choose(frozenset()))
        self.actions_of.reach(self.canvas, self.elements)
        self._add_keys()

    def _add_keys(self) -> None:
        keys = {
            "Ctrl+Z": self.design.undo,
            "Ctrl+Shift+Z": self.design.redo,
            "Ctrl+Y": self.design.redo,
            "Ctrl++": self.board.zoom_in,
            "Ctrl+=": self.board.zoom_in,
            "Ctrl+-": self.board.zoom_out,
            "Ctrl+0": self.board.fit,
            "F6": self.next_part,
        }
        for key, done in keys.items():
            made = QShortcut(QKeySequence(key), self, done)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def next_part(self) -> None:
        """From the elements to the badge, to what can be set, and back."""
        if self.elements.hasFocus():
            self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.canvas.hasFocus() and self.design.chosen:
            self.panel.focus_content()
        elif self.canvas.hasFocus():
            self.page_panel.size_choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.elements.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add(self, kind: str) -> None:
        self.actions_of.add(kind)
        if kind == "image":
            self.panel.focus_content()
        else:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, checked: Checked) -> None:
        for part in (self.panel, self.page_panel, self.elements, self.preview):
            part.tell(checked)
        self.checked.emit(checked)

    def _told_drawn(self, drawn: Drawn) -> None:
        self.panel.tell_drawn(drawn)
        self.elements.tell_drawn(drawn)

    def _show_chosen(self) -> None:
        self._right.setCurrentIndex(1 if self.design.chosen else 0)

    def _show_sides(self) -> None:
        back = edits.has_back(self.design.data)
        if not back:
            self.view.set_side("front")
        self.sides.setVisible(back)
        self.sides.setCurrentIndex(1 if self.view.side == "back" else 0)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        names = (
            "cut",
            "copy",
            "paste",
            "duplicate",
            "delete",
            "",
            "to_front",
            "forward",
            "backward",
            "to_back",
        )
        for name in names:
            if name:
                menu.addAction(self.actions_of.by_name[name])
            else:
                menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().width() >= ROOMY_PX
        self._left.setFixedWidth(SIDE_PX if roomy else NARROW_SIDE_PX)
        self._right.setFixedWidth(PANEL_PX if roomy else NARROW_PANEL_PX)
        self.tools.set_roomy(roomy=roomy)

    def minimumSizeHint(self) -> QSize:
        return QSize(640, 320)
