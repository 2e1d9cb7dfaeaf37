"""Page by page: what guests mend, answer, sign; what stays of them; and what never stops a kiosk."""

import base64
import gc
from collections.abc import Callable, Mapping
from typing import Any

import cv2
import numpy as np
import pytest

from eventdesk.desk.commands import FindGuests, RunOperation
from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import (
    AmendGuest,
    AnswerQuestions,
    BeginVisit,
    CallStaff,
    ChooseGuests,
    CloseKiosk,
    DefineDocument,
    DefineKiosk,
    EndVisit,
    FindByCode,
    GoOn,
    ListSignatures,
    SignDocument,
    TakePhoto,
)
from eventdesk.desk.kiosk.values import Page, Works
from eventdesk.desk.listings import GuestsListed
from eventdesk.desk.upstream.values import LineState, Reach
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import DeskOrder, Order, Reason
from eventdesk.storage.store import Store
from tests.desk.conftest import NOON
from tests.desk.kiosk.conftest import ADA, BO, KioskDesk, set_up
from tests.desk.printing.scripted_printers import ScriptedPrinters

MAX, ZOE = "hl-max-4FK8D1", "hl-zoe-5LD7Y9"
Make = Callable[..., KioskDesk]
WAIVER = {"name": "Waiver", "text": {"en": "At my own risk.", "de": "Auf eigene Gefahr."}}
LINE = "M 10 20 L 300 200"


def ticket(code: str) -> str:
    return f"demo-{code}"


def jpeg(width: int = 1200, height: int = 900) -> bytes:
    noise = np.random.default_rng(1).integers(0, 255, (height, width, 3), np.uint8)
    return bytes(cv2.imencode(".jpg", noise)[1])


def document(desk_or_store: Any, **members: Any) -> None:
    store: Store = getattr(desk_or_store, "store", desk_or_store)
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.DOCUMENT_DEFINED, "waiver", {**WAIVER, **members})])


# Details


def test_guests_mend_what_the_organizer_allows(store: Store, make: Make) -> None:
    set_up(store, amends=["name", "company"])
    printers = ScriptedPrinters()
    desk = make(printers)
    state = desk.scan(MAX, Page.DETAILS)
    assert (state.guests[0].email, state.guests[0].company) == ("max@lindenberg.example", "Lindenberg Werft")
    for members in ({"email": "x@y.example"}, {"name": " "}, {"name": "A" * 500}, {"name": "A\x00"}):
        assert desk.step(AmendGuest(ticket(MAX), members, visit=desk.visit), Page.DETAILS).words
    desk.step(AmendGuest(ticket(MAX), {"name": "Max  Lindenberg"}, visit=desk.visit), Page.PRINTING)
    assert desk.facts(MAX, Kind.TICKET_CHANGED) == [{"name": "Max Lindenberg"}]
    desk.until(lambda: printers.sent or None)
    assert desk.reads(lambda reader: reader.jobs.waiting())[0].contents.name == "Max Lindenberg"


def test_nothing_to_mend_writes_nothing(store: Store, make: Make) -> None:
    set_up(store, amends=["name"])
    desk = make()
    desk.scan(MAX, Page.DETAILS)
    desk.step(GoOn(visit=desk.visit), Page.DONE)
    assert desk.facts(MAX, Kind.TICKET_CHANGED) == []


def test_who_goes_away_before_anything_is_decided_is_nobodys_call(store: Store, make: Make) -> None:
    set_up(store, amends=["name"])
    desk = make()
    desk.scan(MAX, Page.DETAILS)
    desk.step(EndVisit(visit=desk.visit, idle=True), Page.WELCOME)
    assert desk.calls() == []


def test_what_comes_late_does_nothing(store: Store, make: Make) -> None:
    set_up(store, amends=["name"])
    desk = make()
    old = desk.scan(MAX, Page.DETAILS).visit
    desk.end()
    desk.scan("hl-lee-8GM1S4", Page.DETAILS)
    for late in (
        GoOn(visit=old),
        AmendGuest(ticket(MAX), {"name": "Mallory"}, visit=old),
        AmendGuest(ticket(MAX), {"name": "Mallory"}, visit=desk.visit),
        EndVisit(visit=old, idle=True),
        FindByCode(MAX, visit=old),
    ):
        desk.step(late, Page.DETAILS)
    assert desk.facts(MAX, Kind.TICKET_CHANGED) == []
    assert desk.passes(MAX) == 0


# Questions


@pytest.mark.parametrize("answer", ["", "soup", "x" * 100_000, "\x00", ["fish", "vegan"], 7, None, {"a": 1}])
def test_odd_answers_stay_on_the_page(desk: KioskDesk, answer: object) -> None:
    desk.scan(ZOE, Page.QUESTIONS)
    state = desk.step(AnswerQuestions(ticket(ZOE), {"meal": answer}, visit=desk.visit), Page.QUESTIONS)
    assert state.words
    assert desk.troubles == []


