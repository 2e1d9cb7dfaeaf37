"""What of an event can stand on its badges: names of products and variations, questions, samples."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventdesk.domain.catalogue import Catalogue
from eventdesk.i18n import tr


@dataclass(frozen=True, slots=True)
class Offers:
    """`questions` are ids and texts."""

    products: Sequence[str] = ()
    variations: Sequence[str] = ()
    questions: Sequence[tuple[str, str]] = ()

    @property
    def names(self) -> list[str]:
        """Of products and their variations, each once."""
        return list(dict.fromkeys((*self.products, *self.variations)))


def offers_of(catalogue: Catalogue) -> Offers:
    # Those that people come with: a coffee gets no badge.
    products = [one for one in catalogue.products.values() if one.admits and one.ticket]
    return Offers(
        products=list(dict.fromkeys(one.name for one in products)),
        variations=list(dict.fromkeys(one.name for product in products for one in product.variations)),
        questions=[(one.id, one.text) for one in catalogue.questions.values()],
    )


def fields_of(offers: Offers) -> list[tuple[str, str]]:
    """What a text can be filled with: the field as it is written, and words."""
    return [
        ("{name}", tr("Name")),
        ("{name.first}", tr("First name")),
        ("{name.last}", tr("Last name")),
        ("{name.initials}", tr("Initials")),
        ("{company}", tr("Company")),
        ("{product}", tr("Product")),
        ("{variation}", tr("Variation")),
        ("{seat}", tr("Seat")),
        ("{session}", tr("Session")),
        ("{gate}", tr("Gate")),
        ("{addons}", tr("Add-ons")),
        ("{event}", tr("Event")),
        ("{when}", tr("Day and time")),
        ("{age}", tr("Age")),
        ("{order}", tr("Order code")),
        ("{code}", tr("Code of the ticket")),
        ("{ticket}", tr("Number of the ticket")),
        ("{price}", tr("Price")),
        ("{copy}", tr("Which copy")),
        *((f"{{answer:{id_}}}", text) for id_, text in offers.questions),
    ]
