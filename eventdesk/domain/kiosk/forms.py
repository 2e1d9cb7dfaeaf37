"""How the members of the kinds that kiosks and venues know are read, each by itself (see `readable`)."""

from collections.abc import Mapping
from functools import partial

from eventdesk.domain import members
from eventdesk.domain.facts import Kind
from eventdesk.domain.forms import Form, flags, form, ids, moments, part, readers, texts
from eventdesk.domain.kiosk import definitions
from eventdesk.domain.venue import Order, Reason

_setup = part(definitions.kiosk_from)


FORMS: Mapping[str, Form] = {
    Kind.KIOSK_DEFINED: form(
        readers(_setup, "finds second amends photo sells languages idle printing welcome next"),
        flags("asks group pays"),
    ),
    Kind.DOCUMENT_DEFINED: form(
        texts("name"),
        ids("products"),
        flags("required drawn"),
        {"text": definitions.said},
        solid="name",
    ),
    Kind.DOCUMENT_SIGNED: form(
        texts("document text language name signature"), moments("at"), required="document text at"
    ),
    Kind.HELP_ASKED: form(
        texts("desk words ticket"),
        moments("at"),
        {"reason": partial(members.choice, kind=Reason)},
        required="desk reason at",
    ),
    Kind.HELP_GIVEN: form(texts("word"), flags("going"), moments("at"), required="at"),
    Kind.DESK_ORDERED: form(
        texts("words event list gate"),
        moments("at until"),
        {"order": partial(members.choice, kind=Order)},
        required="order at until",
    ),
}
