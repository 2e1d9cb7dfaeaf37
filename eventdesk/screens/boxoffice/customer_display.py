"""What the guest sees on a screen of their own: what they buy, what it comes to, what they get back.

Nothing private: no names, no reasons, no codes.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from eventdesk.desk.till.values import CartChanged, SaleMade, TillOpened
from eventdesk.domain.till.cart import PricedLine
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.training import TrainingFrame
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.widgets.basics import Elided, label
from eventdesk.screens.words import isolate, number

WINDOW = "window"  # in the settings: a window of its own, for who has one screen
THANKS_MS = 20_000
MOST_LINES = 8


class CustomerDisplay(QWidget):
    """A window of its own. `place` says on which screen; off until then."""

    def __init__(self, bridge: Bridge, state: TillState) -> None:
        super().__init__()
        self._state = state
        self._wish = ""
        self.setWindowTitle(tr("Customer display"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the till's window ends the program
        self._frame = TrainingFrame()
        self._head = label(tone="title", wrap=True)
        self._lines = QGridLayout()
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(16)
        self._name = label(tone="title")
        self.sum = BigText(4.0)
        self._foot = label(tone="heading", wrap=True)
        self._lay_out()
        self._thanks = QTimer(self)
        self._thanks.setSingleShot(True)
        self._thanks.setInterval(THANKS_MS)
        self._thanks.timeout.connect(self._welcome)
        bridge.till_opened.connect(self._till_opened)
        bridge.cart_changed.connect(self._cart_changed)
        bridge.sale_made.connect(self._sale_made)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._screens_changed)
            app.screenRemoved.connect(self._screens_changed)
        self._welcome()

    def _lay_out(self) -> None:
        inside = self._frame.inside
        inside.setSpacing(10)
        inside.addWidget(self._head)
        inside.addLayout(self._lines)
        inside.addStretch(1)
        inside.addWidget(self._name)
        inside.addWidget(self.sum, 2)
        inside.addWidget(self._foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)

    # Where it stands

    def place(self, wish: str) -> None:
        """A screen's name, `WINDOW`, or empty: off. A screen that is not there (yet) shows nothing."""
        self._wish = wish
        screen = _screen(wish)
        if wish == WINDOW:
            self.resize(800, 600)
            self.showNormal()
        elif screen is not None:
            self.setGeometry(screen.geometry())
            self.showFullScreen()
        else:
            self.hide()

    def _screens_changed(self, _screen: QScreen) -> None:
        if self._wish != WINDOW:
            # After Qt has moved the windows of a screen that went.
            QTimer.singleShot(0, self, lambda: self.place(self._wish))

    # What it shows

    def _till_opened(self, told: TillOpened) -> None:
        self._frame.show_training(told.training)
        business = told.setup.rules.business
        self._head.setText(isolate(business.name or told.catalogue.event.name))

    def _cart_changed(self, told: CartChanged) -> None:
        if not told.cart.lines:
            if not self._thanks.isActive():
                self._welcome()
            return
        self._thanks.stop()
        rows = [
            (number(line.quantity), _name(line), self._state.bare(line.gross)) for line in told.priced.lines
        ]
        if told.priced.credit:
            rows.append(("", tr("Given back"), self._state.bare(-told.priced.credit)))
        if told.priced.due != told.due:
            rows.append(("", tr("Paid"), self._state.bare(told.due - told.priced.due)))
        hidden = len(rows) - MOST_LINES
        self._show_rows(rows if hidden <= 0 else rows[-MOST_LINES:])
        self._name.setText(tr("Due") if told.due != told.priced.total else tr("Total"))
        self.sum.show_text(self._state.says(told.due))
        self._foot.setText(tr("and {number} more", number=hidden) if hidden > 0 else "")

    def _sale_made(self, made: SaleMade) -> None:
        self._show_rows([])
        self._name.setText(tr("Your change") if made.change else tr("Paid"))
        total = made.sale.total + made.sale.rounding
        self.sum.show_text(self._state.says(made.change or total))
        self._foot.setText(self._state.setup.rules.business.footer or tr("Thank you!"))
        self._thanks.start()

    def _welcome(self) -> None:
        self._show_rows([])
        self._name.setText("")
        self.sum.show_text(tr("Welcome!"))
        self._foot.setText("")

    def _show_rows(self, rows: list[tuple[str, str, str]]) -> None:
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for at, (quantity, name, amount) in enumerate(rows):
            title = Elided(isolate(name))
            title.setProperty("tone", "title")
            title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            for place, part in enumerate((label(quantity, "title"), title, label(amount, "title"))):
                self._lines.addWidget(part, at, place)

    def is_training(self) -> bool:
        return self._frame.is_training()

    def texts(self) -> list[str]:
        """All that a guest can read."""
        items = (self._lines.itemAt(at) for at in range(self._lines.count()))
        widgets = (one.widget() for one in items if one)
        rows = [one.text() for one in widgets if isinstance(one, QLabel)]
        told = (self._head.text(), *rows, self._name.text(), self.sum.text(), self._foot.text())
        return [one for one in told if one]


def _name(line: PricedLine) -> str:
    return tr("Fee: {name}", name=line.name) if line.fee else line.name


def _screen(name: str) -> QScreen | None:
    return next((one for one in QGuiApplication.screens() if name and one.name() == name), None)
