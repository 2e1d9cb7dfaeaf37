"""Which layout a job is printed with."""

from dataclasses import replace
from pathlib import Path

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.printing.jobs import another
from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.domain.badges import BadgeJob
from eventdesk.domain.facts import Draft, Kind
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import CODES, wish
from tests.rigs.printers import sheets

pytestmark = pytest.mark.usefixtures("qapp")


def job_of(store: Store) -> BadgeJob:
    with store.transaction() as tx:
        return another(tx, wish(tx))


def test_a_shipped_layout(store: Store, tmp_path: Path) -> None:
    badge = BadgeMaker(store)(job_of(store))
    assert badge.size == (86.0, 54.0)
    (tmp_path / "badge.pdf").write_bytes(badge.pdf)
    assert sheets.codes(tmp_path / "badge.pdf") == [CODES[0]]


def test_the_events_own_layout_stands_before_a_shipped_one_of_its_name(store: Store, tmp_path: Path) -> None:
    code = {"type": "qr", "x": 5, "y": 5, "width": 30, "height": 30, "content": "own:{code}"}
    own = {"name": "Own", "page": {"width": 60, "height": 40}, "elements": [code]}
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.LAYOUT_DEFINED, "card", own)])
    badge = BadgeMaker(store)(job_of(store))
    assert badge.size == (60.0, 40.0)
    (tmp_path / "badge.pdf").write_bytes(badge.pdf)
    assert sheets.codes(tmp_path / "badge.pdf") == [f"own:{CODES[0]}"]


def test_a_layout_that_is_missing_or_broken_is_named(store: Store) -> None:
    job = job_of(store)
    with pytest.raises(BadInput, match='no badge layout "gone"'):
        BadgeMaker(store)(replace(job, layout="gone"))
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.LAYOUT_DEFINED, "broken", {"name": "Broken", "elements": []})])
    with pytest.raises(BadInput, match='Layout "Broken", page'):
        BadgeMaker(store)(replace(job, layout="broken"))


def test_a_layout_is_read_once_until_it_changes(store: Store) -> None:
    maker = BadgeMaker(store)

    def define(width: int, **members: object) -> None:
        code = {"type": "qr", "x": 5, "y": 5, "width": 30, "height": 30}
        own = {"name": "Own", "page": {"width": width, "height": 40}, "elements": [code], **members}
        with store.transaction() as tx:
            tx.append(LOG, [Draft(Kind.LAYOUT_DEFINED, "card", own)])

    define(60)
    first = maker.layout(LOG, "card")
    assert maker.layout(LOG, "card") is first
    define(70)
    assert maker.layout(LOG, "card").page.width == 70
    define(70, removed=True)
    assert maker.layout(LOG, "card").page.width == 86
