"""What a person at the till is told about a card terminal."""

from eventdesk.devices.states import DeviceState, Status
from eventdesk.devices.terminals.faults import KEY_REFUSED, Lost, Refused
from eventdesk.errors import DeviceError
from eventdesk.i18n import tr


def unreachable(name: str, trouble: Lost | Refused) -> DeviceState:
    if isinstance(trouble, Lost):
        return DeviceState(
            name,
            Status.GONE,
            "The payment service does not answer.",
            "Check this computer's network. Take cash until it answers.",
        )
    if trouble.code == KEY_REFUSED:
        return DeviceState(
            name,
            Status.GONE,
            "The payment service refuses the key of this terminal.",
            "Enter the terminal's key anew under Devices.",
        )
    return DeviceState(
        name,
        Status.GONE,
        "The payment service does not know this terminal.",
        "Choose the terminal anew under Devices.",
    )


def offline(name: str) -> DeviceState:
    return DeviceState(
        name,
        Status.GONE,
        "The card terminal is off or has no network.",
        "Switch it on and check its network. Take cash until it is back.",
    )


def trial(name: str) -> DeviceState:
    return DeviceState(
        name,
        Status.DEGRADED,
        "The card terminal is in test mode: no money is taken.",
        "Enter the key for real payments under Devices before you sell.",
    )


def impossible(name: str, no: Refused) -> DeviceError:
    """A request that was refused as such; nothing was charged."""
    if no.code == KEY_REFUSED:
        return DeviceError(
            tr("{name}: the payment service refuses the key.", name=name),
            tr("Enter the terminal's key anew under Devices."),
        )
    return DeviceError(
        tr("{name}: the payment service refuses the request: {words}", name=name, words=no.words),
        tr("Check the terminal under Devices, and the event's currency. Nothing was charged."),
    )


def foreign(name: str, currency: str) -> DeviceError:
    return DeviceError(
        tr("{name} takes no {currency}.", name=name, currency=currency),
        tr("Take cash, or use a terminal beside the till. Nothing was charged."),
    )


def silent() -> str:
    return tr("The payment service does not answer.")


def busy() -> str:
    return tr("The card terminal is busy. Nothing was charged.")


def not_there() -> str:
    return tr("The card terminal is off or has no network.")


def interrupted() -> str:
    return tr("The card terminal was given something else to do. Nothing was charged.")


def no_such_payment() -> str:
    return tr("The payment service does not know this payment.")


def other_returns() -> str:
    return tr("The payment service shows another sum paid back than this till knows of.")
