"""What is found wanting at a desk before the doors open."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from eventdesk.domain.readiness import findings, newest_version
from eventdesk.domain.reports import DeskReport, PrinterReport

NOW = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)
PRINTER = PrinterReport("badges", "ready", left=300)
GOOD = DeskReport(
    "d1", "Door 1", NOW, version="1.2.10", doing="door", reach="hub", heard_at=NOW, printers=(PRINTER,),
    tested_at=NOW, camera="ready", scanner_at=NOW, terminal="ready", battery=100, plugged=False,
    disk_free_mb=9000, backup_at=NOW,
)  # fmt: skip


def found(came_at: datetime | None = NOW, now: datetime = NOW, **changed: Any) -> list[tuple[str, bool]]:
    report = replace(GOOD, **changed)
    return [(one.check, one.bad) for one in findings(report, came_at, now, "1.2.10")]


def printer(**changed: Any) -> dict[str, Any]:
    return {"printers": (replace(PRINTER, **changed),)}


def test_of_a_desk_that_is_ready_nothing_is_said() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"heard_at": None}, ("knowledge", True)),
        ({"heard_at": NOW - timedelta(seconds=301)}, ("knowledge", True)),
        ({"at": NOW + timedelta(seconds=3), "heard_at": NOW + timedelta(seconds=3)}, ("clock", True)),
        ({"at": NOW - timedelta(seconds=6)}, ("clock", True)),
        (printer(status="gone"), ("printer", True)),
        (printer(status="degraded"), ("printer", False)),
        (printer(left=0), ("printer", True)),
        (printer(left=19), ("printer", False)),
        (printer(left=40, warn=50), ("printer", False)),
        ({"tested_at": None}, ("test", False)),
        ({"tested_at": NOW - timedelta(hours=17)}, ("test", False)),
        ({"test_words": "jammed"}, ("test", True)),
        ({"camera": "gone"}, ("camera", True)),
        ({"scanner_at": NOW - timedelta(days=1)}, ("scanner", False)),
        ({"scanner_at": None, "camera": ""}, ("scanner", True)),
        ({"terminal": "gone"}, ("terminal", True)),
        ({"battery": 39}, ("battery", False)),
        ({"battery": 19}, ("battery", True)),
        ({"disk_free_mb": 1023}, ("disk", True)),
        ({"backup_at": None}, ("backup", False)),
        ({"refused": 1}, ("outbox", True)),
        ({"reach": "alone", "waiting": 1}, ("outbox", False)),
        ({"waiting": 50}, ("outbox", False)),
        ({"version": "1.2.9"}, ("version", False)),
    ],
)
def test_each_thing_that_is_wanting_is_found(changed: dict[str, Any], expected: tuple[str, bool]) -> None:
    assert found(**changed) == [expected]


@pytest.mark.parametrize(
    "changed",
    [
        {"at": NOW - timedelta(seconds=4)},
        {"heard_at": NOW - timedelta(seconds=299)},
        printer(left=None),
        printer(left=20),
        {"printers": (), "tested_at": None},
        {"camera": ""},
        {"doing": "till", "scanner_at": None},
        {"battery": 5, "plugged": True},
        {"battery": None},
        {"disk_free_mb": None},
        {"waiting": 49},
        {"version": "1.3"},
        {"tested_at": NOW - timedelta(hours=15)},
        {"reach": "", "heard_at": None},
    ],
)
def test_what_is_well_is_not_found(changed: dict[str, Any]) -> None:
    assert found(**changed) == []


def test_of_a_silent_desk_only_its_silence_is_said() -> None:
    assert found(came_at=NOW - timedelta(seconds=60), at=NOW - timedelta(seconds=60)) == []
    assert found(came_at=NOW - timedelta(seconds=61), disk_free_mb=0) == [("heard", True)]
    assert [one.check for one in findings(None, None, NOW)] == ["heard"]
    assert [one.check for one in findings(GOOD, None, NOW)] == ["heard"]


def test_each_finding_says_what_to_do() -> None:
    worst = replace(
        GOOD,
        at=NOW + timedelta(hours=1),
        heard_at=None,
        refused=1,
        printers=(replace(PRINTER, status="gone"),),
        test_words="x",
        camera="gone",
        scanner_at=None,
        terminal="gone",
        battery=1,
        disk_free_mb=0,
        backup_at=None,
        version="1",
    )
    all_ = findings(worst, NOW, NOW, "2")
    assert len(all_) == 12
    assert all(one.words.endswith(".") and one.remedy.endswith(".") for one in all_)


def test_versions_are_compared_as_numbers() -> None:
    versions = ["1.9", "1.10", "", "abc", "0.99.99"]
    assert newest_version(replace(GOOD, version=one) for one in versions) == "1.10"
    assert newest_version([]) == ""
