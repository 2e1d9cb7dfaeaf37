"""Codes at any moment: begun by them, found by them, and never breaking off another guest."""

from eventdesk.desk.kiosk.commands import EndVisit, FindByCode
from eventdesk.desk.kiosk.values import Page
from eventdesk.screens.kiosk.visit import Visit
from tests.screens.kiosk.making import state
from tests.screens.making import Desk


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def visit_at(desk: Desk, page: Page, clock: Clock | None = None) -> Visit:
    made = Visit(desk.bridge, clock or Clock())
    made.state = state(page)
    return made


def codes(desk: Desk) -> list[tuple[str, str, bool]]:
    return [(one.visit, one.code, one.camera) for one in desk.posted if isinstance(one, FindByCode)]


def test_a_code_begins_a_visit_on_the_welcome_page(desk: Desk) -> None:
    visit_at(desk, Page.WELCOME).code("abc", camera=True)
    assert codes(desk) == [("", "abc", True)]


def test_what_stays_before_the_camera_counts_once(desk: Desk) -> None:
    clock = Clock()
    visit = visit_at(desk, Page.FINDING, clock)
    for _ in range(50):
        clock.now += 0.1
        visit.code("abc", camera=True)
    assert len(codes(desk)) == 1
    clock.now += 3.0
    visit.code("abc", camera=True)
    assert len(codes(desk)) == 2, "it was away"
    visit.code("abc")
    visit.code("abc")
    assert len(codes(desk)) == 4, "a hand scanner reads when somebody wants it to"


def test_a_code_does_not_break_off_what_another_guest_does(desk: Desk) -> None:
    for page in (Page.DETAILS, Page.QUESTIONS, Page.DOCUMENT, Page.PHOTO, Page.PAID_WAIT, Page.PRINTING):
        visit_at(desk, page).code("abc")
    assert codes(desk) == []


def test_the_next_guest_may_scan_while_the_last_is_welcomed(desk: Desk) -> None:
    visit_at(desk, Page.DONE).code("next")
    assert [type(one) for one in desk.posted] == [EndVisit, FindByCode]
    assert codes(desk) == [("", "next", True)]


def test_no_code_is_kept(desk: Desk) -> None:
    visit = visit_at(desk, Page.FINDING)
    visit.code("a-secret-that-opens-doors", camera=True)
    assert "a-secret" not in repr(vars(visit))
