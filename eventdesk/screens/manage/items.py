"""A list of like things (products, lists, gates) with a form for the one chosen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.form import Form
from eventdesk.screens.manage.look import button, note, scrolled
from eventdesk.screens.widgets.basics import row


class Thing(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Thing)
ID = Qt.ItemDataRole.UserRole
LIST_WIDTH = 230


@dataclass(frozen=True, slots=True)
class Words:
    """How the page speaks of its things. `unnamed` stands in the list until a name is typed."""

    things: str
    add: str
    unnamed: str
    empty: str


class NameList(QListWidget):
    """Lays its rows out anew when it is shown: they may have been added before the program was dressed."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()


class ItemsPage(QWidget, Generic[T]):
    """One form a thing, made when it is first looked at and kept, so that nothing typed is lost.

    Every form has a `name` field, whose text stands in the list. `opened` tells of a form just made.
    """

    changed = Signal()
    opened = Signal(object)

    def __init__(
        self,
        words: Words,
        things: Iterable[T],
        form: Callable[[T], Form[T]],
        fresh: Callable[[], T],
    ) -> None:
        super().__init__()
        self._words, self._form_of, self._fresh = words, form, fresh
        self._things: dict[str, T] = {}
        self._areas: dict[str, QWidget] = {}
        self._removed: T | None = None
        self.forms: dict[str, Form[T]] = {}
        self._build()
        for thing in things:
            self._enlist(thing)
        self.list.currentItemChanged.connect(lambda item, _old: self._show(item))
        self.list.setCurrentRow(0)
        self._show(self.list.currentItem())

    def read(self) -> dict[str, T] | None:
        """Everything by id, or None after the mistakes were told in the forms."""
        read = {
            id_: self.forms[id_].read() if id_ in self.forms else self._things[id_] for id_ in self._things
        }
        for item in self._items():
            self._mark(item)
        whole = {id_: thing for id_, thing in read.items() if thing is not None}
        return whole if len(whole) == len(read) else None

    def names(self) -> list[tuple[str, str]]:
        """Id and name as they stand in the list, for other forms to offer."""
        return [(item.data(ID), item.text()) for item in self._items()]

    def open_all(self) -> None:
        """Make every form, so that each looks at what it refers to."""
        for id_ in self._things:
            self._open(id_)

    def has_mistake(self) -> bool:
        return any(self.forms[id_].first_mistake() for id_ in self._things if id_ in self.forms)

    def show_first_mistake(self) -> None:
        for item in self._items():
            form = self.forms.get(item.data(ID))
            field = form.first_mistake() if form else None
            if field is not None:
                self.list.setCurrentItem(item)
                field.setFocus()
                return

    def add(self) -> None:
        """A fresh thing, ready to be named."""
        thing = self._fresh()
        self.list.setCurrentItem(self._enlist(thing))
        self._name_field(self._open(thing.id)).setFocus()
        self.changed.emit()

    def remove(self) -> None:
        """Take the chosen thing off the list; it can be taken back until the next one goes."""
        if self.list.currentRow() < 0:
            return
        item = self.list.currentItem()
        self._removed = self._things.pop(item.data(ID))
        self._farewell.setText(tr("{name} was removed.", name=item.text()))
        self._back.show()
        self.list.takeItem(self.list.row(item))
        self._show(self.list.currentItem())
        self.changed.emit()

    def take_back(self) -> None:
        if self._removed is not None:
            self.list.setCurrentItem(self._enlist(self._removed))
            self._removed = None
            self._back.hide()
            self.changed.emit()

    def _build(self) -> None:
        self.list = NameList()
        self.list.setFixedWidth(LIST_WIDTH)
        name_control(self.list, self._words.things)
        self.stack = QStackedWidget()
        self._empty = note(self._words.empty)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self._empty)
        self.add_button = button(self._words.add, self.add)
        self.remove_button = button(tr("Remove"), self.remove, "quiet")
        self._farewell = note()
        self._back = QWidget()
        self._back.setLayout(row(self._farewell, button(tr("Take back"), self.take_back, "quiet")))
        self._back.hide()
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(row(self.add_button, self.remove_button))
        right = QVBoxLayout()
        right.addWidget(self._back)
        right.addWidget(self.stack, 1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 12, 0, 0)
        both.setSpacing(18)
        both.addLayout(left)
        both.addLayout(right, 1)

    def _enlist(self, thing: T) -> QListWidgetItem:
        self._things[thing.id] = thing
        item = QListWidgetItem(self._title(thing.id), self.list)
        item.setData(ID, thing.id)
        return item

    def _open(self, id_: str) -> Form[T]:
        if id_ not in self.forms:
            form = self._form_of(self._things[id_])
            self.forms[id_] = form
            self._areas[id_] = scrolled(form)
            self.stack.addWidget(self._areas[id_])
            form.changed.connect(self._edited)
            self.opened.emit(form)
        return self.forms[id_]

    def _show(self, item: QListWidgetItem | None) -> None:
        self.remove_button.setEnabled(item is not None)
        if item is None:
            self.stack.setCurrentWidget(self._empty)
            return
        self._open(item.data(ID))
        self.stack.setCurrentWidget(self._areas[item.data(ID)])

    def _edited(self) -> None:
        for item in self._items():
            self._mark(item)
        self.changed.emit()

    def _mark(self, item: QListWidgetItem) -> None:
        form = self.forms.get(item.data(ID))
        wrong = form is not None and form.first_mistake() is not None
        item.setText(("⚠ " if wrong else "") + self._title(item.data(ID)))

    def _title(self, id_: str) -> str:
        form: Any = self.forms.get(id_)
        thing: Any = self._things[id_]
        name = (
            form.name.line.text().strip()
            if form
            else getattr(thing, "name", "") or getattr(thing, "text", "")
        )
        return name or self._words.unnamed

    def _name_field(self, form: Any) -> QWidget:
        field: QWidget = form.name
        return field

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(index) for index in range(self.list.count())]
