"""The cameras and printers that can be chosen. Lives on the errands lane: drivers take their time."""

from eventdesk.desk.commands import ListDevices
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.listings import CameraChoice, DevicesListed, PrinterChoice
from eventdesk.devices.camera.listing import cameras
from eventdesk.devices.printers.queues import QueueInfo
from eventdesk.devices.printers.rack import Rack
from eventdesk.i18n import tr


class DeviceList:
    def __init__(self, hooks: Hooks, printers: Rack) -> None:
        self._hooks = hooks
        self._printers = printers

    def handlers(self) -> Handlers:
        return {ListDevices: self.list}

    def list(self, command: ListDevices) -> None:
        """Whatever is silent takes away its own kind only, and `trouble` says so."""
        eyes = [CameraChoice(one.source, one.name) for one in cameras()]
        queues = [_choice(one) for one in self._printers.queues()]
        trouble = " ".join(tr(part) for part in self._printers.trouble() if part)
        self._hooks.devices_listed(DevicesListed(command.request, eyes, queues, trouble))


def _choice(queue: QueueInfo) -> PrinterChoice:
    return PrinterChoice(queue.name, queue.description, queue.state.message, queue.default)
