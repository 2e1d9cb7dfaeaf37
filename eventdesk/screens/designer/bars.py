"""The designer's bars of small buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from eventdesk.screens import icons


class IconButton(QToolButton):
    """An icon in the text's colour; its words are the tool tip, and what a screen reader says."""

    def __init__(
        self, icon: str, words: str, pressed: Callable[[], object] | None = None, keys: str = ""
    ) -> None:
        super().__init__()
        self._icon = icon
        self.setProperty("kind", "quiet")
        self.setProperty("tool", "true")
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({keys})" if keys else words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if pressed is not None:
            self.clicked.connect(lambda _checked: pressed())
        self._paint()

    def _paint(self) -> None:
        size = max(18, round(self.fontMetrics().height() * 1.1))
        self.setIconSize(QSize(size, size))
        colour = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText)
        self.setIcon(icons.icon(self._icon, size, colour))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._paint()


class ActionButton(IconButton):
    """Does an action, and is enabled as that is."""

    def __init__(self, action: QAction) -> None:
        super().__init__(str(action.data()), action.text(), action.trigger)
        self.setToolTip(action.toolTip())
        self.setEnabled(action.isEnabled())
        action.enabledChanged.connect(self.setEnabled)


class SwitchButton(IconButton):
    """On or off."""

    def __init__(self, icon: str, words: str, switched: Callable[[bool], object], *, on: bool) -> None:
        super().__init__(icon, words)
        self.setCheckable(True)
        self.setChecked(on)
        self.toggled.connect(switched)


def gap() -> QWidget:
    """Room between two groups."""
    made = QWidget()
    made.setFixedWidth(10)
    return made


class MenuButton(IconButton):
    """Several actions below one button, where there is little room."""

    def __init__(self, icon: str, words: str, actions: Sequence[QAction]) -> None:
        super().__init__(icon, words)
        menu = QMenu(self)
        menu.addActions(actions)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
