"""A code and an address, typed: no QR told the certificate, and the code alone must do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.values import Reach
from sync import pairing, wire
from sync.client.http import HttpUpstream
from sync.client.recognising import recognised
from sync.errors import Refused, WrongNode
from tests.desk.upstream.conftest import ALL, LinedDesk, until
from tests.rigs.nodes import NodeProcess, fingerprint


@pytest.fixture
def served(tmp_path: Path) -> Iterator[NodeProcess]:
    node = NodeProcess(tmp_path / "node").wait_ready()
    yield node
    node.stop()


def test_a_desk_comes_in_by_a_typed_code_and_holds_on_to_the_certificate(
    make_desk: Callable[..., LinedDesk], served: NodeProcess
) -> None:
    desk = make_desk("d001")
    desk.line.reach._dial = dial
    code = served.make_code(ALL).lower().replace("-", " ")
    desk.ask(PairDesk(code, served.address.removeprefix("https://")), lambda hooks: hooks.paired)
    until(lambda: desk.state.reach is Reach.CENTRE)
    assert desk.line.membership.pairing
    assert desk.line.membership.pairing.node.fingerprint == fingerprint(served).hex()


def test_another_node_with_its_own_certificate_learns_nothing_of_use(
    make_desk: Callable[..., LinedDesk], served: NodeProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one in between would: it hands the question on, and the answer is of the true certificate."""
    code = served.make_code(ALL)
    heard: list[wire.ProofAsked] = []
    ask = HttpUpstream.prove

    def overheard(upstream: HttpUpstream, asked: wire.ProofAsked) -> wire.Proof:
        heard.append(asked)
        return ask(upstream, asked)

    monkeypatch.setattr(HttpUpstream, "prove", overheard)
    assert recognised(served.address, code) == fingerprint(served)
    (asked,) = heard
    assert pairing.lookup(code) not in (asked.index, asked.nonce)
    monkeypatch.setattr(HttpUpstream, "prove", lambda _self, asked: wire.Proof(b"\0" * 32))
    with pytest.raises(WrongNode):
        recognised(served.address, code)
    desk = make_desk("d001")
    desk.line.reach._dial = dial
    told = desk.ask(PairDesk(code, served.address), lambda hooks: hooks.trouble_told)
    assert "not the hub" in told.message
    assert desk.line.membership.pairing is None


def test_a_code_that_the_node_does_not_know(served: NodeProcess) -> None:
    with pytest.raises(Refused) as refused:
        recognised(served.address, pairing.new_code())
    assert refused.value.code == "code"
