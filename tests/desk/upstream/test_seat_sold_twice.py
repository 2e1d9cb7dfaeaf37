"""Two tills that can't talk sell one seat: both are told when they can again, and a person settles it."""

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, OpenShift, OpenTill, Pay
from eventdesk.desk.upstream.commands import ListConflicts, SettleConflict
from eventdesk.domain.till.setup import Tender
from tests.desk.upstream.conftest import LinedDesk, until

SEAT = "boathouse/stalls/A/3"


def open_till(desk: LinedDesk) -> None:
    """With a share of the concert's places, as the desk is about to be alone."""
    desk.ask(OpenTill(LOG), lambda hooks: hooks.shift_changed)
    desk.ask(OpenShift("main", 10000), lambda hooks: hooks.shift_changed)
    desk.line.allotments.want(LOG, "concert-seats", 5)
    until(lambda: desk.reads(lambda reader: desk.line.allotments.usable(reader, LOG, "concert-seats")))


def sell_seat(desk: LinedDesk, name: str) -> None:
    desk.engine.post(AddProduct("concert", names=[name], seats=[SEAT]))
    desk.ask(Pay(Tender.CASH), lambda hooks: hooks.sale_made)


def test_both_are_told_and_one_settles_it(two: tuple[LinedDesk, LinedDesk]) -> None:
    for desk in two:
        open_till(desk)
    for desk in two:
        desk.wires["node-1"].sever()
        until(lambda desk=desk: desk.line.reach.current is None)  # type: ignore[misc]
    for desk, name in zip(two, ("Ada", "Bo"), strict=True):
        sell_seat(desk, name)
    for desk in two:
        desk.wires["node-1"].heal()
    for desk in two:
        (shown,) = desk.heard.next(desk.hooks.conflicts_found).conflicts
        assert set(shown.guests) == {"Ada", "Bo"}
        assert shown.seat == "Stalls A/3"
        assert len(shown.order_code.split(", ")) == 2
        until(lambda desk=desk: desk.state.conflicts == 1)  # type: ignore[misc]
    first, second = two
    (shown,) = first.ask(ListConflicts(), lambda hooks: hooks.conflicts_listed).conflicts
    settle = SettleConflict(LOG, shown.subject, shown.conflict.id, "Bo sits elsewhere.")
    assert not first.ask(settle, lambda hooks: hooks.conflicts_listed).conflicts
    until(lambda: second.state.conflicts == 0)
    listed = second.ask(ListConflicts(settled=True), lambda hooks: hooks.conflicts_listed)
    assert [one.conflict.word for one in listed.conflicts] == ["Bo sits elsewhere."]
