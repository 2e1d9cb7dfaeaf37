"""The desk's camera: what it sees becomes hooks. It is opened anew when another one is set."""

from collections.abc import Callable
from typing import Any

from eventdesk.desk.checks.camera import Glimpse
from eventdesk.desk.commands import Command, OpenCamera
from eventdesk.desk.glimpses import LONGEST_SECONDS, Sampler, of_source
from eventdesk.desk.hooks import CodeRead, DeviceChanged, Hooks, Sighted
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import CAMERA_SOURCE, CODE_FORMATS
from eventdesk.devices.camera.camera import Camera, OnFrame
from eventdesk.devices.camera.sources import parse
from eventdesk.devices.codes.values import QR_ONLY, Image, Reading, Symbology
from eventdesk.devices.states import DeviceState, Status
from eventdesk.errors import EventDeskError


class Watch:
    """Lives on a lane of its own, as letting a camera go may take seconds.

    `on_frame` is called at camera speed on the camera's thread and must return fast.
    """

    def __init__(
        self, hooks: Hooks, preferences: Preferences, post: Callable[[Command], None], on_frame: OnFrame
    ) -> None:
        self._hooks = hooks
        self._preferences = preferences
        self._post = post
        self._on_frame = on_frame
        self._camera: Camera | None = None
        self._source = ""
        self._sampler: Sampler | None = None
        hooks.setting_kept.connect(self._setting_kept)

    def handlers(self) -> Handlers:
        return {OpenCamera: self.open}

    def open(self, _command: OpenCamera) -> None:
        """Watch through the camera that is set. What is wrong with it is told as its state."""
        self.close()
        source = str(self._preferences.get(CAMERA_SOURCE)).strip()
        if not source:
            self._tell(DeviceState("camera", Status.GONE, "No camera is set up."))
            return
        try:
            self._camera = Camera(parse(source), self._frame, self._seen, self._tell, self._formats())
        except EventDeskError as error:
            self._tell(DeviceState("camera", Status.GONE, error.message, error.remedy))
        else:
            self._source = source
            self._camera.start()

    def close(self) -> None:
        """Let the camera go and wait for its threads."""
        if self._camera is not None:
            self._camera.stop()
            self._camera = None

    def glimpse(self, source: str) -> Glimpse:
        """Look at a camera for a moment, from any thread: at this desk's own while it runs."""
        camera = self._camera
        if camera is None or source != self._source:
            return of_source(source)
        self._sampler = sampler = Sampler()
        sampler.enough.wait(LONGEST_SECONDS)
        self._sampler = None
        return sampler.seen(camera.state)

    def _frame(self, frame: Image, captured: float) -> None:
        self._on_frame(frame, captured)
        sampler = self._sampler
        if sampler is not None:
            sampler.offer(frame, captured)

    def _formats(self) -> frozenset[Symbology]:
        chosen = self._preferences.get(CODE_FORMATS)
        return frozenset(one for one in Symbology if one.value in chosen) or QR_ONLY

    def _setting_kept(self, setting: tuple[str, Any]) -> None:
        if setting[0] in {CAMERA_SOURCE, CODE_FORMATS}:
            self._post(OpenCamera())

    def _seen(self, reading: Reading, captured: float) -> None:
        for code in reading.codes:
            self._hooks.code_read(CodeRead(code.text, captured))
        corners = [code.corners for code in reading.codes] or [seen.corners for seen in reading.seen]
        cause = reading.cause.value if reading.cause else ""
        self._hooks.sighted(Sighted(corners[0] if corners else (), cause))

    def _tell(self, state: DeviceState) -> None:
        self._hooks.device_changed(DeviceChanged("camera", state))
