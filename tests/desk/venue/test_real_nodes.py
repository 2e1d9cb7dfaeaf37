"""The venue over real nodes and sockets: a centre, a hub below it, and a line between them that is cut."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.venue.commands import AskHelp
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import Order, Reason
from sync.pairing import Invitation
from tests.desk.upstream.conftest import ALL, until
from tests.desk.venue.conftest import Maker, VenueDesk, has_event, write_event
from tests.replication.attack.node import Node as JudgingNode
from tests.replication.relay.nodes import Node
from tests.rigs.wires import Wire


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Node]:
    node = Node(tmp_path, "centre")
    node.start()
    yield node
    node.stop()


@pytest.fixture
def line(centre: Node) -> Iterator[Wire]:
    with Wire(centre.port) as wire:
        yield wire


@pytest.fixture
def hub(tmp_path: Path, centre: Node, line: Wire) -> Iterator[Node]:
    node = Node(tmp_path, "hub")
    node.become_hub(centre, line.port)
    node.start()
    yield node
    node.stop()


def join(desk: VenueDesk, code: str, url: str) -> VenueDesk:
    desk.line.reach._dial = dial
    desk.ask(PairDesk(Invitation(code, url).text(), name=desk.id), lambda hooks: hooks.paired)
    return desk


def fresh(boss: VenueDesk, desk: str) -> bool:
    line = boss.seen(desk)
    return (
        line is not None
        and line.heard_at is not None
        and boss.clock.now() - line.heard_at < timedelta(seconds=5)
    )


def test_a_supervisor_at_a_hub_sees_and_directs_all(
    make_desk: Maker, centre: Node, hub: Node, line: Wire
) -> None:
    boss = join(make_desk("d001"), hub.code(*ALL), hub.url)
    kiosk = join(make_desk("d002"), hub.code("kiosk"), hub.url)
    door = join(make_desk("d003"), centre.code("door"), centre.url)
    write_event(boss)
    for desk in (kiosk, door):
        has_event(desk)
    for desk in (boss, kiosk, door):
        desk.choose()
    boss.watch()
    until(lambda: all(fresh(boss, desk) for desk in ("d001", "d002", "d003")), 60)
    assert not boss.venues[-1].trouble
    line.cut()
    boss.order("d003", Order.MESSAGE, words="Come back")
    boss.order("d002", Order.LOCK)
    door.engine.post(AskHelp(Reason.CAMERA_GONE))
    until(lambda: kiosk.state.shut, 30)
    until(lambda: not fresh(boss, "d003"), 60)
    assert fresh(boss, "d002")
    assert door.orders == []
    assert boss.calls() == []
    line.heal()
    until(lambda: [one.words for one in door.orders] == ["Come back"], 60)
    until(boss.calls, 60)
    until(lambda: fresh(boss, "d003"), 60)


def test_what_a_kiosk_orders_is_refused_by_the_node(tmp_path: Path, make_desk: Maker) -> None:
    node = JudgingNode(f"sqlite:///{tmp_path}/judging.db")
    try:
        url = f"http://127.0.0.1:{node.port}"
        boss = join(make_desk("d001"), node.code(ALL), url)
        kiosk = join(make_desk("d002"), node.code(["kiosk"]), url)
        write_event(boss)
        has_event(kiosk)
        boss.choose()
        kiosk.choose()
        now = kiosk.clock.now()
        said = {"order": "lock", "at": moment_text(now), "until": moment_text(now + timedelta(days=1))}
        with kiosk.store.transaction() as tx:
            tx.append(LOG, [Draft(Kind.DESK_ORDERED, "d001", said)])
        until(lambda: kiosk.state.refused == 1, 60)
        boss.order("d002", Order.MESSAGE, words="Afterwards")
        until(lambda: kiosk.orders, 60)
        assert not boss.state.locked
        assert boss.orders == []
    finally:
        for desk in (boss, kiosk):
            desk.line.exchange.stop()
        node.close()
