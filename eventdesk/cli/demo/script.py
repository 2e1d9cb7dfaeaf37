"""The scripted door: what a person would do at the demo's window, and what came of it."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop

from eventdesk.cli.demo.going import NothingHappened
from eventdesk.cli.demo.kiosk_visit import KioskVisit
from eventdesk.desk.commands import PutSetting, UndoAdmission
from eventdesk.desk.hooks import Given
from eventdesk.desk.settings import THEME
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.decision import Outcome
from eventdesk.storage.verification import verify

PATIENCE_S = 30.0
# After a verdict has come, until it is surely painted.
SETTLE_S = 0.25
SIGNS = {Outcome.OK: "ADMITTED", Outcome.INCOMPLETE: "QUESTION", Outcome.ERROR: "REFUSED"}


def play(stage: Any, output: Path, tickets: int) -> int:
    """Run the door until all `tickets` of the film were seen. Returns 0 where all went as it must."""
    output.mkdir(parents=True, exist_ok=True)
    script = Script(stage, output)
    stage.begin()
    try:
        script.admit_all(tickets)
        script.search("amina husayni")
        script.undo()
        script.show_organizing()
        script.go_dark()
        script.keep_badge("badge.pdf")
        script.visit_kiosk()
        faults = verify(stage.desk.store)
    except NothingHappened as error:
        print(f"The demo stopped: {error}")
        return 1
    finally:
        stage.end()
    print("Log and tables agree." if not faults else "\n".join(faults))
    print(f"Pictures and the badges are in {output}/")
    return 1 if faults else 0


class Script:
    def __init__(self, stage: Any, output: Path) -> None:
        self._stage = stage
        self._output = output
        self._given: list[Given] = []
        self._undone: list[object] = []
        self._printed: list[BadgeJob] = []
        bridge = stage.front.bridge
        bridge.verdict_given.connect(self._given.append)
        bridge.admission_undone.connect(self._undone.append)
        bridge.job_changed.connect(self._job_changed)

    def _job_changed(self, job: BadgeJob) -> None:
        if job.state is JobState.PRINTED:
            self._printed.append(job)

    def admit_all(self, tickets: int) -> None:
        """The film's tickets, one after the other; a question that is asked is answered."""
        pictured: set[str] = set()
        for _ in range(tickets):
            given = self._next()
            kind = SIGNS[given.verdict.outcome].lower()
            if kind not in pictured:
                pictured.add(kind)
                self._picture(kind)
            if given.verdict.outcome is Outcome.INCOMPLETE:
                self._stage.front.pages.check_in.counter.answer({"meal": "vegan"})
                self._next()

    def _next(self) -> Given:
        self._until(lambda: bool(self._given), "no verdict came")
        given = self._given.pop(0)
        verdict = given.verdict
        name = verdict.ticket.name if verdict.ticket else given.code
        at = given.at.astimezone().strftime("%H:%M:%S") if given.at else ""
        waited = (time.monotonic() - given.seen_at) * 1000 if given.seen_at else 0.0
        after = f"{waited:4.0f} ms after the frame" if waited else "by hand"
        print(f"{at}  {SIGNS[verdict.outcome]:9} {name[:40]:40} {verdict.headline}  ({after})", flush=True)
        return given

    def search(self, text: str) -> None:
        """Find a guest with a typing error in the name."""
        box = self._stage.front.pages.check_in.parts.search
        box.start(text)
        self._until(lambda: box.results.model().rowCount() > 0, f"nobody was found for {text!r}")
        self._picture("search")
        box.clear()

    def undo(self) -> None:
        """Take the last admission back."""
        self._stage.desk.engine.post(UndoAdmission("demo: the wrong ticket"))
        self._until(lambda: bool(self._undone), "the undo did not come through")
        self._picture("undone")

    def go_dark(self) -> None:
        self._stage.desk.engine.post(PutSetting(THEME, "dark"))
        self._pause(SETTLE_S)
        self._picture("dark")

    def keep_badge(self, name: str) -> None:
        """A copy of the badge that came out last, as a PDF."""
        self._until(lambda: bool(self._printed), "no badge was printed")
        folder = self._stage.desk.config.folder / "badges"
        latest = max(folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns)
        shutil.copyfile(latest, self._output / name)
        print(f"Badges printed: {len(self._printed)}.")
        self._printed.clear()

    def show_organizing(self) -> None:
        """The venue's page, and a layout in the designer."""
        window = self._stage.front.window
        for key, name in (("venue", "venue"), ("designer", "designer")):
            window.show_page(key)
            self._pause(2 * SETTLE_S)
            if key == "designer":
                self._open_layout(window.page(key))
            self._picture(name)

    def _open_layout(self, page: Any) -> None:
        rows = page.library.list
        self._until(lambda: rows.count() > 0, "no layouts came")
        rows.setCurrentRow(min(1, rows.count() - 1))
        page.library.open()
        self._until(lambda: page.work is not None, "the layout was not opened")
        self._pause(2 * SETTLE_S)

    def visit_kiosk(self) -> None:
        """The same desk as a kiosk: a guest checks in, alone."""
        visit = KioskVisit(self._stage, self._until, self._picture)
        visit.open()
        name = visit.check_in()
        visit.close()
        print(f"At the kiosk: {name} answered, signed, took the badge, and is in since it was out.")
        self.keep_badge("badge-kiosk.pdf")

    def _picture(self, name: str, window: Any = None) -> None:
        self._pause(SETTLE_S)
        (window or self._stage.front.window).grab().save(str(self._output / f"{name}.png"))

    def _until(self, done: Callable[[], bool], failure: str) -> None:
        give_up = time.monotonic() + PATIENCE_S
        while not done():
            if time.monotonic() > give_up:
                raise NothingHappened(failure)
            self._pause(0.01)

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._stage.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, max(1, int(left * 1000)))
            time.sleep(0.002)
