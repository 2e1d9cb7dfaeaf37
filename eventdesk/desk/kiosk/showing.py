"""From how the kiosk stands to what its screen shows: of a guest no more than the page needs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.values import KioskGuest, KioskState, Page
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.kiosk import wording
from eventdesk.domain.kiosk.setup import KioskSetup, in_language

if TYPE_CHECKING:
    from eventdesk.desk.kiosk.scene import Scene

ONE_GUEST = frozenset({Page.DETAILS, Page.QUESTIONS, Page.DOCUMENT, Page.PHOTO, Page.PRINTING, Page.PAYING})


def shown(scene: "Scene") -> KioskState:
    base = KioskState(
        page=Page.WELCOME,
        setup=scene.setup,
        works=scene.working.works,
        calls=scene.calls.open,
    )
    if scene.closed is not None:
        return replace(base, page=Page.CLOSED, words=scene.closed)
    base = replace(base, event=scene.door.catalogue.event.name)
    visit = scene.visit
    if visit is None:
        return base
    now, tries = scene.now(), scene.tries
    state = replace(
        base,
        page=visit.page,
        visit=visit.id,
        language=visit.language,
        words=visit.words,
        remedy=visit.remedy,
        calls=base.calls | visit.called,
        guest=visit.at,
        guests=_guests(visit, scene.door.catalogue),
    )
    if visit.page is Page.FINDING:
        return replace(state, tries=tries.left(now), wait_until=tries.waiting(now))
    if visit.page is Page.BUYING:
        return _buying(state, visit, scene.door.catalogue)
    return _of_page(state, visit, scene.setup) if visit.parties else state


def _of_page(state: KioskState, visit: Visit, setup: KioskSetup) -> KioskState:
    party = visit.party
    if visit.page is Page.DETAILS:
        return replace(state, amends=setup.amends)
    if visit.page is Page.QUESTIONS:
        return replace(state, questions=tuple(party.questions), answers=dict(party.answers))
    if visit.page is Page.DOCUMENT:
        document = party.documents[0]
        return replace(state, document=document, text=in_language(document.text, visit.language))
    if visit.owed is not None:
        return replace(state, due=visit.owed.amount, currency=visit.owed.currency)
    if visit.page is Page.DONE:
        passed = next((one for one in visit.parties if one.fate is Fate.PASSED), party)
        words = in_language(setup.next.get(passed.ticket.product, {}), visit.language)
        return replace(state, next=words)
    return state


def _guests(visit: Visit, catalogue: Catalogue) -> Sequence[KioskGuest]:
    return tuple(
        _guest(one, catalogue, whole=visit.page is Page.DETAILS and place == visit.at)
        for place, one in enumerate(visit.parties)
    )


def _guest(party: Party, catalogue: Catalogue, *, whole: bool) -> KioskGuest:
    """`whole`: with what may be looked at and mended."""
    ticket = party.ticket
    product = catalogue.products.get(ticket.product)
    return KioskGuest(
        ticket=ticket.id,
        name=wording.shown(ticket.name or ticket.order.name),
        company=wording.shown(ticket.company or ticket.order.company) if whole else "",
        email=wording.shown(ticket.email or ticket.order.email) if whole else "",
        product=product.name if product else "",
        photo=bool(ticket.photo),
        out=party.words,
        here=party.here,
        badge=party.badge,
    )


def _buying(state: KioskState, visit: Visit, catalogue: Catalogue) -> KioskState:
    prices = {
        (one.wanted.product, one.wanted.variation or ""): one.amount for one in visit.offers if one.wanted
    }
    known = dict.fromkeys(product for product, _variation in prices)
    products = tuple(catalogue.products[id_] for id_ in known if id_ in catalogue.products)
    return replace(state, products=products, prices=prices, currency=visit.offers[0].currency)


def ended(visit: Visit) -> None:
    """The last page of a visit: all are in, some, or none."""
    fates = {one.fate for one in visit.parties if one.here}
    failed = next((one.words for one in visit.parties if one.here and one.fate is Fate.SENT), phrases.FAULT)
    if fates == {Fate.PASSED}:
        visit.turn(Page.DONE, phrases.WELCOME)
    elif Fate.PASSED in fates:
        visit.turn(Page.DONE, phrases.SOME, phrases.remedy(failed))
    else:
        visit.turn(Page.SORRY, failed, phrases.remedy(failed))
