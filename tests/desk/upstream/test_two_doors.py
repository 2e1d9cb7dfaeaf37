"""Two doors, one ticket: admitted once where they can talk, and a conflict where they could not."""

from eventdesk.desk.demo import LOG
from eventdesk.desk.settings import CLAIM_MS
from eventdesk.desk.upstream.values import Reach
from eventdesk.domain.decision import Outcome, Reason
from eventdesk.domain.facts import Kind
from tests.desk.upstream.conftest import LinedDesk, until
from tests.replication.fleet.node import Node

Two = tuple[LinedDesk, LinedDesk]
ADA, BO, PETRA = "hl-ada-7QX4M2", "hl-bo-9TR3K8", "hl-petra-7KJ4T3"


def test_one_ticket_at_two_doors_is_admitted_once(two: Two) -> None:
    first, second = two
    assert first.scan(ADA).verdict.outcome is Outcome.OK
    again = second.scan(ADA)
    assert again.verdict.reason is Reason.ALREADY_REDEEMED
    kinds = second.reads(lambda reader: [one.kind for one in reader.facts(LOG, f"demo-{ADA}", *Kind)])
    assert kinds.count(Kind.ADMITTED) <= 1


def test_the_other_door_is_named_at_once(two: Two) -> None:
    """Before its fact is here: the claim tells."""
    first, second = two
    second.wires["node-1"].lose_requests = 0
    first.line.exchange._pusher.stopping.set()  # its facts stay where they are
    first.nudge_and_wait() if hasattr(first, "nudge_and_wait") else first.line.nudge()
    assert first.scan(ADA).confirmed
    refused = second.scan(ADA)
    assert refused.verdict.reason is Reason.ALREADY_REDEEMED
    assert str(refused.verdict.explanation) == "Just now at North gate."
    facts = second.reads(lambda reader: reader.facts(LOG, f"demo-{ADA}", *Kind))
    own = [one.kind for one in facts if one.desk == "d002"]
    assert own == [Kind.ADMISSION_REFUSED]
    forced = second.scan(ADA, force=True, reason="Ticket checked by hand")
    assert forced.verdict.forced
    (fact,) = second.reads(lambda reader: reader.facts(LOG, f"demo-{ADA}", Kind.ADMITTED))
    assert fact.payload["forced"]
    assert fact.payload["reason"] == "Ticket checked by hand"
