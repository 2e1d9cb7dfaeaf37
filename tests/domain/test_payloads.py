"""Payloads become values, and a malformed member is named."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from eventdesk.domain import payloads
from eventdesk.domain.catalogue import Option, QuestionType, Variation
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.tickets import Direction, Order, OrderStatus


def test_a_moment_goes_through_text_unchanged() -> None:
    berlin = timezone(timedelta(hours=2))
    at = datetime(2026, 6, 10, 12, 0, 0, 123456, tzinfo=berlin)
    assert payloads.moment_text(at) == "2026-06-10T10:00:00.123456Z"
    assert payloads.parse_moment(payloads.moment_text(at)) == at


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-06-10", "2026-06-10T10:00:00", "0001-01-01T00:00:00+10:00", 3, None]
)
def test_what_is_no_moment_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"moment|calendar"):
        payloads.parse_moment(text)


def test_a_moment_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="time zone"):
        payloads.moment_text(datetime(2026, 6, 10))  # noqa: DTZ001


def test_an_event_with_its_defaults() -> None:
    event = payloads.event_from(
        "e1", {"name": "Fair", "timezone": "Europe/Berlin", "begins": "2026-06-10T09:00:00Z", "ends": None}
    )
    assert event.begins == datetime(2026, 6, 10, 9, tzinfo=UTC)
    assert (event.ends, event.admission, event.currency) == (None, None, "EUR")


def test_a_product_with_variations() -> None:
    rows = [{"id": "x", "name": "Adult", "attention": True}, {"id": "y", "name": "Child"}]
    product = payloads.product_from("p", {"name": "Ticket", "variations": rows, "price": 1250})
    assert product.variations == (Variation("x", "Adult", attention=True), Variation("y", "Child"))
    assert (product.price, product.admits) == (1250, True)


def test_a_list_of_some_products() -> None:
    rules = {"<": [{"var": "entries_number"}, 3]}
    found = payloads.list_from(
        "l", {"name": "Door", "all_products": False, "products": ["a", "b"], "rules": rules}
    )
    assert (found.products, found.rules, found.allow_entry_after_exit) == (
        frozenset({"a", "b"}),
        rules,
        True,
    )


def test_a_question_with_options() -> None:
    question = payloads.question_from(
        "q", {"text": "Size?", "type": "choice", "options": [{"id": "m", "text": "M"}], "products": ["a"]}
    )
    assert question.type is QuestionType.CHOICE
    assert question.options == (Option("m", "M"),)


def test_a_ticket_with_its_order() -> None:
    order = payloads.order_from("o", {"code": "ABC", "status": "pending"})
    assert order == Order("o", "ABC", OrderStatus.PENDING)
    ticket = payloads.ticket_from(
        "t", {"order": "o", "secret": "s", "product": "a", "valid_until": "2026-06-10T10:00:00Z"}, order
    )
    assert ticket.valid_until == datetime(2026, 6, 10, 10, tzinfo=UTC)
    assert (ticket.name, ticket.canceled, ticket.answers) == ("", False, {})


def test_a_pass_bears_its_stamp_and_desk() -> None:
    stamp = Stamp(5, 1, "desk1")
    fact = Fact("f", "e", Kind.LEFT, "t", stamp, 1, {"list": "l", "at": "2026-06-10T10:00:00Z", "nonce": "n"})
    admission = payloads.admission_from(fact)
    assert admission.direction is Direction.EXIT
    assert (admission.order, admission.desk, admission.nonce) == (stamp.text(), "desk1", "n")


@pytest.mark.parametrize(
    ("build", "payload", "member"),
    [
        (payloads.event_from, {"timezone": "UTC", "begins": "2026-06-10T09:00:00Z"}, "name"),
        (payloads.event_from, {"name": "F", "timezone": "Mars/Base", "begins": "x"}, "timezone"),
        (payloads.event_from, {"name": "F", "timezone": "UTC", "begins": "soon"}, "begins"),
        (payloads.list_from, {"name": "L", "products": "a"}, "products"),
        (payloads.list_from, {"name": "L", "rules": [1]}, "rules"),
        (payloads.list_from, {"name": "L", "include_pending": "yes"}, "include_pending"),
        (payloads.product_from, {"name": "P", "price": 1.5}, "price"),
        (payloads.product_from, {"name": "P", "variations": ["x"]}, "variations"),
        (payloads.question_from, {"text": "Q", "type": "riddle"}, "type"),
        (payloads.order_from, {"code": "C", "status": "lost"}, "status"),
    ],
)
def test_a_malformed_member_is_named(build, payload, member) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(payloads.BadPayload, match=f"`{member}`"):
        build("id", payload)
