"""From facts to calls, without a pretix: what would be sent, and what is told in words instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eventdesk.bridges.pretix.api import words
from eventdesk.bridges.pretix.mapping import orders, own
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.outgoing import answers, handing_on
from eventdesk.bridges.pretix.outgoing.one import key_of
from eventdesk.bridges.pretix.outgoing.patience import LONGEST_S, Patience
from eventdesk.bridges.pretix.outgoing.placing import code_of
from eventdesk.bridges.pretix.outgoing.taking_up import TakingUp
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.domain.catalogue import Option, Question, QuestionType
from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.till.cart import CartLine, Customer
from eventdesk.storage.bridge_calls import BridgeCall, CallState
from eventdesk.storage.store import Store
from tests.bridges.pretix.sold import NOW, MadeTill
from tests.storage.made import KEY

LOG = log_of("http://127.0.0.1", "rig", "fair")
EVENT = {"name": "Fair", "timezone": "Europe/Berlin", "begins": "2026-06-10T08:00:00Z", "currency": "EUR"}
KINDS = [{"id": "px-v1", "name": "Full", "price": 4900}]
ADDONS = [{"product": "px-i4"}]
SETUP = [
    Draft(Kind.EVENT_DEFINED, LOG, EVENT),
    Draft(Kind.TAX_DEFINED, "px-t1", {"name": "VAT", "rate": 190_000}),
    Draft(Kind.TAX_DEFINED, "own", {"name": "Reduced", "rate": 70_000}),
    Draft(
        Kind.PRODUCT_DEFINED,
        "px-i1",
        {"name": "Entry", "variations": KINDS, "tax": "px-t1", "fee": 150, "addons": ADDONS},
    ),
    Draft(Kind.PRODUCT_DEFINED, "px-i2", {"name": "Day", "price": 1000, "tax": "px-t1", "addons": ADDONS}),
    Draft(Kind.PRODUCT_DEFINED, "px-i4", {"name": "Talk", "price": 333, "tax": "px-t1"}),
    Draft(Kind.PRODUCT_DEFINED, "cup", {"name": "Cup", "price": 777, "tax": "own", "ticket": False}),
    Draft(Kind.PRODUCT_DEFINED, "card", {"name": "Gift card", "price": 5000, "gift_card": True}),
    Draft(Kind.PRODUCT_DEFINED, "px-i6", {"name": "Pay what you want", "price": 0, "free_price": True}),
    Draft(Kind.LIST_DEFINED, "px-l1", {"name": "Main"}),
    Draft(Kind.QUESTION_DEFINED, "px-q1", {"text": "Food?", "type": "text", "products": ["px-i2"]}),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", KEY, "bridge1") as store:
        with store.transaction() as tx:
            tx.append(LOG, SETUP)
        yield store


@pytest.fixture
def till(store: Store) -> MadeTill:
    return MadeTill(store, LOG)


def told(store: Store) -> list[BridgeCall]:
    TakingUp(store, LOG, Target("rig", "fair")).all()
    with store.reader() as reader:
        return reader.bridge_calls.listed(LOG, tuple(CallState))


def write(store: Store, kind: Kind, subject: str, **members: Any) -> Fact:
    with store.transaction() as tx:
        return tx.append(LOG, [Draft(kind, subject, members)])[0]


def total(body: dict[str, Any]) -> int:
    amounts = [one["price"] for one in body["positions"]] + [one["value"] for one in body["fees"]]
    return sum(round(float(one) * 100) for one in amounts)


@pytest.mark.parametrize("percent", [0, 1, 333_333, 999_999, 1_000_000])
@pytest.mark.parametrize("net", [False, True])
def test_positions_and_fees_come_to_what_was_paid(
    store: Store, till: MadeTill, percent: int, net: bool
) -> None:
    write(store, Kind.TILL_DEFINED, LOG, net_prices=net)
    lines = [CartLine("a", "px-i1", "px-v1", quantity=7), CartLine("b", "px-i4", quantity=3, parent="a")]
    more = [CartLine("c", "cup", quantity=2), CartLine("d", "card"), CartLine("e", "px-i6", price=1234)]
    sale = till.sell([*lines, *more, CartLine("f", "px-i2", comp=True, reason="press")], percent=percent)
    [call] = told(store)
    body = call.call["body"]
    assert total(body) == sale.total
    assert ("payment_provider" in body) == bool(sale.total)
    assert len(body["positions"]) == 12
    assert [one["tax_rule"] for one in body["fees"]] == [1, None, None]
    assert body["tax_rounding_mode"] == "line"


def test_addons_follow_their_main_ticket(store: Store, till: MadeTill) -> None:
    addons = CartLine("b", "px-i4", quantity=2, parent="a")
    till.sell([CartLine("a", "px-i2", quantity=2), addons, CartLine("c", "px-i2")])
    [call] = told(store)
    rows = call.call["body"]["positions"]
    assert [one["positionid"] for one in rows] == [1, 2, 3, 4, 5]
    assert [(one["item"], one.get("addon_to")) for one in rows] == [
        (2, None),
        (4, 1),
        (2, None),
        (4, 3),
        (2, None),
    ]


def test_who_bought_it_goes_along(store: Store, till: MadeTill) -> None:
    guest = Customer("Zoë", "zoe@example.org", "ACME", "Lane 1\n12345 Town")
    line = CartLine("a", "px-i2", names=("Aino",), answers=((("px-q1", "Soup"), ("own-q", "x")),))
    sale = till.sell([line], card=30, customer=guest)
    [call] = told(store)
    body = call.call["body"]
    assert (body["email"], body["locale"]) == ("zoe@example.org", "de")
    assert body["invoice_address"] == {
        "is_business": True,
        "name": "Zoë",
        "company": "ACME",
        "street": "Lane 1\n12345 Town",
    }
    [row] = body["positions"]
    assert row["attendee_name_parts"]["full_name"] == "Aino"
    assert row["answers"] == [{"question": 1, "answer": "Soup"}]
    assert call.call["key"] == sale.id
    assert (call.subject, call.fact != sale.id) == (sale.order, True)
    paid = body["payment_info"]
    assert paid["payment_type"] == "mixed"
    assert [(one["tender"], one["amount"]) for one in paid["payment_data"]["payments"]] == [
        ("card", "3.00"),
        ("cash", "7.00"),
    ]


def test_what_pretix_can_not_be_told_is_told_in_words(store: Store, till: MadeTill) -> None:
    till.sell([CartLine("a", "cup", quantity=2), CartLine("b", "card")])
    write(store, Kind.ADMITTED, "px-p1", list="own", at="2026-06-10T08:00:00Z")
    write(store, Kind.QUESTION_ANSWERED, "px-p1", question="own", answer="x")
    calls = told(store)
    assert {one.state for one in calls} == {CallState.UNTOLD}
    assert all(one.answer.endswith((".", "!")) for one in calls)


def test_an_undo_after_a_quarter_of_an_hour_is_not_even_tried(store: Store) -> None:
    early = write(store, Kind.ADMITTED, "px-p1", list="px-l1", at="2026-06-10T08:00:00Z")
    write(store, Kind.ADMISSION_UNDONE, "px-p1", admission=early.id, reason="oops")
    late = write(store, Kind.ADMITTED, "px-p2", list="px-l1", at=NOW.strftime("%Y-%m-%dT%H:%M:%SZ"))
    write(store, Kind.ADMISSION_UNDONE, "px-p2", admission=late.id, reason="oops")
    states = [(one.kind, one.state) for one in told(store) if one.kind == Kind.ADMISSION_UNDONE]
    assert {state for _, state in states} == {CallState.UNTOLD, CallState.WAITING}


def test_what_was_given_back_belongs_to_its_order(store: Store, till: MadeTill) -> None:
    sale = till.sell([CartLine("a", "px-i2", quantity=2)])
    till.give_back(sale.id, [("a", 1)])
    calls = told(store)
    assert [one.kind for one in calls] == ["sale_completed", "sale_reversed", "ticket_changed"]
    assert {one.subject for one in calls} == {sale.order}
    with store.reader() as reader:
        assert [one.n for one in reader.bridge_calls.due(LOG)] == [calls[0].n]
    assert calls[1].call["refund"]["amount"] == 1000


def test_an_order_comes_back_by_the_ids_that_were_sent_with_it() -> None:
    known = own.Own("o1", "s1", {1: "t1"}, {1: "a", 2: "b"})
    assert own.read({"api_meta": known.meta()}) == known
    strange: list[Any] = [None, {}, {"eventdesk": 1}, {"eventdesk": {"order": 1, "sale": "s"}}, {"other": {}}]
    for meta in strange:
        assert own.read({"api_meta": meta}) is None
    assert own.read({"api_meta": {"eventdesk": {"order": "o", "sale": "", "tickets": {"x": 1}}}}) == own.Own(
        "o"
    )
    assert orders.ticket_id({"positionid": 1, "id": 7}, known) == "t1"
    assert orders.ticket_id({"positionid": 3, "id": 7}, known) == "px-p7"
    assert known.is_goods({"positionid": 2})
    assert not known.is_goods({"positionid": 1})


def test_choices_are_told_by_their_numbers() -> None:
    options = tuple(Option(str(id_), text) for id_, text in ((4, "Soup"), (5, "Soup, hot"), (6, "Cake")))
    questions = {"px-q1": Question("px-q1", "?", QuestionType.MULTIPLE_CHOICE, options=options)}
    cases = {"Soup": [4], "Soup, hot": [5], "Soup, Cake": [4, 6], "Soup, hot, Cake": [5, 6], "Tea": []}
    for answer, wanted in cases.items():
        row = answers.told("px-q1", answer, questions)
        assert row is not None
        assert row["options"] == wanted
    assert answers.told("q1", "x", {}) is None
    upload = {"px-q2": Question("px-q2", "?", QuestionType.FILE)}
    assert answers.told("px-q2", "file://x", upload) is None


def test_a_key_is_used_for_one_try_that_was_answered() -> None:
    call = BridgeCall(LOG, "f1", "sale_completed", "o1", NOW, {"key": "s1"})
    assert key_of(call) == "s1"
    again = BridgeCall(LOG, "f1", "sale_completed", "o1", NOW, {}, tries=2)
    assert key_of(again) == "f1/again2"
    assert key_of(call, 11) == "s1"
    assert key_of(call, 25) == "s1/stuck2"
    assert code_of("x") == code_of("x") != code_of("y")
    assert set(code_of("x")) <= set("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")


def test_300_calls_a_minute_and_40_more_that_read() -> None:
    now = 0.0
    pacing = Pacing(clock=lambda: now)
    written = 0
    while now < 600:
        seconds = pacing.take(is_reading=False)
        written += seconds == 0
        now += seconds or 0.01
    assert 3000 <= written <= 3300
    while pacing.take(is_reading=False) == 0:
        pass
    assert [pacing.take() for _ in range(40)] == [0.0] * 40
    assert pacing.take() > 0


def test_no_minute_has_more_than_340() -> None:
    now, times = 0.0, []
    pacing = Pacing(clock=lambda: now)
    for number in range(4000):
        while (seconds := pacing.take(is_reading=number % 3 == 0)) > 0:
            now += seconds
        times.append(now)
        now += 0.005
    assert max(sum(1 for one in times if begin <= one < begin + 60) for begin in times) <= 340


def test_a_call_that_has_to_wait_waits_longer_each_time() -> None:
    now = 0.0
    patience = Patience(lambda: now)
    assert patience.is_over(1)
    pauses = []
    for _ in range(9):
        patience.again(1)
        begun = now
        while not patience.is_over(1):
            now += 0.5
        pauses.append(now - begun)
    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_S, LONGEST_S, LONGEST_S]
    assert (patience.breaks(1), patience.breaks(2)) == (9, 0)
    patience.forget(1)
    assert patience.number == 0


def test_a_refused_check_in_is_said_without_the_guest() -> None:
    position = {"attendee_name": "Zoë Ångström", "secret": "abc"}
    said = {"status": "error", "reason": "blocked", "reason_explanation": None, "position": position}
    assert words(said) == "blocked"
    assert words({**said, "reason_explanation": "Only on Friday"}) == "Only on Friday"


def test_a_new_bridge_goes_on_where_the_last_one_was(store: Store, tmp_path: Path) -> None:
    device = {"system": "pretix", "address": "https://p", "organizer": "rig", "event": "fair", "device": 1}
    write(store, Kind.BRIDGE_DEFINED, "pretix-1", **device)
    for number in range(1, 6):
        write(store, Kind.ADMITTED, f"px-p{number}", list="px-l1", at="2026-06-10T08:00:00Z")
    calls = told(store)
    with store.transaction() as tx:
        for call, state in zip(
            calls, [CallState.DONE, CallState.REFUSED, *[CallState.DONE] * 3], strict=True
        ):
            tx.bridge_calls.settle(call.n, state)
        draft = handing_on.draft(tx, LOG, "pretix-1")
        assert draft is not None
        tx.append(LOG, [draft])
    told(store)
    with store.transaction() as tx:
        assert handing_on.draft(tx, LOG, "pretix-1") is None
    write(store, Kind.ADMITTED, "px-p9", list="px-l1", at="2026-06-10T08:00:00Z")
    with Store.open(tmp_path / "other.db", KEY, "bridge2") as other:
        with store.reader() as reader, other.transaction() as tx:
            tx.receive(reader.unsent(LOG, "bridge1", 0, 1000))
        taking_up = TakingUp(other, LOG, Target("rig", "fair"))
        taking_up.begin()
        taking_up.all()
        with other.reader() as reader:
            again = reader.bridge_calls.listed(LOG, tuple(CallState))
    assert [one.subject for one in again] == [calls[1].subject, "px-p9"]
