"""Who are you? Three large ways: the code, an order code, a name; the latter two with a second fact."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from eventdesk.desk.kiosk.commands import FindByName, FindByOrder, ShowProducts
from eventdesk.desk.kiosk.values import KioskState, Works
from eventdesk.domain.kiosk.setup import Find, Second
from eventdesk.i18n import tr
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.entry import Entry
from eventdesk.screens.kiosk.key_rows import Kind
from eventdesk.screens.kiosk.page import KioskPage, Leaves, Sides, sentence
from eventdesk.screens.kiosk.scrolled import scrolling
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.kiosk.waiting import seconds_to
from eventdesk.screens.widgets.basics import boxed, column, label, set_tone

TICK_MS = 1000


class FindingPage(KioskPage):
    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.camera = visit.eye.appear()
        self.ways: dict[str, BigButton] = {}
        self.forms = {Find.ORDER: Form(Find.ORDER, state), Find.NAME: Form(Find.NAME, state)}
        self.stack = Leaves()
        self.choice = self._choice()
        self.stack.addWidget(self.choice)
        for way, form in self.forms.items():
            self.stack.addWidget(form)
            form.search.clicked.connect(partial(self._search, way))
            form.second.line.returnPressed.connect(partial(self._search, way))
            form.back.clicked.connect(self._back)
        self.told = label("", "bad", wrap=True)
        self.told.hide()
        self.whole.addWidget(self.told)
        self.whole.addWidget(self.stack, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._wait)
        self.show_state(state)

    def title(self) -> str:
        if self.stack.currentWidget() is self.forms[Find.NAME]:
            return tr("Type your name, and one thing more that only you know")
        if self.stack.currentWidget() is self.forms[Find.ORDER]:
            return tr("Type your order code, and one thing more that only you know")
        return tr("How shall we find you?")

    def show_state(self, state: KioskState) -> None:
        super().show_state(state)
        self._wait()

    def _choice(self) -> QWidget:
        finds, works = self.state.setup.finds, self.state.works
        if Find.ORDER in finds:
            self._way("order", tr("By my order code"), "order", partial(self.open_form, Find.ORDER))
        if Find.NAME in finds:
            self._way("name", tr("By my name"), "person", partial(self.open_form, Find.NAME))
        if self.state.setup.sells:
            self._way("buy", tr("I have no ticket"), "cash", partial(self.visit.ask, ShowProducts))
        hint = tr("Hold the code of your ticket before the camera, or under the scanner")
        if Works.CAMERA not in works:
            hint = tr("Hold the code of your ticket under the scanner")
        self.top = boxed(column(sentence(hint), self.camera))
        self.camera.setVisible(Works.CAMERA in works)
        self.beside = Sides(scrolling(boxed(column(*self.ways.values(), spacing=12))))
        return self.beside

    def _way(self, key: str, words: str, icon: str, pressed: object) -> None:
        assert callable(pressed)
        self.ways[key] = BigButton(words, icon=icon, pressed=pressed)
        self.ways[key].setProperty("kiosk", "way")

    def open_form(self, way: Find) -> None:
        self.stack.turn_to(self.forms[way])
        self._say("")
        self.titled.emit()
        self.forms[way].first.line.setFocus()

    def _back(self) -> None:
        self.stack.turn_to(self.choice)
        for form in self.forms.values():
            form.clear()
        self._say("")
        self.titled.emit()
        self.setFocus()

    def _search(self, way: Find, _checked: bool = False) -> None:
        form = self.forms[way]
        first, second = form.first.text(), form.second.text()
        empty = form.first if not first else form.second if not second else None
        if empty is not None:
            self._say(tr("Please fill in both fields."))
            empty.line.setFocus()
        elif not self._seconds():
            self._say("")
            command = FindByName if way is Find.NAME else FindByOrder
            key = "name" if way is Find.NAME else "code"
            self.visit.ask(command, **{key: first, "second": second})

    def _seconds(self) -> int:
        return seconds_to(self.state.wait_until)

    def _wait(self) -> None:
        """Who guesses waits; codes before the camera go on."""
        seconds = self._seconds()
        for form in self.forms.values():
            form.search.setEnabled(not seconds)
        if seconds:
            self._timer.start()
            words = tr("Too many tries. Please wait {seconds} seconds, or call staff.", seconds=seconds)
            self._say(words)
        elif self._timer.isActive():
            self._timer.stop()
            self._say("")

    def _say(self, words: str) -> None:
        self.told.setText(words)
        set_tone(self.told, "bad")
        self.told.setVisible(bool(words))


class Form(QWidget):
    """Two facts and a button."""

    def __init__(self, way: Find, state: KioskState) -> None:
        super().__init__()
        if way is Find.NAME:
            self.first = Entry(tr("First and last name"), Kind.NAME)
        else:
            self.first = Entry(tr("Order code"), Kind.CODE)
        self.second = Entry(*second_fact(way, state))
        self.search = BigButton(tr("Search"), icon="search", kind="primary")
        self.back = BigButton(tr("Back"), icon="undo")
        self.fields = Sides(self.first, self.second)
        self.buttons = Sides(self.back, self.search)
        self.first.line.returnPressed.connect(self.second.line.setFocus)
        inside = boxed(column(self.fields, self.buttons, 1, spacing=10))
        self.setLayout(column(scrolling(inside)))

    def clear(self) -> None:
        self.first.line.clear()
        self.second.line.clear()


def second_fact(way: Find, state: KioskState) -> tuple[str, Kind]:
    """What confirms a name or a code. The first that the ticket has counts: all that may be asked are
    named."""
    names = {
        Second.EMAIL: tr("e-mail address"),
        Second.COMPANY: tr("company"),
        Second.ORDER: tr("order code"),
        Second.TICKET: tr("code of the ticket"),
    }
    asked = [one for one in state.setup.second if not (way is Find.ORDER and one is Second.ORDER)]
    asked = asked or [Second.EMAIL]
    kind = Kind.EMAIL if Second.EMAIL in asked else Kind.TEXT
    text = tr(" or ").join(names[one] for one in asked)
    return text[:1].upper() + text[1:], kind
