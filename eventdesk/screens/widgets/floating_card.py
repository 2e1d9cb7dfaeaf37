"""A card that lies over a page while it is open, and gives the keys back to where the person was."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget


class FloatingCard(QFrame):
    """Hidden at first. Those who inherit say where it lies (`place`)."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__(holder)
        self.setProperty("card", "true")
        self.setAutoFillBackground(True)
        self._before: QWidget | None = None
        self.hide()
        holder.installEventFilter(self)

    @abstractmethod
    def place(self) -> None:
        """Take a size and a place over the holder."""

    def open_for(self, focus: QWidget) -> None:
        """Over everything else of the holder, the keys at `focus`."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.show()
        self.place()
        self.raise_()
        focus.setFocus()

    def close_card(self) -> None:
        """Back to where the person was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def event(self, event: QEvent) -> bool:
        """Words that come or go change its height: keys must not be squeezed."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)
