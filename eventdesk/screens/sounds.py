"""The sounds of the door. Where no sound server answers, the desk works on and says so once."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtMultimedia import QSoundEffect

from eventdesk import paths
from eventdesk.i18n import tr
from eventdesk.screens.messages import Messages, Tone

NAMES = ("admitted", "refused", "attention", "information", "alarm")


class Sounds(QObject):
    """Loads every sound at the start, so that the first verdict is heard at once."""

    def __init__(self, messages: Messages, volume: float = 0.9) -> None:
        super().__init__()
        self._messages = messages
        self._told = False
        self.muted = False
        self._effects = {name: self._load(name, volume) for name in NAMES}

    def _load(self, name: str, volume: float) -> QSoundEffect:
        effect = QSoundEffect(self)
        effect.statusChanged.connect(self._watch)
        effect.setVolume(volume)
        effect.setSource(QUrl.fromLocalFile(str(paths.resources() / "sounds" / f"{name}.wav")))
        return effect

    def play(self, name: str) -> None:
        """Play one of NAMES from its beginning, over whatever still sounds."""
        effect = self._effects[name]
        if self.muted or effect.status() is QSoundEffect.Status.Error:
            return
        for other in self._effects.values():
            other.stop()
        effect.play()

    def works(self) -> bool:
        """False where the system can't play sounds."""
        return all(one.status() is not QSoundEffect.Status.Error for one in self._effects.values())

    def _watch(self) -> None:
        effect = self.sender()
        failed = isinstance(effect, QSoundEffect) and effect.status() is QSoundEffect.Status.Error
        if failed and not self._told:
            self._told = True
            self._messages.tell(
                tr("This desk can't play sounds."),
                tr("Check-in goes on by colour, sign and words. Check the sound settings of the system."),
                Tone.WARN,
                key="sound",
            )
