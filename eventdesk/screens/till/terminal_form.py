"""One card terminal of this desk: whose it is, and by which ids and keys it is reached."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from eventdesk.desk.till.commands import KeepSecret
from eventdesk.desk.till.values import TerminalChanged
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, LineField
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.till.device_words import state_sentence
from eventdesk.screens.widgets.basics import boxed, row

# What each maker's terminal is reached by (devices/terminals/opening.py).
NEEDS: Final[Mapping[str, Sequence[str]]] = {
    "beside": (),
    "stripe": ("reader", "key"),
    "sumup": ("reader", "merchant", "app", "key", "affiliate_key"),
}
SECRET: Final = ("key", "affiliate_key")


class TerminalForm(QFrame):
    """`wanted` gives a key to keep; `saved` says that the row may be written; `removed` that it goes."""

    wanted = Signal(object)
    saved = Signal()
    removed = Signal()

    def __init__(self, settings: Mapping[str, object]) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._kept = {name: str(value) for name, value in settings.items()}
        self.kind = ChoiceField(tr("Card terminal"), kinds())
        self.name = LineField(tr("Name"), required=True)
        self.parts = {
            "reader": LineField(tr("Reader")),
            "merchant": LineField(tr("Merchant code")),
            "app": LineField(tr("App id")),
            "key": LineField(tr("Secret key"), tr("It goes into this computer's keyring.")),
            "affiliate_key": LineField(tr("Affiliate key")),
        }
        for secret in SECRET:
            self.parts[secret].line.setEchoMode(QLineEdit.EchoMode.Password)
        self.state = note()
        self.state.hide()
        save = button(tr("Save and ask the terminal"), self.save, "primary", "check")
        remove = button(tr("Remove"), self.removed.emit, "quiet")
        fill(
            self,
            self.kind,
            self.name,
            *self.parts.values(),
            boxed(row(save, remove, 1)),
            self.state,
            margin=14,
        )
        self.kind.changed.connect(self._show_parts)
        self._show()

    def row(self) -> dict[str, str]:
        """As the settings hold it: keys by their names."""
        shown = NEEDS[self.kind.value()]
        typed = {name: str(self.parts[name].value()) for name in shown if name not in SECRET}
        keys = {name: self._kept.get(name) or self._secret(name) for name in shown if name in SECRET}
        identity = {"id": self._kept["id"], "kind": self.kind.value(), "name": str(self.name.value())}
        return identity | typed | keys

    def save(self) -> None:
        """Keys first, then the row that names them."""
        if not self._checked():
            return
        for name in NEEDS[self.kind.value()]:
            value = str(self.parts[name].value())
            if name in SECRET and value:
                self._kept[name] = self._secret(name)
                self.wanted.emit(KeepSecret(self._secret(name), value))
                self.parts[name].put("")
        self._show_parts()
        say(self.state, tr("Asking the terminal ..."))
        self.saved.emit()

    def show_state(self, told: TerminalChanged) -> None:
        words, tone = state_sentence(told)
        say(self.state, words, tone)

    def _checked(self) -> bool:
        good = self.name.check()
        for name in NEEDS[self.kind.value()]:
            field = self.parts[name]
            is_missing = not field.value() and not (name in SECRET and self._kept.get(name))
            field.tell(tr("This must not be empty.") if is_missing else "")
            good = good and not is_missing
        return good

    def _secret(self, name: str) -> str:
        return f"terminal.{self._kept['id']}.{name}"

    def _show(self) -> None:
        self.kind.put(self._kept.get("kind") or "beside")
        self.name.put(self._kept.get("name") or tr("Card terminal"))
        for name, field in self.parts.items():
            field.put("" if name in SECRET else self._kept.get(name, ""))
        self._show_parts()

    def _show_parts(self) -> None:
        shown = NEEDS[self.kind.value()]
        for name, field in self.parts.items():
            field.setVisible(name in shown)
            if name in SECRET:
                field.line.setPlaceholderText(tr("as it was") if self._kept.get(name) else "")


def kinds() -> list[tuple[str, str]]:
    return [
        ("beside", tr("Beside the till: the amount is typed into it")),
        ("stripe", "Stripe"),
        ("sumup", "SumUp"),
    ]
