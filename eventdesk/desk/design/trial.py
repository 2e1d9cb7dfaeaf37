"""A badge by a layout that may not be kept yet, on paper."""

from eventdesk.badges import layout as layouts
from eventdesk.desk.design.commands import TryLayout
from eventdesk.desk.lane import Handlers
from eventdesk.desk.printing.requests import PrinterTrial


class LayoutTrial:
    """Lives on the errands lane: it waits for the printer."""

    def __init__(self, trial: PrinterTrial) -> None:
        self._trial = trial

    def handlers(self) -> Handlers:
        return {TryLayout: self.try_out}

    def try_out(self, command: TryLayout) -> None:
        """Raises BadInput for a layout that can't be used, DeviceError where the queue takes nothing."""
        layout = layouts.parse(command.layout)
        self._trial.print_by(layout, command.request, command.printer, command.contents, "EventDesk layout")
