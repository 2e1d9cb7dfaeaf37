"""The print queue: every badge with its state, and what a person can decide about it."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from eventdesk.desk.commands import ListDevices, ListJobs, SettleJob
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import DevicesListed, JobsListed
from eventdesk.domain.badges import OPEN, STUCK, BadgeJob, JobState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.job_table import JobTable
from eventdesk.screens.manage.job_words import state_tone, state_words
from eventdesk.screens.manage.look import button, card, fill, note, say, table_of
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.widgets.flow import Flow
from eventdesk.screens.words import joined, number, told

OVER = {JobState.PRINTED, JobState.CANCELED}
# Waits are told in seconds at first.
TICK_MS = 5000
# A search waits until the person has stopped typing, and a filtered list until badges have stopped moving.
PAUSE_MS = 300


class JobsPage(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = self._listing = ""
        self._unseen = (0, 0)
        self.model = JobTable()
        self._build()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(PAUSE_MS)
        self._again.timeout.connect(self.ask)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self.model.tick)
        bridge.jobs_listed.connect(self._listed)
        bridge.job_changed.connect(self._job_changed)
        bridge.devices_listed.connect(self._devices_listed)
        bridge.trouble_told.connect(self._troubled)
        self._show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()
        self._bridge.post(ListDevices())
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def ask(self) -> None:
        """For the badges that are to be shown."""
        command = ListJobs(states=self.show_box.currentData(), text=self.search.text())
        self._listing = command.request
        self._bridge.post(command)

    def chosen(self) -> BadgeJob | None:
        return self.model.job(self.table.currentIndex().row())

    def settle(self, choice: str, printer: str = "") -> None:
        """Post what was decided about the chosen job."""
        job = self.chosen()
        if job is not None:
            command = SettleJob(job.id, choice, printer)
            self._asked = command.request
            self._bridge.post(command)

    def _build(self) -> None:
        self.count = note()
        self.show_box = QComboBox()
        for words, states in _filters():
            self.show_box.addItem(words, states)
        name_control(self.show_box, tr("Which badges are shown"))
        self.show_box.activated.connect(lambda _index: self.ask())
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search by name"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        name_control(self.search, tr("Search by name"))
        self.search.textEdited.connect(lambda _text: self._again.start())
        self.table = table_of(self.model, tr("Badge jobs"), (220, 230, 140, 80, 90))
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self._build_actions()
        self.count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        fill(self, boxed(row(self.show_box, self.search, self.count)), self.table, self.decisions)

    def _build_actions(self) -> None:
        self.words = note(tone="")
        self.retry_button = button(tr("Print here again"), lambda: self.settle("retry"), "primary", "printer")
        self.printer = QComboBox()
        self.printer.setMinimumWidth(150)
        name_control(self.printer, tr("Another printer"))
        self.elsewhere_button = button(tr("Print on"), self._elsewhere)
        self.printed_button = button(tr("It was printed"), lambda: self.settle("printed"), "", "check")
        self.cancel_button = button(tr("Cancel it"), lambda: self.settle("cancel"), "danger")
        buttons = Flow(
            self.retry_button, self.elsewhere_button, self.printer, self.printed_button, self.cancel_button
        )
        self.decisions = card(self.words, boxed(buttons))

    def _elsewhere(self) -> None:
        self.settle("retry", self.printer.currentData() or "")

    def _show_chosen(self) -> None:
        job = self.chosen()
        open_ = job is not None and job.state not in OVER
        stuck = job is not None and job.state in (JobState.FAILED, JobState.UNKNOWN)
        self.retry_button.setEnabled(stuck)
        self.printed_button.setEnabled(open_)
        self.cancel_button.setEnabled(open_)
        self.printer.setEnabled(stuck)
        self.elsewhere_button.setEnabled(stuck and self.printer.count() > 0)
        if job is None:
            say(self.words, tr("Choose a badge to decide about it."))
        else:
            words = joined(job.contents.name, state_words(job.state), tr(job.detail) if job.detail else "")
            say(self.words, words, state_tone(job.state))

    def _count(self) -> None:
        waiting, stuck = (
            seen + unseen for seen, unseen in zip(self.model.waiting(), self._unseen, strict=True)
        )
        if stuck:
            said = tr(
                "Waiting: {waiting}, in need of you: {stuck}.", waiting=number(waiting), stuck=number(stuck)
            )
            say(self.count, said, "warn")
        elif waiting:
            say(self.count, tr("Waiting: {waiting}.", waiting=number(waiting)))
        else:
            say(self.count, tr("Nothing waits."))

    def _listed(self, listed: JobsListed) -> None:
        if listed.request != self._listing:
            return
        chosen = self.chosen()
        self.model.show_jobs(listed.jobs)
        row_ = next((at for at, job in enumerate(listed.jobs) if chosen and job.id == chosen.id), 0)
        self.table.selectRow(row_)
        waiting, stuck = self.model.waiting()
        self._unseen = (
            waiting if listed.waiting is None else listed.waiting,
            stuck if listed.stuck is None else listed.stuck,
        )
        self._unseen = self._unseen[0] - waiting, self._unseen[1] - stuck
        self._count()
        self._show_chosen()

    def _job_changed(self, job: BadgeJob) -> None:
        is_whole = not self.show_box.currentData() and not self.search.text().strip()
        if is_whole or self.model.holds(job):
            self.model.update(job)
        if not is_whole and self.isVisible():
            self._again.start()
        self._count()
        self._show_chosen()

    def _devices_listed(self, listed: DevicesListed) -> None:
        chosen = self.printer.currentData()
        self.printer.clear()
        for queue in listed.printers:
            self.printer.addItem(joined(queue.name or queue.queue, queue.detail), queue.queue)
        self.printer.setCurrentIndex(max(0, self.printer.findData(chosen)))
        self._show_chosen()

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request == self._asked:
            say(self.words, told(trouble), "bad")


def _filters() -> list[tuple[str, tuple[JobState, ...]]]:
    return [
        (tr("All badges"), ()),
        (tr("Not printed yet"), OPEN),
        (tr("In need of you"), STUCK),
        (tr("Printed"), (JobState.PRINTED,)),
    ]
