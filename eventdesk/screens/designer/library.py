"""The layouts of an event: its own, and those that ship; made, copied, taken in and out, removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from eventdesk.badges import layout as layouts
from eventdesk.badges.layout import Layout
from eventdesk.badges.render import render_image
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.designer import edits, files
from eventdesk.screens.designer.element_words import millimetres
from eventdesk.screens.designer.preview import made_up
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.widgets.basics import boxed
from eventdesk.screens.widgets.flow import Flow
from eventdesk.screens.words import joined

ICON = QSize(132, 88)
ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A layout that can be chosen. `own`: of the event; `ships`: the program has one of this id."""

    id: str
    data: Mapping[str, Any]
    own: bool
    ships: bool

    @property
    def name(self) -> str:
        return str(self.data.get("name") or self.id)


def entries(own: Mapping[str, Mapping[str, Any]]) -> list[Entry]:
    """The event's own ones first, by name. One that ships is not shown where the event has its own."""
    shipped = {id_: {**layouts.to_data(one), "name": tr(one.name)} for id_, one in layouts.shipped().items()}
    mine = [Entry(id_, data, True, id_ in shipped) for id_, data in own.items()]
    rest = [Entry(id_, data, False, True) for id_, data in shipped.items() if id_ not in own]
    return sorted(mine, key=lambda one: one.name.casefold()) + rest


class Library(QWidget):
    """`opened` brings an Entry to be edited, `begun` the data of a new layout, `removed` an Entry."""

    opened = Signal(object)
    begun = Signal(object)
    removed = Signal(object)
    ask_open: files.AskOpen = staticmethod(files.ask_open)
    ask_save: files.AskSave = staticmethod(files.ask_save)

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Badge layouts"))
        self.list.setIconSize(ICON)
        self.list.setSpacing(4)
        self.list.setWordWrap(True)
        self.told = note()
        self.confirm = Confirm()
        self.new_button = button(tr("New layout"), self.begin, "primary", "add")
        self.edit_button = button(tr("Edit"), self.open, "", "settings")
        self.copy_button = button(tr("Copy"), self.copy, "", "duplicate")
        self.import_button = button(tr("Import ..."), self.take_in, "", "import")
        self.export_button = button(tr("Export ..."), self.give_out, "", "export")
        self.remove_button = button(tr("Remove"), self.remove, "danger", "delete")
        words = tr("Choose one to edit it; a product says by which layout its badges are printed.")
        of_one = (self.edit_button, self.copy_button, self.export_button, self.remove_button)
        buttons = Flow(self.new_button, *of_one, self.import_button)
        fill(self, note(words), boxed(buttons), self.confirm, self.told, self.list)
        say(self.told, "")
        self.list.itemActivated.connect(lambda _item: self.open())
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        self._enable()

    def show_layouts(self, own: Mapping[str, Mapping[str, Any]]) -> None:
        """The event's own layouts, by id; what was chosen stays chosen."""
        at = self.chosen()
        self._entries = entries(own)
        self.list.clear()
        for entry in self._entries:
            self.list.addItem(_item(entry))
        ids = [entry.id for entry in self._entries]
        self.list.setCurrentRow(ids.index(at.id) if at is not None and at.id in ids else 0)
        self._enable()

    def chosen(self) -> Entry | None:
        place = self.list.currentRow()
        return self._entries[place] if 0 <= place < len(self._entries) else None

    def names(self) -> set[str]:
        return {entry.name for entry in self._entries}

    def begin(self) -> None:
        from eventdesk.screens.designer.fresh import empty

        say(self.told, "")
        self.begun.emit(empty(self._free(tr("New layout"))))

    def open(self) -> None:
        entry = self.chosen()
        if entry is not None:
            say(self.told, "")
            self.opened.emit(entry)

    def copy(self) -> None:
        entry = self.chosen()
        if entry is not None:
            say(self.told, "")
            self.begun.emit({**entry.data, "name": self._free(entry.name)})

    def take_in(self) -> None:
        """A file as a new layout; what is wrong with it is told here."""
        path = self.ask_open(self.window())
        if path is None:
            return
        try:
            data = files.read_layout(path)
        except BadInput as error:
            say(self.told, f"{tr(error.message)} {tr(error.remedy)}".strip(), "bad")
            return
        say(self.told, "")
        name = str(data["name"])
        self.begun.emit({**data, "name": self._free(name) if name in self.names() else name})

    def give_out(self) -> None:
        entry = self.chosen()
        path = self.ask_save(self.window(), files.file_name(entry.name)) if entry is not None else None
        if entry is None or path is None:
            return
        try:
            files.write_layout(path, entry.data)
        except BadInput as error:
            say(self.told, str(error), "bad")
        else:
            say(self.told, tr("Written to {file}.", file=str(path)), "good")

    def remove(self) -> None:
        entry = self.chosen()
        if entry is None or not entry.own:
            return
        words = tr('Remove the layout "{name}" from this event?', name=entry.name)
        if entry.ships:
            words = tr(
                'Give up the changes of "{name}"? The one that ships takes its place.', name=entry.name
            )
        self.confirm.ask(words, tr("Remove"), lambda _typed: self.removed.emit(entry))

    def _free(self, name: str) -> str:
        """A name that no layout has yet."""
        names = self.names()
        if name not in names:
            return name
        return next(made for count in range(2, len(names) + 3) if (made := f"{name} {count}") not in names)

    def _enable(self) -> None:
        entry = self.chosen()
        for one in (self.edit_button, self.copy_button, self.export_button):
            one.setEnabled(entry is not None)
        self.remove_button.setEnabled(entry is not None and entry.own)


def _item(entry: Entry) -> QListWidgetItem:
    origin = tr("of this event") if entry.own else tr("comes with EventDesk")
    if entry.own and entry.ships:
        origin = tr("of this event, in place of the one that ships")
    page = edits.page_of(entry.data)
    detail = joined(f"{millimetres(page.width)} × {millimetres(page.height)}", origin)
    made = QListWidgetItem(f"{entry.name}\n{detail}")
    try:
        made.setIcon(_icon(layouts.parse(entry.data)))
    except BadInput as error:
        made.setText(f"{entry.name}\n{error.message}")
        made.setIcon(icons.icon("warning", ICON.height()))
    return made


def _icon(layout: Layout) -> QIcon:
    """The badge in the middle of a picture of one size for all. Raises BadInput."""
    scale = min(ICON.width() / layout.page.width, ICON.height() / layout.page.height)
    image = render_image(layout, made_up(), max(round(scale * 25.4 * 2), 12))
    drawn = QPixmap(ICON * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    size = image.size().scaled(drawn.size(), Qt.AspectRatioMode.KeepAspectRatio)
    smooth = image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
    left, top = (drawn.width() - size.width()) // 2, (drawn.height() - size.height()) // 2
    painter = QPainter(drawn)
    painter.drawImage(left, top, smooth)
    painter.setPen(QColor("#8A94A3"))
    painter.drawRect(left, top, size.width() - 1, size.height() - 1)
    painter.end()
    drawn.setDevicePixelRatio(2)
    made = QIcon(drawn)
    # Chosen, it keeps its own colours.
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made
