"""One evening with a real pretix: what its own API shows afterwards is what the desks did, once."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest

from eventdesk.desk.commands import UndoAdmission
from eventdesk.domain.decision import Outcome, Reason
from eventdesk.domain.till.cart import CartLine
from tests.bridges.pretix.sold import MadeTill
from tests.desk.upstream.conftest import LinedDesk
from tests.e2e.pretix.conftest import ORDERS
from tests.e2e.pretix.venue import LOG, Venue, at_door, is_alone, joined, knows, passes, scan, wait

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


def test_an_evening_with_pretix(venue: Venue, make_desk: Callable[..., LinedDesk]) -> None:
    venue.bridge.until(lambda one: one["phase"] == "fetching" and one["total"] == ORDERS)
    north = joined(make_desk, "d001", venue.hub, venue.inside.port)
    south = joined(make_desk, "d002", venue.hub, venue.inside.port)
    venue.bridge.until(lambda one: one["phase"] == "running" and bool(one["heard_at"]))
    tickets = venue.secrets(40)
    assert len(tickets) == 40
    for desk in (north, south):
        wait(lambda desk=desk: knows(desk, tickets))  # type: ignore[misc]
        at_door(desk)
        wait(lambda desk=desk: not is_alone(desk))  # type: ignore[misc]

    # Both doors through the hub: nobody comes in twice.
    for secret in tickets[:5]:
        assert scan(north, secret).verdict.outcome is Outcome.OK
        refused = scan(south, secret).verdict
        assert (refused.outcome, refused.reason) == (Outcome.ERROR, Reason.ALREADY_REDEEMED)
    venue.settled()

    # Without pretix the doors go on, and it is told afterwards.
    venue.outside.cut()
    for secret in tickets[5:15]:
        assert scan(south, secret).verdict.outcome is Outcome.OK
    venue.bridge.until(lambda one: one["waiting"] >= 10 and bool(one["trouble"]))
    venue.outside.heal()
    venue.settled()

    # Without the hub both doors let the same guest in: a person is told.
    venue.inside.cut()
    for secret in tickets[15:18]:
        for desk in (north, south):
            assert scan(desk, secret).verdict.outcome is Outcome.OK
    venue.inside.heal()
    for desk in (north, south):
        wait(lambda desk=desk: desk.reads(lambda reader: reader.conflict_count(LOG)) == 3)  # type: ignore[misc]

    revoked = scan(north, venue.pretix.state["examples"]["revoked"]["secret"]).verdict
    assert (revoked.outcome, revoked.reason) == (Outcome.ERROR, Reason.REVOKED)
    assert scan(north, tickets[20]).verdict.outcome is Outcome.OK
    wait(lambda: north.state.waiting == 0)
    # It is told within a second, too soon to be seen waiting.
    wait(lambda: sum(one["successful"] for one in venue.rows("checkins")) == 5 + 10 + 3 * 2 + 1)
    north.ask(UndoAdmission("wrong guest"), lambda hooks: hooks.admission_undone)
    sale = MadeTill(north.store, LOG).sell([CartLine("a", "px-i2", quantity=2, names=("A", "B"))])
    everything_told(venue, north, tickets[:21])

    checkins = venue.rows("checkins")
    good = [one for one in checkins if one["successful"]]
    told = Counter((one["position"], _moment(one["datetime"])) for one in good)
    done = passes(north, tickets[:18])
    wanted = Counter((int(one.subject.removeprefix("px-p")), _moment(str(one.payload["at"]))) for one in done)
    assert told == wanted  # each once; two doors without the hub may do it within one millisecond
    assert len(done) == 5 + 10 + 3 * 2
    annulled = [one for one in checkins if one["error_reason"] == "annulled"]
    assert [one["error_explanation"] for one in annulled] == ["wrong guest"]
    reasons = Counter(one["error_reason"] for one in checkins if not one["successful"])
    assert reasons == {"already_redeemed": 5, "revoked": 1, "annulled": 1}
    sold = [one for one in venue.rows("orders", ordering="-datetime") if one["api_meta"].get("eventdesk")]
    assert [round(float(one["total"]) * 100) for one in sold] == [sale.total]


def everything_told(venue: Venue, desk: LinedDesk, _tickets: list[str]) -> None:
    """The desk's facts are at the hub, the bridge has taken them up, and pretix has answered."""
    wait(lambda: desk.state.waiting == 0)
    wait(
        lambda: [
            one for one in venue.rows("orders", ordering="-datetime") if one["api_meta"].get("eventdesk")
        ]
    )
    wait(lambda: any(one["error_reason"] == "annulled" for one in venue.rows("checkins")))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
