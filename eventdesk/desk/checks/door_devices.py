"""What a registration may have beside the badge printer: label printers of its routes, a turnstile."""

from collections.abc import Sequence

from eventdesk.desk.checks.check import Check, Status
from eventdesk.devices.gates.trying import look_at_gate
from eventdesk.devices.printers.labels.addresses import is_label_printer
from eventdesk.devices.printers.queues import Printers
from eventdesk.domain.printing.setup import PrintingSetup
from eventdesk.errors import DeviceError
from eventdesk.i18n import tr

_WORST = (Status.READY, Status.DEGRADED, Status.GONE)


def label_printers_of(setup: PrintingSetup) -> Sequence[str]:
    """The addresses of label printers that the settings name."""
    named = dict.fromkeys([*setup.queues, *setup.printers])
    return [queue for queue in named if is_label_printer(queue)]


def check_label_printers(printers: Printers | None, addresses: Sequence[str]) -> Check:
    """Each of them, asked now."""
    if printers is None:
        return Check("labels", Status.GONE, tr("There is no print system."), tr("Start the program anew."))
    try:
        states = {queue.name: queue.state for queue in printers.queues()}
    except DeviceError as error:
        return Check("labels", Status.GONE, tr(error.message), tr(error.remedy))
    found = [states[address] for address in addresses if address in states]
    strange = [address for address in addresses if address not in states]
    told = [f"{state.name}: {tr(state.message) if state.message else tr('It is ready.')}" for state in found]
    told += [tr("{address} is no address of a label printer.", address=address) for address in strange]
    remedies = dict.fromkeys(tr(state.remedy) for state in found if state.remedy)
    status = max([state.status for state in found], key=_WORST.index, default=Status.GONE)
    if strange:
        status, remedies[tr("Mend it in the settings.")] = Status.GONE, None
    return Check("labels", status, " ".join(told), " ".join(remedies))


def check_turnstile(address: str) -> Check:
    """Whether it can be reached: it is neither opened nor locked."""
    state = look_at_gate(address)
    if state.status is Status.READY:
        told = tr("{name} answers. To test: let somebody in at the kiosk.", name=state.name)
        return Check("turnstile", Status.READY, told)
    return Check("turnstile", state.status, tr(state.message), tr(state.remedy))
