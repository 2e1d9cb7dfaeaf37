"""A program for test_scanner_x11: a field and a hand scanner's filter; tells on stdout what it got."""

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from eventdesk.screens.scanner import Scanner


def main() -> int:
    app = QApplication(sys.argv)
    field = QLineEdit()
    field.setWindowTitle("scanner-test")
    field.resize(600, 60)
    scanner = Scanner(app)
    scanner.scanned.connect(lambda code, _at: tell("code", code))
    field.textChanged.connect(lambda text: tell("field", text))
    field.show()
    field.activateWindow()
    QTimer.singleShot(300, lambda: tell("ready", ""))
    QTimer.singleShot(60_000, app.quit)
    return app.exec()


def tell(what: str, text: str) -> None:
    # The test's way to hear from this process.
    sys.stdout.write(json.dumps([what, text]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
