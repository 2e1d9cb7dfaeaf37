"""What the centre granted to a hub that then crashed is free again, and nothing else is."""

import asyncio
from pathlib import Path

from sync import wire
from sync.client.exchange import push_all
from sync.client.http import HttpUpstream
from tests.replication.relay.conftest import Join
from tests.replication.relay.nodes import Node, eventually
from tests.replication.relay.test_relay import LOG, ask, note, push
from tests.rigs.wires import Wire


def lost(centre: Node, hub: Node, *keys: str) -> None:
    """The centre grants the hub what the hub's own store has no word of, as after a crash."""
    assert hub.session is not None
    upstream = HttpUpstream(centre.url, hub.session.token)
    for key in keys:
        assert upstream.claim(LOG, ask(key, f"fact of {key}"), 2.0).granted
    upstream.close()


def held(centre: Node, hub: Node) -> set[str]:
    assert hub.session is not None
    upstream = HttpUpstream(centre.url, hub.session.token)
    try:
        return {one.key for one in upstream.held(LOG)}
    finally:
        upstream.close()


def test_grants_that_nobody_here_has_are_given_back_at_the_start(
    centre: Node, hub: Node, line: Wire, join: Join
) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    note(above, "noted", "s1")
    push(above)
    eventually(lambda: below.upstream.claim(LOG, ask("kept", "f1"), 1.0).level == "centre")
    lost(centre, hub, "gone1", "gone2")
    hub.stop()
    hub.start()
    eventually(lambda: held(centre, hub) == {"kept"})
    assert above.upstream.claim(LOG, ask("gone1", "f2"), 1.0).granted
    assert not above.upstream.claim(LOG, ask("kept", "f3"), 1.0).granted
    assert below.upstream.claim(LOG, ask("kept", "f1"), 1.0).granted


def test_a_fact_that_has_not_gone_up_keeps_its_grant(centre: Node, hub: Node, line: Wire, join: Join) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    note(above, "noted", "s1")
    push(above)
    lost(centre, hub, "k")
    line.cut()
    note(below, "noted", "s1")
    push_all(below, below.upstream, LOG, desks=["below"])
    fact = below.logs[LOG]["below"][0].id
    told = wire.HeldClaim("k", "s1", fact, 0)
    assert asyncio.run(hub.logs.may_be_granted(LOG, told))
    assert not asyncio.run(hub.logs.may_be_granted(LOG, wire.HeldClaim("k", "s1", "unknown", 0)))


def test_a_restored_hub_gives_nothing_back_from_before(
    centre: Node, hub: Node, line: Wire, join: Join, tmp_path: Path
) -> None:
    """Its claims of then went with the restore: a desk may have been granted them."""
    above = join(centre, "above")
    note(above, "noted", "s1")
    push(above)
    hub.stop()
    hub.back_up(tmp_path / "backup.db")
    hub.start()
    below = join(hub, "below")
    eventually(lambda: below.upstream.claim(LOG, ask("k", "f1"), 1.0).level == "centre")
    hub.stop()
    hub.restore(tmp_path / "backup.db")
    hub.start()
    relay = hub.relay
    assert relay is not None
    eventually(lambda: relay._give_back_at)
    assert not above.upstream.claim(LOG, ask("k", "f2"), 1.0).granted


def test_a_grant_is_released_for_its_fact_alone(centre: Node, join: Join) -> None:
    desk, other = join(centre, "desk"), join(centre, "other")
    assert desk.upstream.claim(LOG, ask("k", "f1"), 1.0).granted
    assert not desk.upstream.release(LOG, "k", "f0").released
    assert not other.upstream.claim(LOG, ask("k", "f2"), 1.0).granted
    assert desk.upstream.release(LOG, "k", "f1").released
    assert other.upstream.claim(LOG, ask("k", "f2"), 1.0).granted
