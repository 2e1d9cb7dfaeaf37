"""The program itself: its QApplication, its log, and what is told where it can't start."""

import logging
import logging.handlers
import sys

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from eventdesk import i18n, paths
from eventdesk.badges import fonts
from eventdesk.errors import EventDeskError, of_system
from eventdesk.i18n import tr
from eventdesk.screens import theme
from eventdesk.screens.start.fault import FaultDialog

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 2_000_000, 5


def application() -> QApplication:
    """The program's one QApplication, dressed in the system's language and colours."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("EventDesk")
    language = QLocale.system().name().partition("_")[0]
    i18n.load(language)
    theme.apply(app, theme.Look(), language)
    fonts.prepare()
    return app


def keep_log(name: str = "eventdesk") -> None:
    """Everything that is told, and every bug with its trace, in files that do not grow for ever."""
    file = logging.handlers.RotatingFileHandler(
        paths.logs() / f"{name}.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[file])


def tell_fault(error: Exception) -> None:
    """Show what keeps the desk from opening; a bug leaves its trace in the log."""
    fault = of_system(error) if isinstance(error, OSError) else error
    if isinstance(fault, EventDeskError):
        log.error("%s", fault)
    else:
        log.error("A bug", exc_info=error)
        fault = EventDeskError(
            tr("Something in the program failed: {error}", error=f"{type(error).__name__}: {error}"),
            tr("Nothing that was shown is lost. Go on; the details are in the log."),
        )
    FaultDialog(fault).exec()
