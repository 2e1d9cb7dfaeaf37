"""`given`: the tickets and the scans that were before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from eventdesk.cli.scenarios.fields import Fields
from eventdesk.cli.scenarios.setup import SCENES, attention, other_event, read_setup
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.tickets import Order, OrderStatus, Ticket

_GIVEN = """
    order order_requires_approval order_valid_if_pending position_canceled position_blocked valid_from
    valid_until variation date dates addons list questions answers previous code secret medium texts
    attention event token attendee_name invoice_name order_locale"""
WORDS = frozenset(_GIVEN.split())
_SCAN = """
    type at nonce force device list on failed annul failed_upload error_reason error_explanation
    raw_code source_type"""
PREVIOUS = frozenset(_SCAN.split())
_ADDON = frozenset({"product", "variation", "canceled", "blocked", "valid_from", "valid_until"})


@dataclass(frozen=True, slots=True)
class Medium:
    type: str
    linked: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What stood before the call. `tickets` go by name: ticket, addon:0 ..., other_event."""

    catalogue: Catalogue
    other_catalogue: Catalogue
    tickets: Mapping[str, Ticket]
    code: str
    token: str
    medium: Medium | None
    attendee_name: str
    previous: tuple[Fields, ...]


def read_given(given: Fields) -> Given:
    catalogue = read_setup(given)
    return Given(
        catalogue,
        other_event(catalogue.event.begins),
        _tickets(given),
        given.text("code", "ticket"),
        given.text("token", "full", among=("full", "checkin_only", "no_permission")),
        _medium(given) if given.raw("medium") is not None else None,
        _attendee_name(given),
        given.rows("previous", PREVIOUS, lambda row: row),
    )


def _tickets(given: Fields) -> dict[str, Ticket]:
    texts = given.part("texts", frozenset(SCENES))
    order = Order(
        "order",
        "ORDER",
        OrderStatus(given.text("order", "paid", among=tuple(OrderStatus))),
        given.flag("order_requires_approval"),
        given.flag("order_valid_if_pending"),
        email="dummy@example.org",
        name=given.text("invoice_name"),
        locale=given.text("order_locale", "en"),
        checkin_text=texts.text("order"),
        attention="order" in attention(given),
    )
    main = Ticket(
        "ticket",
        order,
        given.text("secret", "secret of the ticket"),
        "A",
        given.optional("variation", among=("x", "y")),
        given.optional("date"),
        name=_attendee_name(given),
        canceled=given.flag("position_canceled"),
        blocked=given.flag("position_blocked"),
        valid_from=given.moment("valid_from"),
        valid_until=given.moment("valid_until"),
        answers=_stored_answers(given.table("answers")),
    )
    addons = given.rows("addons", _ADDON, lambda row: _addon(row, main))
    named = [replace(addon, id=f"addon:{n}", secret=f"secret of addon {n}") for n, addon in enumerate(addons)]
    other = Ticket("other_event", Order("other", "OTHER"), "secret of the other event", "other")
    return {ticket.id: ticket for ticket in (main, *named, other)}


def _addon(fields: Fields, main: Ticket) -> Ticket:
    return Ticket(
        "",
        main.order,
        "",
        fields.text("product", "B", among=("A", "B")),
        fields.optional("variation", among=("x", "y")),
        main.session,
        canceled=fields.flag("canceled"),
        blocked=fields.flag("blocked"),
        valid_from=fields.moment("valid_from"),
        valid_until=fields.moment("valid_until"),
        addon_to="ticket",
    )


def _attendee_name(given: Fields) -> str:
    return given.text("attendee_name") if given.has("attendee_name") else "Peter"


def _stored_answers(answers: Mapping[str, Any]) -> dict[str, str]:
    return {question: str(answer) for question, answer in answers.items()}


def _medium(given: Fields) -> Medium:
    fields = given.part("medium", frozenset({"type", "linked", "active"}))
    raw = fields.raw("linked")
    linked = (raw,) if isinstance(raw, str) else fields.texts("linked", ("ticket",))
    return Medium(fields.text("type", "barcode"), linked, fields.flag("active", True))
