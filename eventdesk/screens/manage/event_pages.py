"""The tabs of the event editor, each a list of things with their forms, and what they tell each other."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import uuid4
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from eventdesk.domain.catalogue import Catalogue, CheckInList, Gate, Product, Question, QuestionType, Session
from eventdesk.domain.till.setup import TillSetup
from eventdesk.i18n import tr
from eventdesk.screens.manage.dated import EventForm, SessionForm, fresh_event
from eventdesk.screens.manage.items import ItemsPage, Words
from eventdesk.screens.manage.layouts import layout_names
from eventdesk.screens.manage.list_form import ListForm
from eventdesk.screens.manage.moments import wall_time
from eventdesk.screens.manage.named import GateForm, QuestionForm
from eventdesk.screens.manage.product_form import TillProductForm
from eventdesk.screens.manage.till_pages import TillPages


def fresh_catalogue() -> Catalogue:
    """What most events start with: one product, one door."""
    product = Product(uuid4().hex, tr("Ticket"))
    door = CheckInList(uuid4().hex, tr("Main entrance"))
    return Catalogue(fresh_event(), products={product.id: product}, lists={door.id: door})


class EventPages(QObject):
    """Makes the pages of one catalogue and reads them back as a whole.

    `layouts`: the badge layouts that the event has of its own, id and name. `setup`: what the till has.
    """

    changed = Signal()

    def __init__(
        self,
        catalogue: Catalogue,
        layouts: Mapping[str, str] = MappingProxyType({}),
        setup: TillSetup | None = None,
    ) -> None:
        super().__init__()
        self._layouts = layouts
        self._zone = catalogue.event.zone
        self.till = TillPages(setup or TillSetup(), catalogue.event.currency, self._zone)
        self.about = EventForm(catalogue.event)
        self.sessions = ItemsPage(
            session_words(), catalogue.sessions.values(), self._session_form, self._session
        )
        self.products = ItemsPage(product_words(), catalogue.products.values(), self._product_form, _product)
        self.gates = ItemsPage(gate_words(), catalogue.gates.values(), GateForm, _gate)
        self.questions = ItemsPage(
            question_words(), catalogue.questions.values(), self._question_form, self._question
        )
        self.lists = ItemsPage(list_words(), catalogue.lists.values(), self._list_form, _list)
        for page in (self.about, self.sessions, self.products, self.gates, self.questions, self.lists):
            page.changed.connect(self.changed)
        self.till.changed.connect(self.changed)
        for opened in (self.lists.opened, self.questions.opened, self.products.opened):
            opened.connect(lambda _form: self.offer())
        self.about.changed.connect(self._event_changed)
        self.offer()

    def read(self) -> Catalogue | None:
        """What is entered, or None after the mistakes were told at their fields."""
        for page in (self.lists, self.questions):
            page.open_all()
        self.offer()
        event, sessions, products = self.about.read(), self.sessions.read(), self.products.read()
        lists, questions, gates = self.lists.read(), self.questions.read(), self.gates.read()
        if event is None or sessions is None or products is None:
            return None
        if lists is None or questions is None or gates is None:
            return None
        return Catalogue(event, sessions, products, lists, questions, gates)

    def offer(self) -> None:
        """Tell the forms that refer to products, sessions and gates what there is."""
        products, sessions, gates = self.products.names(), self.sessions.names(), self.gates.names()
        for form in self.lists.forms.values():
            if isinstance(form, ListForm):
                form.offer(products, sessions, gates)
        for question in self.questions.forms.values():
            if isinstance(question, QuestionForm):
                question.offer_products(products)
        till = self.till
        till.offer_products(products)
        choices = till.categories.names(), till.taxes.names(), till.seatings.names(), products
        for product in self.products.forms.values():
            if isinstance(product, TillProductForm):
                product.offer(*choices)

    def _event_changed(self) -> None:
        self._use_zone(self.about.begins.zone)
        currency = self.about.currency.value()
        self.till.use_currency(currency)
        for form in self.products.forms.values():
            if isinstance(form, TillProductForm):
                form.use_currency(currency)

    def _use_zone(self, zone: ZoneInfo) -> None:
        """Another time zone: what stands on the clocks of the forms stays, the moments move with it."""
        if zone == self._zone:
            return
        for page in (self.sessions, self.lists):
            page.open_all()
        self._zone = zone
        self.till.use_zone(zone)
        for form in [*self.sessions.forms.values(), *self.lists.forms.values()]:
            if isinstance(form, SessionForm | ListForm):
                form.use_zone(zone)

    def _session_form(self, session: Session) -> SessionForm:
        return SessionForm(session, self._zone)

    def _product_form(self, product: Product) -> TillProductForm:
        return TillProductForm(product, self.about.currency.value(), layout_names(self._layouts))

    def _question_form(self, question: Question) -> QuestionForm:
        return QuestionForm(question, self.products.names())

    def _list_form(self, one: CheckInList) -> ListForm:
        return ListForm(one, self._zone)

    def _session(self) -> Session:
        begins = wall_time(self.about.begins.edit.dateTime()).replace(tzinfo=self._zone)
        return Session(uuid4().hex, "", begins)

    def _question(self) -> Question:
        every = frozenset(id_ for id_, _name in self.products.names())
        return Question(uuid4().hex, "", QuestionType.TEXT, ask_during_checkin=True, products=every)


def _product() -> Product:
    return Product(uuid4().hex, "")


def _list() -> CheckInList:
    return CheckInList(uuid4().hex, "")


def _gate() -> Gate:
    return Gate(uuid4().hex, "")


def session_words() -> Words:
    return Words(
        tr("Sessions"),
        tr("Add a session"),
        tr("New session"),
        tr("No sessions. An event of one piece needs none; add the days, slots or dates of a larger one."),
    )


def product_words() -> Words:
    return Words(
        tr("Products"),
        tr("Add a product"),
        tr("New product"),
        tr("No products yet. A ticket is a ticket for a product: add at least one."),
    )


def list_words() -> Words:
    return Words(
        tr("Check-in lists"),
        tr("Add a list"),
        tr("New list"),
        tr("No check-in list yet. A desk stands at a list: add at least one."),
    )


def question_words() -> Words:
    return Words(
        tr("Questions"),
        tr("Add a question"),
        tr("New question"),
        tr("No questions. Add what a guest is to be asked at the door."),
    )


def gate_words() -> Words:
    return Words(
        tr("Gates"),
        tr("Add a gate"),
        tr("New gate"),
        tr("No gates. Add them where one list is checked at several ways in."),
    )
