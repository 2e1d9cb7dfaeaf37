"""A picture from a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from eventdesk.badges import pictures
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.screens.designer.media import read_picture
from eventdesk.screens.manage.field import Field, Wrong
from eventdesk.screens.manage.look import button, fill, note, say

AskFile = Callable[[QWidget], Path | None]


def ask_picture(parent: QWidget) -> Path | None:
    kinds = f"{tr('Pictures')} (*.png *.jpg *.jpeg)"
    name, _kind = QFileDialog.getOpenFileName(parent, tr("Choose a picture"), "", kinds)
    return Path(name) if name else None


class PictureField(Field):
    """Base64 of a PNG or JPEG."""

    ask: AskFile = staticmethod(ask_picture)

    def __init__(self) -> None:
        self._data = ""
        holder = QWidget()
        self.choose_button = button(tr("Choose a picture ..."), self.choose, "", "image")
        self.told = note(tone="small")
        fill(holder, self.choose_button, self.told, spacing=4)
        super().__init__(tr("Picture"), holder)
        self.setFocusProxy(self.choose_button)

    def choose(self) -> None:
        path = self.ask(self.window())
        if path is not None:
            self.load(path)

    def load(self, path: Path) -> None:
        """Take the picture in this file; what is wrong with it is told here, and the old one stays."""
        try:
            data, _size = read_picture(path)
        except BadInput as error:
            self.tell(str(error))
            return
        self.tell("")
        self._data = data
        self._say()
        self.changed.emit()

    def value(self) -> Any:
        if not self._data:
            raise Wrong(tr("Choose a picture."))
        return self._data

    def put(self, value: Any) -> None:
        if value != self._data:
            self._data = str(value or "")
            self._say()

    def _say(self) -> None:
        if not self._data:
            say(self.told, tr("No picture is chosen yet."), "small")
            return
        size = pictures.logo(self._data).size()
        kilobytes = max(1, len(self._data) * 3 // 4000)
        words = tr(
            "{width} × {height} pixels, {size} kB", width=size.width(), height=size.height(), size=kilobytes
        )
        say(self.told, words, "small")