def test_answers_are_written_with_the_pass(make: Make) -> None:
    desk = make(ScriptedPrinters())
    state = desk.scan(ZOE, Page.QUESTIONS)
    assert [one.id for one in state.questions] == ["meal"]
    desk.step(AnswerQuestions(ticket(ZOE), {"meal": "vegan"}, visit=desk.visit), Page.PRINTING)
    desk.print_all()
    desk.wait(Page.DONE)
    assert desk.facts(ZOE, Kind.QUESTION_ANSWERED) == [{"question": "meal", "answer": "Vegan"}]
    assert desk.passes(ZOE) == 1


def test_questions_that_are_not_asked_here_send_the_guest_to_staff(store: Store, make: Make) -> None:
    set_up(store, asks=False)
    desk = make()
    desk.scan(ZOE, Page.SORRY)
    desk.called(Reason.NOT_ADMITTED, ticket(ZOE))


# Documents


def test_a_document_is_signed_with_the_text_that_was_shown(store: Store, make: Make) -> None:
    document(store)
    desk = make()
    state = desk.scan(MAX, Page.DOCUMENT)
    assert (state.text, state.document and state.document.id) == ("At my own risk.", "waiver")
    signed = SignDocument(ticket(MAX), "waiver", "At my own risk.", "", LINE, visit=desk.visit)
    for bad in (
        SignDocument(ticket(MAX), "waiver", "I owe nothing.", "", LINE, visit=desk.visit),
        SignDocument(ticket(MAX), "waiver", "At my own risk.", "", "<script>", visit=desk.visit),
        SignDocument(ticket(MAX), "waiver", "At my own risk.", "\x00", LINE, visit=desk.visit),
        SignDocument(ticket(MAX), "other", "At my own risk.", "", LINE, visit=desk.visit),
        SignDocument(ticket(ADA), "waiver", "At my own risk.", "", LINE, visit=desk.visit),
    ):
        desk.step(bad, Page.DOCUMENT)
    desk.step(signed, Page.DONE)
    (fact,) = desk.facts(MAX, Kind.DOCUMENT_SIGNED)
    assert (fact["text"], fact["signature"]) == ("At my own risk.", LINE)
    assert fact["name"].startswith("Maximiliane")


def test_who_has_signed_is_asked_again_where_the_text_has_changed(store: Store, make: Make) -> None:
    signed = {"document": "waiver", "text": "Auf eigene Gefahr.", "at": moment_text(NOON)}
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.DOCUMENT_SIGNED, ticket(MAX), signed)])
        tx.append(LOG, [Draft(Kind.DOCUMENT_SIGNED, ticket("hl-lee-8GM1S4"), signed)])
    document(store)
    desk = make()
    desk.scan(MAX, Page.DONE)
    desk.end()
    document(store, text={"en": "At your own risk."})
    desk.scan("hl-lee-8GM1S4", Page.DOCUMENT)


@pytest.mark.parametrize(("required", "page"), [(True, Page.SORRY), (False, Page.DONE)])
def test_who_refuses(store: Store, make: Make, required: bool, page: Page) -> None:
    document(store, required=required)
    desk = make()
    desk.scan(MAX, Page.DOCUMENT)
    desk.step(SignDocument(ticket(MAX), "waiver", "", refused=True, visit=desk.visit), page)
    if required:
        desk.called(Reason.NOT_ADMITTED, ticket(MAX))
    assert desk.passes(MAX) == (not required)


def test_what_was_signed_can_be_read_by_staff(store: Store, make: Make) -> None:
    document(store)
    desk = make()
    desk.scan(MAX, Page.DOCUMENT)
    desk.step(SignDocument(ticket(MAX), "waiver", "At my own risk.", "", LINE, visit=desk.visit), Page.DONE)
    told: list[Any] = []
    desk.hooks.signatures_listed.connect(told.append)
    desk.post(ListSignatures(LOG, ticket(MAX)))
    desk.until(lambda: desk.troubles or None)  # a kiosk shows nobody's
    assert told == []
    desk.post(CloseKiosk())
    desk.settled()
    desk.post(ListSignatures(LOG, ticket(MAX)))
    desk.until(lambda: told or None)
    assert [(one.name, one.text, one.path) for one in told[0].signatures] == [
        ("Waiver", "At my own risk.", LINE)
    ]


# Photo


