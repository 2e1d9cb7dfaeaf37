"""What can be done to what is chosen: for buttons, the menu and the keys alike."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.designer import edits, placing
from eventdesk.screens.designer.checking import Checker
from eventdesk.screens.designer.design import Design
from eventdesk.screens.designer.fresh import fresh
from eventdesk.screens.designer.view import View

MIME = "application/x-eventdesk-elements"
# What is pasted is read as elements of a layout; more letters than a layout has are none.
MOST_LETTERS = 8_000_000
# So often a new element steps aside for those that lie in its place.
MOST_STEPS = 12
SIDES = ("left", "centre", "right", "top", "middle", "bottom")


class Actions(QObject):
    """`by_name` holds the actions. They work where the focus is on a widget given to `reach`."""

    def __init__(self, design: Design, view: View) -> None:
        super().__init__()
        self._design, self._view = design, view
        self.by_name: dict[str, QAction] = {}
        self._edit()
        self._align()
        self._order()
        design.chosen_changed.connect(self._enable)
        design.changed.connect(self._enable)
        self._enable()

    def reach(self, *widgets: QWidget) -> None:
        """Their keys do these: in fields the same keys are the text's."""
        for widget in widgets:
            widget.addActions(list(self.by_name.values()))

    def add(self, kind: str) -> None:
        """A new element in the middle of the page, chosen; a little off one that lies there already."""
        page = edits.page_of(self._design.data)
        made = fresh(kind, page)
        places = {(one.get("x"), one.get("y")) for one in self._design.elements}
        for _try in range(MOST_STEPS):
            if (made["x"], made["y"]) in places:
                made = placing.beside(made, page)
        self._design.become(
            *self._worded(placing.added(self._design.data, [self._here(made)]), tr("Add an element"))
        )

    def copy(self) -> None:
        mime = QMimeData()
        text = json.dumps(self._design.chosen_elements(), ensure_ascii=False)
        mime.setData(MIME, text.encode())
        mime.setText(text)
        QGuiApplication.clipboard().setMimeData(mime)

    def cut(self) -> None:
        self.copy()
        self.delete(tr("Cut"))

    def paste(self) -> None:
        """Elements that were copied, here or from another layout; anything else is left alone."""
        # Qt has none where nobody has ever copied anything.
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if mime is None:
            return
        raw = bytes(mime.data(MIME).data()).decode(errors="replace") if mime.hasFormat(MIME) else mime.text()
        elements = pasted(raw, self._design.data)
        if not elements:
            return
        page = edits.page_of(self._design.data)
        copies = [self._here(placing.beside(one, page)) for one in elements]
        self._design.become(*self._worded(placing.added(self._design.data, copies), tr("Paste")))

    def duplicate(self) -> None:
        chosen = self._design.chosen
        self._design.become(*self._worded(placing.duplicated(self._design.data, chosen), tr("Duplicate")))

    def delete(self, words: str = "") -> None:
        made = edits.removed(self._design.data, self._design.chosen)
        self._design.become(made, words or tr("Delete"), frozenset())

    def choose_all(self) -> None:
        elements = self._design.elements
        sides = [str(one.get("side", "front")) for one in elements]
        self._design.choose({place for place, side in enumerate(sides) if self._view.shows(side)})

    def align(self, side: str) -> None:
        chosen = self._design.chosen
        self._design.apply(lambda data: placing.aligned(data, chosen, side), tr("Align"))

    def spread(self, axis: str) -> None:
        chosen = self._design.chosen
        self._design.apply(lambda data: placing.distributed(data, chosen, axis), tr("Distribute"))

    def order(self, way: str) -> None:
        made = edits.ordered(self._design.data, self._design.chosen, way)
        self._design.become(*self._worded(made, tr("Change the order")))

    def _worded(
        self, made: tuple[Mapping[str, Any], frozenset[int]], words: str
    ) -> tuple[Mapping[str, Any], str, frozenset[int]]:
        return made[0], words, made[1]

    def _here(self, element: dict[str, Any]) -> dict[str, Any]:
        """On the side at hand; a page without a back has but one."""
        rest = {name: one for name, one in element.items() if name != "side"}
        on_back = self._view.side == "back" and edits.has_back(self._design.data)
        return {**rest, "side": "back"} if on_back else rest

    def _edit(self) -> None:
        self._make("cut", tr("Cut"), "", self.cut, "Ctrl+X")
        self._make("copy", tr("Copy"), "", self.copy, "Ctrl+C")
        self._make("paste", tr("Paste"), "", self.paste, "Ctrl+V")
        self._make("duplicate", tr("Duplicate"), "duplicate", self.duplicate, "Ctrl+D")
        self._make("delete", tr("Delete"), "delete", self.delete, "Del")
        self._make("all", tr("Choose all"), "", self.choose_all, "Ctrl+A")

    def _align(self) -> None:
        words = {
            "left": tr("Align left edges"),
            "centre": tr("Centre across"),
            "right": tr("Align right edges"),
            "top": tr("Align top edges"),
            "middle": tr("Centre up and down"),
            "bottom": tr("Align bottom edges"),
        }
        for side in SIDES:
            self._make(f"align_{side}", words[side], f"align_{side}", partial(self.align, side))
        self._make("spread_across", tr("Same gaps across"), "spread_across", lambda: self.spread("x"))
        self._make("spread_down", tr("Same gaps up and down"), "spread_down", lambda: self.spread("y"))

    def _order(self) -> None:
        self._make("to_front", tr("To the front"), "to_front", lambda: self.order("front"), "Ctrl+Home")
        self._make("forward", tr("Forward"), "forward", lambda: self.order("forward"), "Ctrl+PgUp")
        self._make("backward", tr("Backward"), "backward", lambda: self.order("backward"), "Ctrl+PgDown")
        self._make("to_back", tr("To the back"), "to_back", lambda: self.order("back"), "Ctrl+End")

    def _make(self, name: str, words: str, icon: str, done: Callable[[], object], keys: str = "") -> None:
        made = QAction(words, self)
        if icon:
            made.setIcon(icons.icon(icon))
            made.setData(icon)
        if keys:
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.setToolTip(f"{words} ({made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        made.triggered.connect(lambda _checked=False: done())
        self.by_name[name] = made

    def _enable(self) -> None:
        count = len(self._design.chosen)
        for name, action in self.by_name.items():
            needed = 3 if name.startswith("spread") else 0 if name in ("paste", "all") else 1
            action.setEnabled(count >= needed)


def pasted(text: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The elements of a JSON list that this layout can hold; none of anything else."""
    if not text.lstrip().startswith("[") or len(text) > MOST_LETTERS:
        return []
    try:
        found = json.loads(text)
    except ValueError:
        return []
    page = edits.page_of(data)
    fitting = [placing.onto_page(one, page) for one in found if isinstance(one, dict)]
    checked = Checker().check(
        {**data, "page": {**(data.get("page") or {}), "back": True}, "elements": fitting}
    )
    return [one for place, one in enumerate(fitting) if place in checked.elements]
