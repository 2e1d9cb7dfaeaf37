"""Something is being done, and it is not known for how long."""

from PySide6.QtWidgets import QProgressBar

from eventdesk.i18n import tr


class Working(QProgressBar):
    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setAccessibleName(tr("Please wait"))
