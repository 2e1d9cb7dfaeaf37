"""The guest's card: who stands there, with what, and what to tell or hand over."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from eventdesk.desk.hooks import Given
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.tickets import OrderStatus, Ticket
from eventdesk.i18n import tr
from eventdesk.screens.checkin.photos import Photos
from eventdesk.screens.checkin.shown import guest_name, product_line
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import isolate, joined

PHOTO_PX = 128


def _status(status: OrderStatus) -> str:
    return {
        OrderStatus.PAID: tr("paid"),
        OrderStatus.PENDING: tr("not paid yet"),
        OrderStatus.EXPIRED: tr("expired"),
        OrderStatus.CANCELED: tr("canceled"),
    }[status]


class GuestCard(QFrame):
    """`show_guest` for a ticket; empty with `clear`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._photos = Photos(self)
        self._photos.loaded.connect(self._show_photo)
        self._name = label(tone="title", wrap=True)
        self._product = label(tone="heading", wrap=True)
        self._texts = label(tone="warn", wrap=True)
        self._photo = QLabel()
        self._photo.setAccessibleName(tr("Photo of the guest"))
        self._details = QGridLayout()
        self._details.setHorizontalSpacing(16)
        self._details.setVerticalSpacing(4)
        self._details.setColumnStretch(1, 1)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        for part in (self._name, self._product, self._texts):
            words.addWidget(part)
        words.addSpacing(6)
        words.addLayout(self._details)
        words.addStretch()
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(16)
        across.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        # Its text can be read by keyboard where it is longer than the card.
        area.setAccessibleName(tr("Guest"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2, 2, 2, 2)
        whole.addWidget(area)

    def clear(self) -> None:
        """Nobody stands there: what the keys do, for whoever is new at the door."""
        self._show("", tr("Keys"), "", key_help())
        self._photo.hide()

    def show_guest(self, given: Given, catalogue: Catalogue | None) -> None:
        ticket = given.verdict.ticket
        if ticket is None:
            self._show(tr("No ticket of this event"), "", "", [(tr("Code"), given.code[:80])])
            self._photo.hide()
            return
        texts = [text for text in given.verdict.checkin_texts if text]
        if given.verdict.attention and not texts:
            texts = [tr("This guest needs attention.")]
        rows = _rows(ticket, catalogue)
        self._show(guest_name(given.verdict), product_line(given), "\n".join(texts), rows)
        self._photo.hide()
        self._photos.load(ticket.photo)

    def _show(self, name: str, product: str, texts: str, rows: list[tuple[str, str]]) -> None:
        for part, text in ((self._name, isolate(name)), (self._product, product), (self._texts, texts)):
            part.setText(text)
            part.setVisible(bool(text))
        while item := self._details.takeAt(0):
            widget = item.widget()
            if widget:
                widget.setParent(None)
                widget.deleteLater()
        for place, (what, value) in enumerate(rows):
            self._details.addWidget(label(what, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._details.addWidget(label(value, wrap=True), place, 1)

    def _show_photo(self, picture: QPixmap) -> None:
        size = round(PHOTO_PX * max(1.0, self.fontMetrics().height() / 20))
        keep = Qt.AspectRatioMode.KeepAspectRatio
        self._photo.setPixmap(picture.scaled(size, size, keep, Qt.TransformationMode.SmoothTransformation))
        self._photo.show()

    def texts(self) -> list[str]:
        """Every text that is on the card."""
        return [one.text() for one in self.findChildren(QLabel) if one.text()]


def key_help() -> list[tuple[str, str]]:
    return [
        ("F1 – F4", tr("Entry, exit, info only, print only")),
        ("F5", tr("Search; or just start typing a name")),
        ("F6", tr("Walk-in: a guest without a ticket")),
        ("F7", tr("The whole order of the guest on show")),
        ("F8", tr("Undo the last check-in")),
        ("F9", tr("Admit anyway, where that is allowed")),
        ("F10", tr("Print the badge of the guest on show")),
    ]


def _rows(ticket: Ticket, catalogue: Catalogue | None) -> list[tuple[str, str]]:
    """What is known of the guest, the useful first; nothing where nothing is known."""
    order = ticket.order
    rows = [
        (tr("Notes"), ticket.notes),
        (tr("Add-ons"), ", ".join(_addons(ticket, catalogue))),
        (tr("Company"), ticket.company or order.company),
        (tr("Seat"), ticket.seat),
        (tr("Order"), joined(order.code, _status(order.status), order.name)),
        (tr("E-mail"), ticket.email or order.email),
    ]
    if catalogue:
        answers = ((catalogue.questions.get(key), value) for key, value in ticket.answers.items())
        rows += [(question.text, value) for question, value in answers if question]
    return [(what, value) for what, value in rows if value]


def _addons(ticket: Ticket, catalogue: Catalogue | None) -> list[str]:
    products = catalogue.products if catalogue else {}
    standing = [addon for addon in ticket.addons if not addon.canceled]
    return [products[one.product].name if one.product in products else one.product for one in standing]
