"""What the spooler's errors (winerror.h) mean to the desk."""

from eventdesk.devices.printers.queues import HandOverUncertain, PrintSystemSilent, QueueRefused
from eventdesk.devices.printers.windows.gdi import DrawingFault
from eventdesk.devices.printers.windows.winspool import SpoolerFault
from eventdesk.devices.printers.words import START_SPOOLER

ERROR_ACCESS_DENIED = 5
ERROR_PRINT_CANCELLED, ERROR_CANCELLED = 63, 1223
ERROR_INVALID_PRINTER_NAME, ERROR_PRINTER_DELETED = 1801, 1905
# The service does not run, is about to end, or does not answer.
SILENT = frozenset({1062, 1115, 1460, 1722, 1723, 1726, 1727, 1753})


def silent() -> PrintSystemSilent:
    return PrintSystemSilent("The print system does not answer.", START_SPOOLER)


def uncertain(queue: str) -> HandOverUncertain:
    return HandOverUncertain(
        f"The print system fell silent while {queue} was given the badge.", START_SPOOLER
    )


def translated(queue: str, fault: SpoolerFault) -> PrintSystemSilent | QueueRefused:
    """What to raise for a fault of the spooler with this queue."""
    if isinstance(fault, DrawingFault) and fault.pages:
        return uncertain(queue)
    if fault.code in SILENT:
        return silent()
    if fault.code in {ERROR_INVALID_PRINTER_NAME, ERROR_PRINTER_DELETED}:
        return QueueRefused(f"There is no print queue {queue}.", "Choose another printer.")
    if fault.code == ERROR_ACCESS_DENIED:
        return QueueRefused(
            f"Windows does not let this user print on {queue}.",
            "Give this user the right to print there, or choose another printer.",
        )
    if fault.code in {ERROR_PRINT_CANCELLED, ERROR_CANCELLED}:
        return QueueRefused(f"The print job was canceled at {queue}.", "Choose another printer.")
    return QueueRefused(
        f"Windows can't print on {queue} (error {fault.code}).", "Look at the printer, or choose another one."
    )
