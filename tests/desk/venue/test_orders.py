"""Orders reach the desk that they are for, are carried out once, and are worth nothing afterwards."""

from datetime import timedelta
from typing import Any

import pytest

from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.settings import ORDERS_DONE
from eventdesk.desk.venue.commands import OrderDesk
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import Order
from tests.desk.upstream.conftest import until
from tests.desk.venue.conftest import Maker, VenueDesk, has_event, write_event
from tests.replication.fleet.node import Node

ADA = "hl-ada-7QX4M2"


@pytest.fixture
def two(make_desk: Maker, node: Node) -> tuple[VenueDesk, VenueDesk]:
    """A kiosk, and the supervisor's desk."""
    boss, kiosk = make_desk("d001"), make_desk("d002")
    write_event(boss)
    for desk, roles in ((boss, ("supervisor", "organizer")), (kiosk, ("kiosk",))):
        desk.reach(node)
        desk.pair(node, roles)
    has_event(kiosk)
    boss.choose()
    kiosk.choose()
    return boss, kiosk


def told(desk: VenueDesk) -> list[tuple[Order, str]]:
    return [(one.order, one.words) for one in desk.orders]


def plant(desk: VenueDesk, target: str, order: Order, **more: Any) -> None:
    """A fact that a desk writes though nothing at it would: its engine is not asked."""
    now = desk.clock.now()
    said = {"order": order.value, "at": moment_text(now), "until": moment_text(now + timedelta(minutes=5))}
    with desk.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.DESK_ORDERED, target, said | more)])


def test_a_message_and_a_restart_reach_the_kiosk_once(two: tuple[VenueDesk, VenueDesk]) -> None:
    boss, kiosk = two
    boss.order("d002", Order.MESSAGE, words="Close at ten")
    boss.order("d002", Order.RESTART)
    until(lambda: len(kiosk.orders) == 2)
    assert told(kiosk) == [(Order.MESSAGE, "Close at ten"), (Order.RESTART, "")]
    assert boss.orders == []
    kiosk.again()
    kiosk.ask(OrderDesk("", Order.LOCK), lambda hooks: hooks.trouble_told)  # the lane has looked by then
    assert kiosk.orders == []


def test_it_is_noted_before_it_is_carried_out(two: tuple[VenueDesk, VenueDesk]) -> None:
    boss, kiosk = two
    noted: list[bool] = []
    kiosk.hooks.desk_ordered.connect(
        lambda order: noted.append(order.id in kiosk.reads(lambda reader: reader.settings.get(ORDERS_DONE)))
    )
    boss.order("d002", Order.RESTART)
    until(lambda: noted)
    assert noted == [True]


def test_a_lock_holds_over_a_restart_until_it_is_lifted(two: tuple[VenueDesk, VenueDesk]) -> None:
    boss, kiosk = two
    boss.order("d002", Order.LOCK)
    until(lambda: kiosk.state.locked)
    assert kiosk.state.shut
    until(lambda: any(state.shut for state in kiosk.states))
    kiosk.again()
    assert kiosk.state.shut
    assert kiosk.line.present.is_locked
    boss.order("d002", Order.UNLOCK)
    until(lambda: not kiosk.state.locked)
    kiosk.again()
    assert not kiosk.state.locked
    assert kiosk.scan(ADA).admission


def test_a_locked_desk_admits_nobody_and_opens_by_itself_in_the_end(
    two: tuple[VenueDesk, VenueDesk],
) -> None:
    boss, kiosk = two
    boss.order("d002", Order.LOCK)
    until(lambda: kiosk.state.shut)
    with pytest.raises(Exception, match="A supervisor has locked this desk"):
        kiosk.line.present.check_open()
    kiosk.line.present.shut_until(kiosk.clock.now() - timedelta(seconds=1))
    kiosk.line.present.check_open()


def test_what_came_while_the_desk_was_off_is_carried_out_unless_it_is_old(
    two: tuple[VenueDesk, VenueDesk], node: Node
) -> None:
    boss, kiosk = two
    kiosk.wires[node.id].sever()
    old = boss.clock.now() - timedelta(hours=1)
    plant(boss, "d002", Order.RESTART, at=moment_text(old), until=moment_text(old + timedelta(minutes=5)))
    boss.order("d002", Order.MESSAGE, words="Fresh")
    until(lambda: boss.written(Kind.DESK_ORDERED) == 2)
    kiosk.wires[node.id].heal()
    until(lambda: kiosk.orders, 60)
    until(lambda: kiosk.written(Kind.DESK_ORDERED) == 2, 60)
    assert told(kiosk) == [(Order.MESSAGE, "Fresh")]


def test_a_kiosk_orders_nobody(two: tuple[VenueDesk, VenueDesk]) -> None:
    """What it writes all the same, the node refuses: `test_real_nodes.py`."""
    boss, kiosk = two
    kiosk.order("d001", Order.LOCK)
    assert "supervisor" in kiosk.heard.next(kiosk.hooks.trouble_told).message.lower()
    assert kiosk.written(Kind.DESK_ORDERED) == 0
    assert not boss.state.locked


def test_the_kiosk_goes_to_another_list_and_gate(two: tuple[VenueDesk, VenueDesk]) -> None:
    boss, kiosk = two
    kiosk.choose(gate="north")
    boss.order("d002", Order.STAND, event=LOG, list=LIST, gate="south")
    until(lambda: kiosk.preferences.get("door")["gate"] == "south")
    until(lambda: told(kiosk) == [(Order.STAND, "")])
    kiosk.choose(gate="north")
    kiosk.again()
    until(lambda: kiosk.preferences.get("door")["gate"] == "north")


def test_an_event_that_is_not_here_yet_is_told_and_waited_for(two: tuple[VenueDesk, VenueDesk]) -> None:
    boss, kiosk = two
    boss.order("d002", Order.STAND, event="gala", list="gala-in")
    assert "not here yet" in kiosk.heard.next(kiosk.hooks.trouble_told, 30).message
    assert kiosk.preferences.get("door")["log"] == LOG
    begins = moment_text(boss.clock.now())
    with boss.store.transaction() as tx:
        tx.append(
            "gala",
            [
                Draft(
                    Kind.EVENT_DEFINED,
                    "gala",
                    {"name": "Gala", "begins": begins, "timezone": "Europe/Berlin"},
                ),
                Draft(Kind.LIST_DEFINED, "gala-in", {"name": "Entry"}),
            ],
        )
    until(lambda: kiosk.preferences.get("door")["log"] == "gala", 20)
    assert told(kiosk) == [(Order.STAND, "")]


@pytest.mark.parametrize(
    "bad",
    [
        OrderDesk("", Order.LOCK),
        OrderDesk("d002", Order.MESSAGE, words="  "),
        OrderDesk("d002", Order.MESSAGE, words="x" * 501),
        OrderDesk("d002", Order.STAND, event=LOG),
    ],
)
def test_an_order_that_says_too_little_is_not_written(
    two: tuple[VenueDesk, VenueDesk], bad: OrderDesk
) -> None:
    boss, _ = two
    boss.engine.post(bad)
    trouble = boss.heard.next(boss.hooks.trouble_told)
    assert trouble.message
    assert trouble.remedy
    assert boss.written(Kind.DESK_ORDERED) == 0


def test_nobody_locks_the_only_desk(make_desk: Maker) -> None:
    desk = make_desk("d001")
    write_event(desk)
    desk.choose()
    desk.order("d001", Order.LOCK)
    assert "Nobody could open" in desk.heard.next(desk.hooks.trouble_told).message
    assert not desk.state.locked
