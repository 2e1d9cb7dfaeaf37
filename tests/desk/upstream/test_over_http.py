"""Desks at a real node: `eventdesk serve` as a process, over real sockets, through a wire that cuts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.values import Reach
from eventdesk.domain.decision import Outcome, Reason
from tests.desk.upstream.conftest import ALL, NOW, LinedDesk, until
from tests.rigs.nodes import NodeProcess
from tests.rigs.wires import Wire

ADA, BO = "hl-ada-7QX4M2", "hl-bo-9TR3K8"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[NodeProcess]:
    node = NodeProcess(tmp_path / "node", "--behind-proxy").wait_ready()
    yield node
    node.stop()


@pytest.fixture
def wires(served: NodeProcess) -> Iterator[tuple[Wire, Wire]]:
    port = urlsplit(served.address).port
    assert port is not None
    with Wire(port) as one, Wire(port) as other:
        yield one, other


def test_two_doors_over_http_cut_and_healed(
    make_desk: Callable[..., LinedDesk], served: NodeProcess, wires: tuple[Wire, Wire]
) -> None:
    first, second = desks = make_desk("d001"), make_desk("d002")
    with first.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    for desk, at in zip(desks, wires, strict=True):
        desk.line.reach._dial = dial
        asked = PairDesk(served.make_code(ALL), f"http://127.0.0.1:{at.port}", desk.id)
        desk.ask(asked, lambda hooks: hooks.paired)
    until(lambda: second.reads(lambda reader: reader.guest_count(LOG)) == 23, 30)
    for desk in desks:
        desk.choose()
        until(lambda: desk.state.reach is Reach.CENTRE)  # noqa: B023
    assert first.scan(ADA).confirmed
    assert second.scan(ADA).verdict.reason is Reason.ALREADY_REDEEMED
    for at in wires:
        at.refuse = at.black_hole = True
    for desk in desks:
        given = desk.scan(BO)
        assert given.verdict.outcome is Outcome.OK
        assert not given.confirmed
    for at in wires:
        at.heal()
    for desk in desks:
        desk.line.exchange.try_now()
        assert desk.heard.next(desk.hooks.conflicts_found, 60).mine
