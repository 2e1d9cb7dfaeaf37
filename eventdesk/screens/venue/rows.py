"""A table whose rows change where they stand: fifty desks that report are no new table each time."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt

from eventdesk.screens.line.table import ROOT, Index, WordTable
from eventdesk.screens.words import in_cell

T = TypeVar("T")


class KeyedTable(WordTable[T]):
    """`key` tells which item is which. What is chosen stays chosen, wherever its row goes."""

    def __init__(
        self, headers: Sequence[str], cells: Callable[[T], Sequence[str]], key: Callable[[T], Hashable]
    ) -> None:
        super().__init__(headers, cells)
        self._key = key
        self._rows: list[T] = []
        self._words: list[Sequence[str]] = []
        self.items = self._rows

    def show_items(self, items: Sequence[T]) -> None:
        self._drop({self._key(item) for item in items})
        self._add(items)
        self._sort(items)
        self._change(items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words as they were told last: to paint them costs nothing."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return in_cell(self._words[index.row()][index.column()], role)
        return None

    def row_of(self, key: Hashable) -> int:
        """-1: not here."""
        return next((row for row, item in enumerate(self._rows) if self._key(item) == key), -1)

    def _drop(self, kept: set[Hashable]) -> None:
        for row in reversed(range(len(self._rows))):
            if self._key(self._rows[row]) not in kept:
                self.beginRemoveRows(ROOT, row, row)
                del self._rows[row], self._words[row]
                self.endRemoveRows()

    def _add(self, items: Sequence[T]) -> None:
        known = {self._key(item) for item in self._rows}
        new = [item for item in items if self._key(item) not in known]
        if new:
            first = len(self._rows)
            self.beginInsertRows(ROOT, first, first + len(new) - 1)
            self._rows.extend(new)
            self._words.extend(tuple(self._cells(item)) for item in new)
            self.endInsertRows()

    def _sort(self, items: Sequence[T]) -> None:
        before = [self._key(item) for item in self._rows]
        place = {self._key(item): row for row, item in enumerate(items)}
        if before == list(place):
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        moved = [self.index(place[before[one.row()]], one.column()) for one in old]
        order = sorted(range(len(before)), key=lambda row: place[before[row]])
        self._rows[:] = [self._rows[row] for row in order]
        self._words[:] = [self._words[row] for row in order]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def _change(self, items: Sequence[T]) -> None:
        """Only rows whose words are others are drawn again."""
        for row, item in enumerate(items):
            self._rows[row] = item
            words = tuple(self._cells(item))
            if words != self._words[row]:
                self._words[row] = words
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
