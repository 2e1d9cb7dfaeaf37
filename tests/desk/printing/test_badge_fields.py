"""What a badge's fields and conditions are filled with: session, gate, answers, the age at the beginning."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.printing import jobs
from eventdesk.desk.printing.jobs import contents_of
from eventdesk.desk.settings import DOOR
from eventdesk.domain.badges import age
from eventdesk.domain.catalogue import Catalogue, Event, Gate, Question, QuestionType, Session
from eventdesk.domain.tickets import Order, Ticket
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import wish

# Midnight in Vienna is the day before in UTC.
BEGINS = datetime(2026, 6, 9, 22, 0, tzinfo=UTC)
CATALOGUE = Catalogue(
    Event("e", "PyDays", "Europe/Vienna", BEGINS),
    sessions={"s1": Session("s1", "Saturday", BEGINS)},
    gates={"north": Gate("north", "North gate")},
    questions={
        "arrival": Question("arrival", "Arrival?", QuestionType.DATE),
        "birth": Question("birth", "Born on?", QuestionType.DATE),
        "meal": Question("meal", "Meal?", QuestionType.TEXT),
    },
)
TICKET = Ticket("t1", Order("o1", "AAAA"), "secret", "p1", session="s1", name="Anna")


def test_session_gate_and_answers_are_texts() -> None:
    ticket = replace(TICKET, answers={"meal": "vegan"})
    contents = contents_of(ticket, CATALOGUE, gate="north")
    assert (contents.session, contents.gate, contents.answers) == (
        "Saturday",
        "North gate",
        {"meal": "vegan"},
    )
    assert contents_of(replace(TICKET, session=None), CATALOGUE, gate="gone").gate == ""


@pytest.mark.parametrize(
    ("answers", "years"),
    [
        ({"birth": "2008-06-10"}, 18),
        ({"birth": "2008-06-11"}, 17),
        ({"birth": "2004-02-29"}, 22),
        ({"arrival": "2026-06-08", "birth": "2010-01-01"}, 16),
        ({"arrival": "2026-06-08"}, None),
        ({"birth": ""}, None),
        ({"birth": "yesterday"}, None),
        ({"birth": "2031-01-01"}, None),
        ({"meal": "1990-01-01"}, None),
        ({}, None),
    ],
)
def test_the_age_is_that_on_the_events_first_day_at_the_place(
    answers: dict[str, str], years: int | None
) -> None:
    assert age(contents_of(replace(TICKET, answers=answers), CATALOGUE)) == years


def test_the_gate_is_the_desks(store: Store) -> None:
    with store.transaction() as tx:
        order = wish(tx)
        gate = next(iter(order.catalogue.gates.values()))
        tx.settings.put(DOOR, {"log": LOG, "list": "l", "gate": gate.id, "mode": "entry"})
        job = jobs.another(tx, order)
        assert job.contents.gate == gate.name
        assert tx.jobs.get(job.id) == job
