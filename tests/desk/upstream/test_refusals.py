"""A node speaks English alone: what it refuses is told in the desk's own words, in each language."""

from collections.abc import Iterator

import pytest

from eventdesk import i18n
from eventdesk.desk.upstream.enrolling import refusal
from eventdesk.desk.upstream.refusals import of_answer, of_fact
from eventdesk.desk.upstream.troubles import in_words
from eventdesk.errors import BadInput, NotAllowed
from eventdesk.i18n import tr
from sync.errors import (
    Forbidden,
    NotEventDesk,
    Refused,
    Revoked,
    ServerFault,
    TooMany,
    Unauthorized,
    Unreachable,
)
from sync.wire import Why

ENGLISH = "Something that only this node says."


@pytest.fixture
def german() -> Iterator[None]:
    i18n.load("de")
    yield
    i18n.load("en")


def refused(kind: type[Refused], code: str = "", status: int = 400) -> Refused:
    return kind(ENGLISH, status=status, code=code)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("code", ["code", "clock", "name", "right", "log", "desk", "key", "length", "busy"])
def test_a_known_code_is_told_in_german(code: str) -> None:
    told = of_answer(refused(Refused, code))
    assert tr(told.message) != told.message
    assert tr(told.remedy) != told.remedy
    assert ENGLISH not in told.message + told.remedy


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("kind", [Unauthorized, Revoked, Forbidden, TooMany, ServerFault])
def test_an_unknown_code_is_told_by_its_kind(kind: type[Refused]) -> None:
    told = of_answer(refused(kind, "of a newer node"))
    assert tr(told.message) != told.message
    assert ENGLISH not in told.message + told.remedy


@pytest.mark.usefixtures("german")
def test_what_nobody_knows_keeps_the_nodes_own_words() -> None:
    told = of_answer(refused(Refused, "of a newer node"))
    assert tr(told.message) == "Der Server hat abgelehnt, worum dieser Platz gebeten hat."
    assert told.remedy == ENGLISH


def test_who_was_shut_out_hears_that_whatever_the_code() -> None:
    assert "shut out" in of_answer(refused(Revoked, "right", 403)).message


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("why", list(Why))
def test_why_a_fact_was_not_taken_is_told_in_german(why: Why) -> None:
    german = of_fact(why.value, ENGLISH)
    i18n.load("en")
    assert german not in (of_fact(why.value, ENGLISH), ENGLISH)


def test_a_reason_of_a_newer_node_keeps_its_words() -> None:
    assert of_fact("of a newer node", ENGLISH) == ENGLISH
    assert of_fact("", "") == ""


def test_who_answers_in_the_servers_place_is_told_as_it_was_found_out() -> None:
    told = in_words(NotEventDesk("The network's log-in page answers in the server's place.", "Log in."))
    assert (told.message, told.remedy) == (
        "The network's log-in page answers in the server's place.",
        "Log in.",
    )
    assert in_words(Unreachable("10.0.0.7: errno 113")).message == "The server does not answer."


def test_a_refused_code_is_bad_input_and_a_missing_right_is_not_allowed() -> None:
    assert isinstance(refusal(refused(Refused, "code")), BadInput)
    assert isinstance(refusal(refused(Forbidden, "right", 403)), NotAllowed)