def test_a_photo_is_kept_small_and_bare(store: Store, make: Make) -> None:
    set_up(store, photo="required")
    desk = make()
    desk.scan(MAX, Page.PHOTO)
    huge = b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff" + b"\0" * 50
    for bad in (b"", b"GIF89a", b"\xff\xd8", huge, jpeg()[:300], b"\xff\xd8" + b"\0" * 9_000_000):
        assert desk.step(TakePhoto(ticket(MAX), bad, visit=desk.visit), Page.PHOTO).words
    with_place = jpeg()[:2] + b"\xff\xe1\x00\x0bGPS 53.5N" + jpeg()[2:]
    desk.step(TakePhoto(ticket(MAX), with_place, visit=desk.visit), Page.DONE)
    (fact,) = desk.facts(MAX, Kind.TICKET_CHANGED)
    kept = fact["photo"]
    assert kept.startswith("data:image/jpeg;base64,")
    assert len(kept) < 270_000
    data = base64.b64decode(kept.split(",")[1])
    assert b"GPS" not in data
    read = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert read is not None
    assert max(read.shape) == 800


def test_a_photo_that_is_only_offered_can_be_left_out(store: Store, make: Make) -> None:
    set_up(store, photo="offered")
    desk = make()
    desk.scan(MAX, Page.PHOTO)
    desk.step(TakePhoto(ticket(MAX), visit=desk.visit), Page.DONE)
    assert desk.facts(MAX, Kind.TICKET_CHANGED) == []


# A group, page by page


def test_each_of_a_group_goes_through_the_pages(store: Store, make: Make) -> None:
    set_up(store, amends=["name"])
    document(store, drawn=False)
    desk = make()
    desk.scan(BO, Page.CHOOSING)
    assert desk.step(ChooseGuests((), visit=desk.visit), Page.CHOOSING).words
    desk.step(ChooseGuests((ticket(MAX),), visit=desk.visit), Page.CHOOSING)
    desk.step(ChooseGuests((ticket(BO), ticket(ADA)), visit=desk.visit), Page.DETAILS)
    seen = []
    for _ in range(2):
        assert desk.state
        seen.append(desk.state.guests[desk.state.guest].ticket)
        desk.step(GoOn(visit=desk.visit), Page.DOCUMENT)
        at = desk.state.guests[desk.state.guest].ticket
        desk.step(SignDocument(at, "waiver", "At my own risk.", visit=desk.visit), Page.DETAILS, Page.DONE)
    assert sorted(seen) == [ticket(ADA), ticket(BO)]
    assert (desk.passes(ADA), desk.passes(BO), desk.passes("hl-cleo-2WN6P5")) == (1, 1, 0)


def test_the_next_guest_does_not_inherit_a_language(desk: KioskDesk) -> None:
    desk.post(BeginVisit(language="de"))
    desk.wait(Page.FINDING)
    assert desk.state
    desk.step(FindByCode(MAX, visit=desk.visit), Page.DONE)
    assert desk.state.language == "de"
    assert desk.scan("hl-lee-8GM1S4", Page.DONE).language == ""
    assert desk.passes("hl-lee-8GM1S4") == 1


# Closed, locked, on its own


def test_a_kiosk_shows_no_lists(desk: KioskDesk) -> None:
    listed: list[GuestsListed] = []
    desk.hooks.guests_found.connect(listed.append)  # type: ignore[arg-type]
    desk.post(FindGuests("quist", log=LOG))
    desk.until(lambda: desk.troubles or None)
    ran: list[object] = []
    desk.post(RunOperation("export", lambda *_: ran.append(1), LOG))
    desk.until(lambda: len(desk.troubles) == 2 or None)
    assert desk.troubles == ["This desk is a kiosk just now."] * 2
    assert listed == ran == []
    desk.post(CloseKiosk())
    desk.settled()
    desk.post(FindGuests("quist", log=LOG))
    desk.until(lambda: listed or None)


def test_it_is_a_kiosk_again_after_a_restart(store: Store, make: Make) -> None:
    make().stop()
    again = KioskDesk(store)
    again.engine.start()
    try:
        again.wait(Page.WELCOME)
    finally:
        again.stop()


def test_without_a_set_up_it_is_closed_until_there_is_one(store: Store, make: Make) -> None:
    set_up(store, removed=True)
    desk = make()
    assert str(desk.wait(Page.CLOSED).words) == "No kiosk is set up for this event."
    desk.step(FindByCode(MAX), Page.CLOSED)
    desk.step(BeginVisit(language="en"), Page.CLOSED)
    desk.post(DefineKiosk(LOG, {"finds": ["code"], "removed": False}))
    desk.wait(Page.WELCOME)


