"""What guests sign at a kiosk: one form a document."""

from collections.abc import Sequence

from eventdesk.domain.kiosk.setup import Document
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import LineField, PicksField, TickField
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.kiosk_words import language_words
from eventdesk.screens.manage.texts_field import TextsField


class DocumentForm(Form[Document]):
    """`products`: pairs of id and name."""

    def __init__(self, document: Document, products: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._document = document
        self.name = LineField(tr("Name"), required=True)
        self.text = TextsField(
            tr("Text"),
            language_words(),
            tr("Who has signed is asked again where a text is changed."),
            lines=6,
        )
        self.products = PicksField(tr("Whose guests sign it"), products, tr("None ticked: all."))
        self.required = TickField(tr("Without it nobody is checked in at a kiosk"))
        self.drawn = TickField(tr("Signed with a finger"), tr("Off: a tick is enough."))
        self.arrange(self.name, self.text, self.products, self.required, self.drawn)
        self.name.put(document.name)
        self.text.put(document.text)
        self.products.put(document.products)
        self.required.put(document.required)
        self.drawn.put(document.drawn)

    def build(self) -> Document:
        text = self.text.value()
        if not text:
            refuse(self.text, tr("A document needs a text."))
        return Document(
            id=self._document.id,
            name=self.name.value(),
            text=text,
            products=frozenset(self.products.value()),
            required=self.required.value(),
            drawn=self.drawn.value(),
        )
