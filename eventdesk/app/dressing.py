"""The look and the language that a person has chosen, put on the whole program."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from eventdesk import i18n
from eventdesk.desk import settings as keys
from eventdesk.desk.preferences import Preferences
from eventdesk.screens import theme

LOOKS = frozenset({keys.THEME, keys.SCALE, keys.TOUCH, keys.LANGUAGE})


def dress(app: QApplication, preferences: Preferences) -> None:
    get = preferences.get
    chosen = str(get(keys.LANGUAGE))
    language = chosen or QLocale.system().name().partition("_")[0]
    QLocale.setDefault(QLocale(chosen) if chosen else QLocale.system())
    i18n.load(language)
    look = theme.Look(
        dark=_is_dark(str(get(keys.THEME))), touch=bool(get(keys.TOUCH)), scale=get(keys.SCALE) / 100
    )
    theme.apply(app, look, language)


def _is_dark(wish: str) -> bool:
    if wish == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return wish == "dark"
