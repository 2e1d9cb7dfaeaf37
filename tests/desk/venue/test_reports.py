"""What desks report, and what a supervisor's desk makes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from eventdesk import __version__
from eventdesk.desk.hooks import DeviceChanged, Trouble
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.desk.listings import BadgeTried
from eventdesk.desk.printing.values import PrintersTold, PrinterTold
from eventdesk.desk.settings import CAMERA_SOURCE, KIOSK
from eventdesk.desk.venue.commands import NoteScanner, ReportPicture, WatchVenue
from eventdesk.desk.venue.packing import MOST_PICTURE, packed, unpacked
from eventdesk.desk.venue.values import DeskLine, DeskReport, PrinterReport
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.badges import JobState
from eventdesk.storage import backups
from sync.wire import MOST_NOTE, Note
from tests.desk.upstream.conftest import until
from tests.desk.venue.conftest import Maker, VenueDesk, has_event, write_event
from tests.replication.fleet.node import Node

ADA = "hl-ada-7QX4M2"
PAPER_OUT = DeviceState("left", Status.GONE, "Paper out", "Put paper in.")


@pytest.fixture
def two(make_desk: Maker, node: Node) -> tuple[VenueDesk, VenueDesk]:
    door, boss = make_desk("d001"), make_desk("d002")
    write_event(door)
    for desk in (door, boss):
        desk.reach(node)
        desk.pair(node)
    has_event(boss)
    door.choose()
    return door, boss


def report(desk: VenueDesk, of: str) -> DeskReport | None:
    line = desk.seen(of)
    return line.report if line else None


def test_a_supervisor_sees_every_desk(two: tuple[VenueDesk, VenueDesk]) -> None:
    _, boss = two
    boss.watch()
    until(lambda: (found := report(boss, "d001")) and found.event and found.reach)
    line = boss.seen("d001")
    assert line is not None
    assert line.heard_at is not None
    found = line.report
    assert found is not None
    assert (found.desk, found.name, found.version, found.doing) == ("d001", "Desk d001", __version__, "door")
    assert found.list
    assert found.gate
    assert found.reach == "centre"
    assert found.disk_free_mb
    assert abs(line.heard_at - boss.clock.now()) < timedelta(seconds=30)
    assert [one.desk for one in boss.venues[-1].lines] == ["d001", "d002"]
    assert not boss.venues[-1].trouble


def test_what_happens_at_a_desk_is_seen(two: tuple[VenueDesk, VenueDesk]) -> None:
    door, boss = two
    boss.watch()
    door.preferences.put(CAMERA_SOURCE, "0")
    door.hooks.device_changed(DeviceChanged("camera", DeviceState("camera", Status.READY)))
    ready = PrinterTold("left", DeviceState("left", Status.READY), 2, 7)
    door.hooks.printers_told(PrintersTold((ready,)))
    door.hooks.test_badge_told(BadgeTried("", "left", JobState.PRINTED))
    door.engine.post(NoteScanner())
    door.scan(ADA)
    until(lambda: (found := report(boss, "d001")) and found.guests == 1 and found.scanner_at)
    found = report(boss, "d001")
    assert found is not None
    assert found.camera == "ready"
    assert tuple(found.printers) == (PrinterReport("left", "ready", "", 7, 2, 20),)
    assert found.tested_at is not None
    assert found.pace is None
    assert found.trouble == ""
    door.hooks.printers_told(PrintersTold((replace(ready, state=PAPER_OUT),)))
    until(lambda: (found := report(boss, "d001")) and found.trouble)
    found = report(boss, "d001")
    assert found is not None
    assert (found.trouble, found.printers[0].status) == ("Paper out", "gone")
    line = boss.seen("d001")
    assert line is not None
    assert "A printer prints nothing." in [one.words for one in line.findings]


def test_a_report_names_no_guest(two: tuple[VenueDesk, VenueDesk], node: Node) -> None:
    door, _ = two
    door.scan(ADA)
    door.hooks.trouble_told(Trouble("", "Ada Lovelace is in already.", "Ask Ada."))
    door.hooks.kiosk_changed(KioskState(Page.DONE, next="Ada, hall B"))
    before = until(lambda: node.notes.get("d001")).turn
    until(lambda: node.notes["d001"].turn > before + 1)
    body = node.notes["d001"].body
    for word in (b"Ada", b"Lovelace", ADA.encode(), b"HL001"):
        assert word not in body


def test_our_own_mistakes_and_devices_troubles_are_told(two: tuple[VenueDesk, VenueDesk]) -> None:
    door, boss = two
    boss.watch()
    door.hooks.trouble_told(Trouble("", "The disk is full.", device="database"))
    until(lambda: (found := report(boss, "d001")) and found.trouble == "The disk is full.")
    door.hooks.trouble_told(Trouble("", "EventDesk made a mistake (KeyError).", is_bug=True))
    until(lambda: (found := report(boss, "d001")) and "KeyError" in found.trouble)


def test_a_picture_goes_with_its_trouble_and_not_with_a_later_one(
    two: tuple[VenueDesk, VenueDesk],
) -> None:
    door, boss = two
    boss.watch()
    door.hooks.trouble_told(Trouble("", "The disk is full.", device="database"))
    door.engine.post(ReportPicture(b"\xff\xd8" + bytes(MOST_PICTURE - 2)))
    until(lambda: (found := report(boss, "d001")) and len(found.picture) == MOST_PICTURE)
    door.hooks.trouble_told(Trouble("", "Another one.", device="printer"))
    until(lambda: (found := report(boss, "d001")) and found.trouble == "Another one." and not found.picture)
    door.engine.post(ReportPicture(bytes(MOST_PICTURE + 1)))
    until(lambda: "too large" in door.heard.next(door.hooks.trouble_told).message)
    until(lambda: (found := report(boss, "d001")) and not found.picture)


def test_a_kiosk_tells_its_page(two: tuple[VenueDesk, VenueDesk]) -> None:
    door, boss = two
    boss.watch()
    door.preferences.put(KIOSK, True)
    door.hooks.kiosk_changed(KioskState(Page.PRINTING))
    until(lambda: (found := report(boss, "d001")) and (found.doing, found.page) == ("kiosk", "printing"))


def test_while_the_node_is_silent_it_says_so_and_shows_itself(
    two: tuple[VenueDesk, VenueDesk], node: Node
) -> None:
    _, boss = two
    boss.watch()
    until(lambda: report(boss, "d001"))
    boss.wires[node.id].sever()
    until(lambda: boss.venues[-1].trouble)
    assert [one.desk for one in boss.venues[-1].lines] == ["d001", "d002"]
    boss.wires[node.id].heal()
    until(lambda: not boss.venues[-1].trouble, 60)


def test_a_silent_desk_is_found_and_one_that_never_spoke(
    two: tuple[VenueDesk, VenueDesk], node: Node
) -> None:
    door, boss = two
    boss.watch()
    until(lambda: report(boss, "d001"))
    door.wires[node.id].sever()
    node.notes_ms["d001"] = node.now_ms() - 61_000
    node.desks["d009"] = msgspec.structs.replace(node.desks["d001"], desk="d009", name="Spare")

    def words(desk: str) -> list[str]:
        line = boss.seen(desk)
        return [one.words for one in line.findings] if line else []

    until(lambda: words("d001") == ["This desk is silent."])
    until(lambda: words("d009") == ["This desk was never heard."])
    assert boss.seen("d009") == DeskLine("d009", "Spare", None, None, boss.seen("d009").findings)  # type: ignore[union-attr]


def test_alone_it_sees_itself_and_leaves_nothing_anywhere(make_desk: Maker) -> None:
    desk = make_desk("d001")
    write_event(desk)
    desk.choose()
    desk.watch()
    until(lambda: (found := report(desk, "d001")) and found.event)
    (line,) = desk.venues[-1].lines
    assert line.report is not None
    assert line.report.reach == ""
    assert not desk.venues[-1].trouble
    desk.engine.post(WatchVenue(on=False))
    until(lambda: not desk.venue._watch._on)
    told = len(desk.venues)
    desk.ask(WatchVenue(on=True), lambda hooks: hooks.venue_changed)
    assert len(desk.venues) >= told


def test_what_is_no_report_is_passed_over_and_none_speaks_for_another(
    two: tuple[VenueDesk, VenueDesk], node: Node
) -> None:
    door, boss = two
    until(lambda: "d001" in node.notes)
    door.wires[node.id].sever()
    at = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
    bad = [b"", b"\xc1", b"\x93", msgspec.msgpack.encode({"desk": "d001"}), bytes(MOST_NOTE)]
    bad.append(msgspec.msgpack.encode({"desk": "d1", "name": "x", "at": "2026-06-10T10:00:00"}))
    for body in bad:
        assert unpacked("d001", body) is None, body[:20]
    forged = packed(DeskReport("d002", "The boss", at, doing="door"))
    node.notes["d001"] = Note("d001", 9_000_000_000_000, forged)
    boss.watch()
    until(lambda: (found := report(boss, "d001")) and found.name == "The boss")
    forged_report, own = report(boss, "d001"), report(boss, "d002")
    assert forged_report is not None
    assert forged_report.desk == "d001"
    assert own is not None
    assert own.name == "Desk d002"


def test_whatever_devices_say_a_report_fits_in_a_note() -> None:
    at = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
    long = "\N{GRINNING FACE}" * 9999
    printers = [PrinterReport(long, "gone", long) for _ in range(500)]
    names: dict[str, Any] = dict.fromkeys(
        ("version", "doing", "page", "event", "list", "gate", "test_words", "trouble"), long
    )
    full = replace(DeskReport("d1", long, at, printers=printers, picture=bytes(MOST_PICTURE)), **names)
    body = packed(full)
    assert len(body) <= MOST_NOTE
    back = unpacked("d1", body)
    assert back is not None
    assert (len(back.printers), len(back.picture)) == (8, MOST_PICTURE)
    assert unpacked("d1", packed(replace(full, picture=bytes(MOST_PICTURE + 1)))).picture == b""  # type: ignore[union-attr]


def test_backups_are_told(make_desk: Maker) -> None:
    desk = make_desk("d001")
    write_event(desk)
    backups.make(desk.path, desk.key, desk.clock.now())
    desk.watch()
    until(lambda: (found := report(desk, "d001")) and found.backup_at)
