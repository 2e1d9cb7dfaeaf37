"""A consent or a waiver: read to its end, then signed with a finger, or ticked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit

from eventdesk.desk.kiosk.commands import SignDocument
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.i18n import tr
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import KioskPage
from eventdesk.screens.kiosk.scrolled import Scrolling
from eventdesk.screens.kiosk.signature import SignaturePad
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import isolate


class DocumentPage(KioskPage):
    """Signing begins once the end of the text was in sight; until then the text has all the room."""

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        document = state.document
        self.drawn = bool(document and document.drawn)
        self.pad = SignaturePad()
        self.tick = BigButton(tr("I have read this and agree"))
        self.tick.setCheckable(True)
        self.clear = BigButton(tr("Clear"), icon="undo", pressed=self.pad.clear)
        self.refuse = BigButton(tr("I do not agree"), icon="close", pressed=self._refuse)
        self.sign = BigButton(tr("I agree and sign"), icon="pen", kind="primary", pressed=self._sign)
        self.hint = label("", "muted", wrap=True)
        self.text = self._text(state.text)
        self.whole.addWidget(self.text, 3)
        self.whole.addWidget(self.hint)
        self.whole.addWidget(self.pad if self.drawn else self.tick, 2 if self.drawn else 0)
        buttons = [self.refuse, *([self.clear] if self.drawn else []), self.sign]
        self.add_actions(*buttons)
        self.text.ended.connect(self._look)
        self.pad.changed.connect(self._look)
        self.tick.toggled.connect(self._look)
        self._look()

    def title(self) -> str:
        name = self.state.document.name if self.state.document else ""
        return f"{isolate(name)}: {self.name()}" if self.name() else name

    def _text(self, text: str) -> Scrolling:
        shown = QTextEdit()
        shown.setAcceptRichText(False)
        shown.setPlainText(text)
        shown.setReadOnly(True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        shown.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        shown.setAcceptDrops(False)
        shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shown.setProperty("kiosk", "text")
        shown.setAccessibleName(self.state.document.name if self.state.document else "")
        return Scrolling(shown)

    def _look(self) -> None:
        read = self.text.has_ended
        self.pad.setVisible(read and self.drawn)
        self.tick.setVisible(read and not self.drawn)
        signed = self.pad.is_signed() if self.drawn else self.tick.isChecked()
        self.sign.setEnabled(read and signed)
        self.clear.setEnabled(bool(self.pad.path()))
        ask = tr("Sign in the field with your finger.") if self.drawn else tr("Then touch the box.")
        self.hint.setText(ask if read else tr("Please read the text to its end."))

    def _sign(self) -> None:
        self._post(signature=self.pad.path() if self.drawn else "")

    def _refuse(self) -> None:
        self._post(refused=True)

    def _post(self, signature: str = "", refused: bool = False) -> None:
        guest, document = self.guest(), self.state.document
        if guest is not None and document is not None:
            self.visit.ask(
                SignDocument,
                ticket=guest.ticket,
                document=document.id,
                text=self.state.text,
                name=guest.name,
                signature=signature,
                refused=refused,
            )
