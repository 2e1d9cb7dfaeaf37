"""What is told of devices, jobs and troubles: in the strip of devices, and as messages."""

from PySide6.QtCore import QObject

from eventdesk.app.pages import PRETIX, TILL
from eventdesk.desk.hooks import DeviceChanged, Ended, Given, Trouble
from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.desk.till.values import PrintState, ReceiptChanged
from eventdesk.desk.upstream.commands import (
    ListConflicts,
    ListDesks,
    MakeCode,
    PairDesk,
    RevokeDesk,
    SettleConflict,
    StaffIn,
)
from eventdesk.devices.states import Status
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.camera_view import CameraView
from eventdesk.screens.messages import Messages, Tone
from eventdesk.screens.pretix import words as pretix_words
from eventdesk.screens.till import sales_page, shift_page
from eventdesk.screens.window import MainWindow
from eventdesk.screens.words import joined

# Their pages tell of it, and take it back once it has come right; a message would stay.
TOLD_WHERE_ASKED = frozenset(
    {StaffIn, PairDesk, MakeCode, RevokeDesk, ListDesks, SettleConflict, ListConflicts}
)
TOLD_AT_TILL = shift_page.TOLD_HERE | sales_page.TOLD_HERE
WAITING = frozenset({JobState.SENT, JobState.PRINTING})
STUCK = frozenset({JobState.FAILED, JobState.UNKNOWN})


class Telling(QObject):
    """`printer`: the queue that is set. `camera` shows what is wrong with the camera in its picture."""

    def __init__(
        self,
        bridge: Bridge,
        window: MainWindow,
        messages: Messages,
        camera: CameraView,
        printer: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._messages = messages
        self._camera = camera
        self._told: dict[str, str] = {}
        for device in ("scanner", "database"):
            window.devices.show_state(device, Status.READY)
        self.show_printer(printer)
        bridge.device_changed.connect(self._device_changed)
        bridge.verdict_given.connect(self._verdict_given)
        bridge.job_changed.connect(self._job_changed)
        bridge.receipt_changed.connect(self._receipt_changed)
        bridge.pretix_changed.connect(self._pretix_changed)
        bridge.trouble_told.connect(self._trouble_told)
        bridge.operation_ended.connect(self._operation_ended)

    def show_printer(self, queue: str) -> None:
        state = Status.READY if queue else Status.GONE
        self._window.devices.show_state("printer", state, "" if queue else tr("not set up"))

    def _device_changed(self, changed: DeviceChanged) -> None:
        state = changed.state
        words = f"{tr(state.message)} {tr(state.remedy)}".strip()
        self._window.devices.show_state(changed.device, state.status, words)
        if changed.device == "camera":
            self._camera.set_state(words)

    def _job_changed(self, job: BadgeJob) -> None:
        if job.state is JobState.PRINTED:
            self._window.devices.show_state("printer", Status.READY)
            self._settle(f"job {job.printer}")
            self._settle("printer")
        elif job.state in STUCK or (job.state in WAITING and job.detail):
            words = joined(job.printer, tr(job.detail))
            self._window.devices.show_state("printer", Status.DEGRADED, words)
            remedy = tr("The guest is checked in; the badge waits on the page Printing.")
            self._tell(words, remedy, Tone.WARN, f"job {job.printer}")

    def _receipt_changed(self, told: ReceiptChanged) -> None:
        """The next guest may stand there by then: a receipt that did not come out is not lost from sight."""
        if told.state is PrintState.FAILED:
            remedy = tr("Look at the receipt printer; the page Shift prints it again, among the sales.")
            text = joined(tr("A receipt was not printed."), tr(told.words), by=" ")
            self._tell(text, remedy, Tone.WARN, "receipts")
        elif told.state is PrintState.PRINTED:
            self._settle("receipts")

    def _pretix_changed(self, state: BridgeState) -> None:
        """Among the devices from the moment on that this desk is one of pretix'."""
        devices = self._window.devices
        if not devices.has(PRETIX):
            if state.phase is Phase.NONE:
                return
            devices.add(PRETIX, "pretix", "globe")
        devices.show_state(PRETIX, *pretix_words.strip(state))

    def _trouble_told(self, trouble: Trouble) -> None:
        """What came up before takes its old place: the same fault at each scan is one message."""
        at_till = self._window.current_page() == TILL and trouble.command in TOLD_AT_TILL
        if at_till or trouble.command in TOLD_WHERE_ASKED:
            return
        message = tr(trouble.message)
        if trouble.device:
            self._window.devices.show_state(trouble.device, Status.DEGRADED, message)
            self._told[trouble.device] = message
        self._messages.tell(message, tr(trouble.remedy), Tone.BAD, key=trouble.device or trouble.message)

    def _verdict_given(self, given: Given) -> None:
        if given.admission and "database" in self._told:
            self._window.devices.show_state("database", Status.READY)
            self._settle("database")

    def _tell(self, text: str, remedy: str, tone: Tone, key: str) -> None:
        """Not again what was told of the same thing last: a jam is news once, not with each guest."""
        if self._told.get(key) != text:
            self._told[key] = text
            self._messages.tell(text, remedy, tone, key)

    def _settle(self, key: str) -> None:
        self._told.pop(key, None)
        self._messages.settle(key)

    def _operation_ended(self, ended: Ended) -> None:
        if ended.error is not None:
            self._trouble_told(ended.error)
