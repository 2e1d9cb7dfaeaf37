"""What works just now, in one quiet line, and that staff knows."""

from collections.abc import Iterator

from PySide6.QtWidgets import QFrame, QHBoxLayout

from eventdesk.desk.kiosk.values import KioskState, Page, Works
from eventdesk.domain.kiosk.setup import Find
from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import label


class QuietBar(QFrame):
    """There only while there is something to say. `note`: for a moment, before all else."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kiosk", "quiet")
        self._label = label("", "", wrap=True)
        self._note = ""
        self._state = KioskState(Page.WELCOME)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(14, 4, 14, 4)
        inside.addWidget(self._label)
        self.hide()

    def text(self) -> str:
        return self._label.text()

    def show_state(self, state: KioskState) -> None:
        self._state = state
        self._show()

    def note(self, words: str) -> None:
        """Empty: no more."""
        self._note = words
        self._show()

    def _show(self) -> None:
        text = " ".join(part for part in (self._note, *_sentences(self._state)) if part)
        self._label.setText(text)
        self.setVisible(bool(text))


def _sentences(state: KioskState) -> Iterator[str]:
    missing = frozenset(Works) - state.works
    if state.page is Page.CLOSED:
        return
    if Works.CAMERA in missing:
        yield _without_camera(state.setup.finds)
    if Works.PRINTER in missing:
        yield tr("No badges just now.")
    if Works.TERMINAL in missing and (state.setup.pays or state.setup.sells):
        yield tr("No card payments just now.")
    if Works.TURNSTILE in missing:
        yield tr("The gate does not answer just now.")
    if Works.NETWORK in missing:
        yield tr("This kiosk works without its network just now.")
    if state.calls:
        yield tr("Staff has been called.")


def _without_camera(finds: frozenset[Find]) -> str:
    if Find.ORDER in finds:
        return tr("No camera just now: type your order code, or use the scanner.")
    if Find.NAME in finds:
        return tr("No camera just now: type your name, or use the scanner.")
    return tr("No camera just now: use the scanner.")
