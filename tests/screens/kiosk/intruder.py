"""A program for test_locked_x11: a magenta window that wants to be before all others, and tells what reaches
it."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class Intruder(QWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        tell(f"key {event.key()}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tell(f"button {event.button().value}")


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    app = QApplication(sys.argv)
    window = Intruder()
    window.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
    window.setStyleSheet("background: #FF00FF;")
    window.setGeometry(200, 150, 700, 450)
    window.show()
    window.raise_()
    window.activateWindow()
    tell("ready")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
