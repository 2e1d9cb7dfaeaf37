"""The kiosk's set-up and what guests have signed, over a real engine and store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.kiosk.setup import Amend, Find, KioskSetup, Photo
from eventdesk.domain.moments import moment_text
from eventdesk.screens.manage.document_form import DocumentForm
from eventdesk.screens.manage.guest_list import GuestList
from eventdesk.screens.manage.kiosk_form import KioskForm
from eventdesk.screens.manage.kiosk_page import KioskPage
from eventdesk.screens.manage.signatures import DrawnLine, painter_path
from tests.desk.conftest import NOON
from tests.screens.manage.real_desk import RealDesk


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealDesk]:
    desk = RealDesk(tmp_path)
    drafts = [one for one in demo_drafts(NOON) if one.kind not in (Kind.KIOSK_DEFINED, Kind.DOCUMENT_DEFINED)]
    with desk.store.transaction() as tx:
        tx.append(LOG, drafts)
    yield desk
    desk.close()


def setup(real: RealDesk) -> KioskSetup | None:
    with real.store.reader() as reader:
        return reader.kiosk_setup(LOG)


def opened(qtbot: QtBot, real: RealDesk) -> KioskPage:
    page = KioskPage(real.bridge)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: page.form is not None)
    return page


def saved(qtbot: QtBot, page: KioskPage) -> None:
    page.save()
    qtbot.waitUntil(lambda: page.told.text().startswith("✓"))


def test_an_organizer_sets_a_kiosk_up(qtbot: QtBot, real: RealDesk) -> None:
    page = opened(qtbot, real)
    form = page.form
    assert form is not None
    form.finds.put({"code", "name"})
    form.second.put({"email", "company"})
    form.amends.put({"name"})
    form.photo.put(Photo.OFFERED)
    form.welcome.put({"en": "Welcome aboard!", "de": "Willkommen an Bord!"})
    dict(form.next)["pass"].put({"en": "Hall B, left"})
    form.idle.put(60)
    saved(qtbot, page)
    found = setup(real)
    assert found is not None
    assert found.finds == {Find.CODE, Find.NAME}
    assert [one.value for one in found.second] == ["email", "company"]
    assert found.amends == {Amend.NAME}
    assert (found.photo, found.idle) == (Photo.OFFERED, 60)
    assert found.welcome["de"] == "Willkommen an Bord!"
    assert found.next == {"pass": {"en": "Hall B, left"}}


def test_what_is_not_shown_stays(qtbot: QtBot) -> None:
    before = KioskSetup(
        pays=True, sells=("pass",), welcome={"en": "Hi", "fi": "Hei"}, next={"gone": {"en": "Left"}}
    )
    form = KioskForm(before, [("pass", "Pass")])
    qtbot.addWidget(form)
    members = form.read()
    assert members is not None
    assert (members["pays"], members["sells"]) == (True, ["pass"])
    assert members["welcome"] == {"en": "Hi", "fi": "Hei"}
    assert members["next"] == {"gone": {"en": "Left"}}


def test_a_name_without_a_second_fact_is_refused(qtbot: QtBot) -> None:
    form = KioskForm(KioskSetup(), [])
    qtbot.addWidget(form)
    form.finds.put({"name"})
    form.second.put(set())
    assert form.read() is None
    assert form.first_mistake() is form.second
    form.finds.put({"code"})
    assert form.read() is not None


def test_documents_are_added_changed_and_taken_away(qtbot: QtBot, real: RealDesk) -> None:
    page = opened(qtbot, real)
    assert page.documents is not None
    page.documents.add()
    (form,) = page.documents.forms.values()
    assert isinstance(form, DocumentForm)
    page.save()
    assert form.first_mistake() is not None
    form.name.put("Waiver")
    form.text.put({"en": "At my own risk."})
    saved(qtbot, page)
    with real.store.reader() as reader:
        (document,) = reader.documents(LOG)
    assert (document.name, document.text, document.drawn) == ("Waiver", {"en": "At my own risk."}, True)
    page.documents.remove()
    saved(qtbot, page)
    with real.store.reader() as reader:
        assert reader.documents(LOG) == []


def test_the_guest_card_shows_what_was_signed(qtbot: QtBot, real: RealDesk) -> None:
    ticket = "demo-hl-ada-7QX4M2"
    signed = {"document": "waiver", "text": "<b>At my own risk.</b>", "at": moment_text(NOON)}
    signed |= {"name": "Ada Quist", "signature": "M 10 20 L 300 200 L 500 30 M 600 1 L 700 2"}
    with real.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.DOCUMENT_SIGNED, ticket, signed)])
    guests = GuestList(real.bridge)
    qtbot.addWidget(guests)
    with real.store.reader() as reader:
        shown = reader.ticket(LOG, ticket)
        guests.card.use_catalogue(reader.catalogue(LOG))
    guests.card.show_ticket(shown)
    qtbot.waitUntil(lambda: not guests.card.signatures.isHidden())
    texts = [part.text() for part in guests.card.signatures._parts if hasattr(part, "text")]
    assert texts[1] == "<b>At my own risk.</b>"
    assert "Ada Quist" in texts[0]
    assert any(isinstance(part, DrawnLine) for part in guests.card.signatures._parts)
    assert painter_path(signed["signature"]).elementCount() == 5
    guests.card.show_ticket(None)
