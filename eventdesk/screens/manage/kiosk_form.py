"""How an event's kiosks work: one form."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventdesk.domain.kiosk.setup import IDLE_S, PRINTING_S, Find, KioskSetup, Second
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, NumberField, PicksField, TickField
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.kiosk_words import (
    amend_words,
    find_words,
    language_words,
    photo_words,
    second_words,
)
from eventdesk.screens.manage.texts_field import TextsField

LEAST_S = 5
Members = Mapping[str, Any]


class KioskForm(Form[Members]):
    """Makes the members of `kiosk_defined`. `products`: pairs of id and name."""

    def __init__(self, setup: KioskSetup, products: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._setup = setup
        # As they were put in order before, what is new after them.
        self._order = dict.fromkeys((*setup.sells, *(id_ for id_, _name in products)))
        spoken = language_words()
        self.finds = PicksField(tr("How guests find themselves"), find_words())
        self.second = PicksField(
            tr("What confirms an order code or a name"),
            second_words(),
            tr("The first of these that is known of a guest is asked for, from above."),
        )
        self.amends = PicksField(tr("What guests may mend"), amend_words())
        self.asks = TickField(tr("Ask the questions of the door"))
        self.group = TickField(
            tr("Check a whole order in at once"),
            tr("Whoever finds one ticket sees the names of its order, and chooses who is here."),
        )
        self.photo = ChoiceField(tr("Photo for the badge"), photo_words())
        self.pays = TickField(
            tr("Guests may pay here what they owe"),
            tr("By card alone, into a shift that staff has opened at this desk with an empty drawer."),
        )
        self.sells = PicksField(
            tr("Tickets that can be bought here"),
            products,
            tr("Not those that need a seat, or whose price the guest chooses."),
        )
        self.languages = PicksField(tr("Languages"), spoken)
        self.idle = NumberField(tr("Seconds until it asks whether somebody is there"), least=LEAST_S)
        self.printing = NumberField(tr("Seconds until a badge that does not come is given up"), least=LEAST_S)
        self.welcome = TextsField(tr("Words of welcome"), spoken)
        self.next = [
            (id_, TextsField(tr("Where to go next: {product}", product=name), spoken, lines=1))
            for id_, name in products
        ]
        self.arrange(
            self.finds,
            self.second,
            self.amends,
            self.asks,
            self.group,
            self.photo,
            self.pays,
            self.sells,
            self.languages,
            self.idle,
            self.printing,
            self.welcome,
            *(field for _id, field in self.next),
        )
        self._show(setup)

    def build(self) -> Members:
        sells = self.sells.value()
        finds, second = self.finds.value(), self.second.value()
        if not finds:
            refuse(self.finds, tr("Tick at least one."))
        if not second and finds - {Find.CODE.value}:
            refuse(
                self.second, tr("Without a second fact guests are found by the code of their ticket alone.")
            )
        setup = self._setup
        shown = dict(self.next)
        gone = {id_: texts for id_, texts in setup.next.items() if id_ not in shown}
        said = {id_: texts for id_, field in self.next if (texts := field.value())}
        return {
            "finds": [one.value for one in Find if one.value in finds],
            "second": [one for one, _words in second_words() if one in second],
            "amends": sorted(self.amends.value()),
            "asks": self.asks.value(),
            "group": self.group.value(),
            "photo": self.photo.value().value,
            "pays": self.pays.value(),
            "sells": [id_ for id_ in self._order if id_ in sells],
            "languages": sorted(self.languages.value()),
            "idle": self.idle.value() or IDLE_S,
            "printing": self.printing.value() or PRINTING_S,
            "welcome": self.welcome.value(),
            "next": {id_: dict(texts) for id_, texts in (gone | said).items()},
            "removed": False,
        }

    def _show(self, setup: KioskSetup) -> None:
        self.finds.put({one.value for one in setup.finds})
        self.second.put({one.value for one in setup.second if one in Second})
        self.amends.put({one.value for one in setup.amends})
        self.asks.put(setup.asks)
        self.group.put(setup.group)
        self.photo.put(setup.photo)
        self.pays.put(setup.pays)
        self.sells.put(set(setup.sells))
        self.languages.put(set(setup.languages))
        self.idle.put(setup.idle)
        self.printing.put(setup.printing)
        self.welcome.put(setup.welcome)
        for id_, field in self.next:
            field.put(setup.next.get(id_, {}))
