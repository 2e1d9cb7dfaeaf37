"""Several widgets in one place, one of them shown: as tall as that one, where a stack is as tall as the
tallest."""

from PySide6.QtWidgets import QWidget

from eventdesk.screens.manage.look import fill


class OneOf(QWidget):
    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        fill(self, *parts)
        self.show_part(parts[0])

    def show_part(self, wanted: QWidget) -> None:
        for part in self._parts:
            part.setVisible(part is wanted)

    def shown(self) -> QWidget:
        return next(part for part in self._parts if not part.isHidden())