def test_a_supervisor_locks_it_and_a_restart_does_not_unlock_it(store: Store, make: Make) -> None:
    desk = make()
    order = DeskOrder(new_id(), LOG, "d001", Order.LOCK, NOON, NOON.replace(hour=23))
    desk.hooks.desk_ordered(order)
    desk.wait(Page.CLOSED)
    desk.step(FindByCode(MAX, camera=True), Page.CLOSED)
    assert desk.passes(MAX) == 0
    told = {"order": "lock", "at": moment_text(NOON), "until": moment_text(NOON.replace(hour=23))}
    desk.write(Draft(Kind.DESK_ORDERED, "d001", told))
    desk.stop()
    again = make()
    again.wait(Page.CLOSED)
    again.hooks.desk_ordered(DeskOrder(new_id(), LOG, "d001", Order.UNLOCK, NOON, NOON.replace(hour=23)))
    again.wait(Page.WELCOME)


def test_a_cut_network_is_told_and_mended_by_itself(desk: KioskDesk) -> None:
    desk.hooks.line_changed(LineState(paired=True, reach=Reach.ALONE))
    desk.settled()
    assert not desk.calls(), "it has only just started"
    desk.hooks.line_changed(LineState(paired=True, reach=Reach.ALONE, trouble="The network is down."))
    desk.called(Reason.NETWORK_GONE)
    assert desk.state
    assert Works.NETWORK not in desk.state.works
    desk.scan(MAX, Page.DONE)
    desk.end()
    desk.hooks.line_changed(LineState(paired=True, reach=Reach.CENTRE))
    desk.until(lambda: not desk.calls() or None)
    assert Works.NETWORK in desk.state.works
    desk.hooks.line_changed(LineState(paired=True, reach=Reach.ALONE))
    desk.called(Reason.NETWORK_GONE)


def test_a_guest_who_wants_a_person_gets_one_call(desk: KioskDesk) -> None:
    desk.begin()
    for _ in range(3):
        state = desk.step(CallStaff(visit=desk.visit), Page.FINDING)
    assert Reason.WANTED in state.calls
    desk.called(Reason.WANTED)
    assert len(desk.calls()) == 1


def test_one_odd_ticket_never_stops_the_kiosk(desk: KioskDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    from eventdesk.desk.kiosk.filling import Filling

    def odd(self: Filling, party: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(Filling, "prepare", odd)
        desk.scan(MAX, Page.SORRY)
    desk.called(Reason.DESK_FAULT, ticket(MAX))
    desk.end()
    desk.scan("hl-lee-8GM1S4", Page.DONE)


def test_documents_and_set_ups_that_can_not_be_read_are_refused(desk: KioskDesk) -> None:
    desk.post(DefineKiosk(LOG, {"idle": "soon"}))
    desk.until(lambda: len(desk.troubles) == 1 or None)
    desk.post(DefineDocument(LOG, "d", {"name": "", "text": {"en": "x"}}))
    desk.until(lambda: len(desk.troubles) == 2 or None)
    desk.post(DefineDocument(LOG, "d", {"name": "D", "text": {"en": " "}}))
    desk.until(lambda: len(desk.troubles) == 3 or None)


# What stays


def test_nothing_of_a_guest_stays_after_the_visit(store: Store, make: Make) -> None:
    """No object that anything still holds says their name, their address or their code."""
    name, email, code = "Zebulon Xanthippe Quark", "zebulon@quark.example", "zzz-secret-zebulon"
    guest = {"order": "demo-HL002", "secret": code, "product": "pass", "name": name, "email": email}
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.TICKET_ISSUED, "t-zebulon", guest)])
    set_up(store, amends=["name", "email"], group=False)
    document(store)
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.begin()
    desk.name(name, email, Page.DETAILS)
    new = {"name": name + " Junior", "email": email}
    desk.step(AmendGuest("t-zebulon", new, visit=desk.visit), Page.DOCUMENT)
    signed = SignDocument("t-zebulon", "waiver", "At my own risk.", name, LINE, visit=desk.visit)
    desk.step(signed, Page.PRINTING)
    del new, signed, guest
    desk.print_all()
    desk.wait(Page.DONE)
    assert held(name), "the test looks in the wrong place"
    desk.end()
    desk.settled()
    for secret in (name, email, code):
        desk.until(lambda secret=secret: not held(secret) or None, held(secret))  # type: ignore[misc]


def held(secret: str) -> list[str]:
    """What holds a text with these words in it, this test's own frames aside."""
    gc.collect()
    found = []
    for one in gc.get_objects():
        if str(type(one).__module__).startswith(("eventdesk", "tests.desk.kiosk.conftest")):
            texts = [part for part in gc.get_referents(one) if isinstance(part, str)]
            inner = [part for part in gc.get_referents(one) if isinstance(part, Mapping)]
            texts += [str(value) for part in inner for value in part.values() if isinstance(value, str)]
            if any(secret in text for text in texts):
                found.append(type(one).__qualname__)
    return found
