"""Forms for products, questions and gates."""

from collections.abc import Sequence
from dataclasses import replace

from eventdesk.domain.catalogue import Gate, Option, Product, Question, QuestionType, Variation
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, LineField, MoneyField, PicksField, TickField
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.rows_field import Row, RowsField

WITH_OPTIONS = {QuestionType.CHOICE, QuestionType.MULTIPLE_CHOICE}


class ProductForm(Form[Product]):
    """`layouts` are pairs of id and name; the first is the desk's own choice."""

    def __init__(self, product: Product, currency: str, layouts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._product = product
        self.name = LineField(tr("Name"), required=True)
        self.price = MoneyField(tr("Price"), currency)
        self.variations = RowsField(
            tr("Variation"),
            tr("Add a variation"),
            tr("Shown at check-in"),
            tr("Attention"),
            tr("Without a price of its own a variation costs what the product does."),
            tr("Price"),
        )
        self.variations.currency = currency
        self.admits = TickField(tr("Admits a person"), tr("Off for what only comes with a ticket: a meal."))
        self.checkin_text = LineField(tr("Shown at check-in"), tr("A sentence for the person at the door."))
        self.attention = TickField(tr("Needs attention at check-in"))
        self.layout_choice = ChoiceField(tr("Badge layout"), layouts)
        self.arrange(
            self.name,
            self.price,
            self.variations,
            self.admits,
            self.checkin_text,
            self.attention,
            self.layout_choice,
        )
        self._show(product)

    def use_currency(self, currency: str) -> None:
        """The event's currency was changed: the figures typed stay."""
        self.price.currency = self.variations.currency = currency

    def build(self) -> Product:
        """What the form does not show (how the till sells it) stays as it is."""
        return replace(
            self._product,
            name=self.name.value(),
            variations=tuple(
                Variation(row.id, row.text, row.extra, row.tick, row.price) for row in self.variations.value()
            ),
            price=self.price.value(),
            admits=self.admits.value(),
            checkin_text=self.checkin_text.value(),
            attention=self.attention.value(),
            layout=self.layout_choice.value(),
        )

    def _show(self, product: Product) -> None:
        self.name.put(product.name)
        self.price.put(product.price)
        self.variations.put(
            [Row(v.id, v.name, v.checkin_text, v.attention, v.price) for v in product.variations]
        )
        self.admits.put(product.admits)
        self.checkin_text.put(product.checkin_text)
        self.attention.put(product.attention)
        self.layout_choice.put(product.layout)


class QuestionForm(Form[Question]):
    def __init__(self, question: Question, products: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._id = question.id
        self.name = LineField(tr("Question"), required=True)
        self.type = ChoiceField(tr("Kind of answer"), question_types())
        self.options = RowsField(tr("Answer to choose"), tr("Add an answer"))
        self.required = TickField(tr("Must be answered"))
        self.at_checkin = TickField(
            tr("Ask at check-in"), tr("Asked at the door where it has no answer yet.")
        )
        self.products = PicksField(tr("Asked for these products"), products)
        self.help = LineField(tr("Help"), tr("Shown under the question."))
        self.arrange(
            self.name,
            self.type,
            self.options,
            self.products,
            self.required,
            self.at_checkin,
            self.help,
        )
        self.type.changed.connect(self._type_changed)
        self._show(question)

    def offer_products(self, products: Sequence[tuple[str, str]]) -> None:
        self.products.offer(products)

    def build(self) -> Question:
        kind = self.type.value()
        options = self.options.value() if kind in WITH_OPTIONS else ()
        if kind in WITH_OPTIONS and len(options) < 2:
            refuse(self.options, tr("Give at least two answers to choose from."))
        return Question(
            id=self._id,
            text=self.name.value(),
            type=kind,
            required=self.required.value(),
            ask_during_checkin=self.at_checkin.value(),
            options=tuple(Option(one.id, one.text) for one in options),
            products=self.products.value(),
            help=self.help.value(),
        )

    def _show(self, question: Question) -> None:
        self.name.put(question.text)
        self.type.put(question.type)
        self.options.put([Row(option.id, option.text) for option in question.options])
        self.required.put(question.required)
        self.at_checkin.put(question.ask_during_checkin)
        self.products.put(question.products)
        self.help.put(question.help)
        self._type_changed()

    def _type_changed(self) -> None:
        self.options.setVisible(self.type.value() in WITH_OPTIONS)


class GateForm(Form[Gate]):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._id = gate.id
        self.name = LineField(tr("Name"), tr("A way in, such as North or Stage door."), required=True)
        self.area = LineField(tr("Area"), tr("A hall or a floor: gates of one area are counted together."))
        self.arrange(self.name, self.area)
        self.name.put(gate.name)
        self.area.put(gate.area)

    def build(self) -> Gate:
        return Gate(self._id, self.name.value(), self.area.value())


def question_types() -> list[tuple[QuestionType, str]]:
    return [
        (QuestionType.TEXT, tr("A line of text")),
        (QuestionType.MULTILINE, tr("Several lines of text")),
        (QuestionType.BOOLEAN, tr("Yes or no")),
        (QuestionType.CHOICE, tr("One of several answers")),
        (QuestionType.MULTIPLE_CHOICE, tr("Any of several answers")),
        (QuestionType.NUMBER, tr("A number")),
        (QuestionType.DATE, tr("A date")),
        (QuestionType.TIME, tr("A time")),
        (QuestionType.DATETIME, tr("A date and a time")),
        (QuestionType.COUNTRY, tr("A country")),
        (QuestionType.PHONE, tr("A telephone number")),
        (QuestionType.FILE, tr("A file")),
    ]
