"""The layout at hand: its data, what is chosen of it, and every step back to where it began."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from eventdesk.screens.designer import edits

Data = Mapping[str, Any]
Change = Callable[[Data], Data]


@dataclass(frozen=True, slots=True)
class State:
    """`chosen`: places in the list of elements."""

    data: Data
    chosen: frozenset[int] = frozenset()


class Design(QObject):
    """What changes goes through `apply` or `become`: one call, one step of undo.

    Steps that name the same `merge` one after the other are one step: letters typed into a field.
    """

    changed = Signal()
    chosen_changed = Signal()
    # What one does while the mouse is down shows at once, and is no step until it is let go.
    previewed = Signal()

    def __init__(self, data: Data) -> None:
        super().__init__()
        self.stack = QUndoStack(self)
        self._state = State(data)
        self._shown: Data | None = None
        self._run = 0
        self._merges: dict[str, int] = {}

    @property
    def data(self) -> Data:
        """As it stands, without what the mouse is just doing."""
        return self._state.data

    @property
    def shown(self) -> Data:
        """With it."""
        return self._state.data if self._shown is None else self._shown

    @property
    def chosen(self) -> frozenset[int]:
        return self._state.chosen

    @property
    def elements(self) -> list[dict[str, Any]]:
        return edits.elements_of(self.data)

    def chosen_elements(self) -> list[dict[str, Any]]:
        return [one for place, one in enumerate(self.elements) if place in self.chosen]

    @property
    def dirty(self) -> bool:
        return not self.stack.isClean()

    def choose(self, chosen: frozenset[int] | set[int]) -> None:
        """Choose elements; no step of undo."""
        count = len(self.elements)
        kept = frozenset(one for one in chosen if 0 <= one < count)
        if kept != self._state.chosen:
            self.pause()
            self._state = State(self._state.data, kept)
            self.chosen_changed.emit()

    def pause(self) -> None:
        """What comes next is a step of its own, whatever came before."""
        self._run += 1

    def become(self, data: Data, words: str, chosen: frozenset[int] | None = None, merge: str = "") -> None:
        """Go on with this data (and choice), as one step called `words`. The same data is no step."""
        self._shown = None
        after = State(data, self.chosen if chosen is None else chosen)
        if data == self.data:
            self.choose(after.chosen)
            self.previewed.emit()
            return
        key = self._merges.setdefault(f"{self._run} {merge}", len(self._merges)) if merge else -1
        self.stack.push(_Step(self, self._state, after, words, key))

    def apply(self, change: Change, words: str, merge: str = "") -> None:
        self.become(change(self.data), words, merge=merge)

    def preview(self, data: Data | None) -> None:
        """Show this data while the mouse moves; None: as it stands."""
        self._shown = data
        self.previewed.emit()

    def saved(self) -> None:
        """What stands now is what is kept."""
        self.pause()
        self.stack.setClean()

    def undo(self) -> None:
        self.pause()
        self.stack.undo()

    def redo(self) -> None:
        self.pause()
        self.stack.redo()

    def stand_at(self, state: State) -> None:
        """For the steps alone."""
        chosen = self._state.chosen
        self._state, self._shown = state, None
        self.changed.emit()
        if chosen != state.chosen:
            self.chosen_changed.emit()


class _Step(QUndoCommand):
    def __init__(self, design: Design, before: State, after: State, words: str, key: int) -> None:
        super().__init__(words)
        self._design, self._before, self._after, self._key = design, before, after, key

    def id(self) -> int:
        return self._key

    def undo(self) -> None:
        self._design.stand_at(self._before)

    def redo(self) -> None:
        self._design.stand_at(self._after)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or other._key != self._key:
            return False
        self._after = other._after
        self.setObsolete(self._after.data == self._before.data)
        return True
