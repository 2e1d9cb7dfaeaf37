"""What stands on the table: code readers, hand scanner, printer."""

from eventdesk.desk.checks.check import Check, Status
from eventdesk.devices.codes import readers
from eventdesk.devices.printers.queues import Printers, QueueInfo
from eventdesk.devices.printers.rack import Rack
from eventdesk.errors import DeviceError
from eventdesk.i18n import tr


def check_readers() -> Check:
    """Which of the programs that read codes are here; one is enough, each adds what it reads best."""
    states = readers.states()
    here = [state.name for state in states if state.status is Status.READY]
    missing = [state for state in states if state.status is not Status.READY]
    if not missing:
        return Check("readers", Status.READY, tr("All are here: {names}.", names=", ".join(here)))
    worst = Status.GONE if any(state.status is Status.GONE for state in missing) else Status.DEGRADED
    remedy = " ".join(tr(state.remedy) for state in missing)
    return Check("readers", worst, " ".join(tr(state.message) for state in missing), remedy)


def check_scanner() -> Check:
    """A hand scanner types as a keyboard does: nobody can tell that one is there before it is used."""
    told = tr("Hand scanners work by themselves, on every page.")
    return Check("scanner", Status.READY, told, tr("To test: scan any code; it is shown here."))


def check_printer(printers: Printers | None, chosen: str) -> Check:
    """The state of the queue set for this desk, in the print system's own words."""
    if printers is None:
        return Check("printer", Status.GONE, tr("There is no print system."), tr("Install CUPS."))
    try:
        queues = printers.queues()
    except DeviceError as error:
        return Check("printer", Status.GONE, tr(error.message), tr(error.remedy))
    if not chosen:
        remedy = tr("Choose one in the settings, or leave it where no badges are printed.")
        return Check("printer", Status.DEGRADED, tr("No printer is chosen."), remedy)
    queue = next((one for one in queues if one.name == chosen), None)
    if queue is None and isinstance(printers, Rack) and any(why := printers.trouble()):
        return Check("printer", Status.GONE, tr(why[0]), tr(why[1]))
    if queue is None:
        told = tr("There is no printer {name} any more.", name=chosen)
        return Check("printer", Status.GONE, told, tr("Choose another one in the settings."))
    return _of_queue(queue)


def _of_queue(queue: QueueInfo) -> Check:
    state = queue.state
    told = tr(state.message) if state.message else tr("It is ready.")
    return Check("printer", state.status, f"{queue.description or queue.name}: {told}", tr(state.remedy))
