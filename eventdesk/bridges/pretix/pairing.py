"""From a one-time token of pretix' list of devices to a device that may ask. The token goes to the
keyring."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from eventdesk import __version__
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixRefused, PretixSilent
from eventdesk.errors import BadInput
from eventdesk.i18n import tr

_AGAIN = "Make a new device in pretix (Organizer, Devices), and paste or scan its code."


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the QR code of a new device says, or a person types: where the server is, and the one-time
    token."""

    address: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Device:
    """A device as pretix knows it. `profile`: what it may do ("full", "pretixscan" ...); `gate`: pretix'
    id, or None."""

    address: str
    organizer: str
    device: int
    serial: str
    name: str
    profile: str
    gate: int | None = None
    gate_name: str = ""

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def read_invitation(text: str) -> Invitation:
    """Of the QR code's JSON, or of an address and a token parted by white space. Raises BadInput."""
    text = text.strip()
    if text.startswith("{"):
        try:
            said = json.loads(text)
            return Invitation(str(said["url"]), str(said["token"]))
        except (ValueError, KeyError, TypeError):
            raise BadInput("This is not the code of a pretix device.", _AGAIN) from None
    match text.split():
        case [address, token]:
            return Invitation(address, token)
    raise BadInput("An address and a token are needed.", _AGAIN)


def pair(invitation: Invitation, name: str = "") -> tuple[Device, str]:
    """The device, and its token, which is for the keyring alone. Raises PretixError, or BadInput for a
    token that is used up or unknown; `name` is this computer's, as pretix shall show it."""
    api = Api(invitation.address)
    try:
        answer = api.post("device/initialize", {"token": invitation.token, **about(name)})
    except PretixRefused as error:
        raise BadInput(tr("pretix does not take this token: {words}", words=error.words), _AGAIN) from error
    return _device(api.address, answer.data), str(answer.data["api_token"])


def renew(api: Api) -> str:
    """A new token in the place of the one that `api` uses, which ends. Raises PretixError."""
    return str(api.post("device/roll", {}).data["api_token"])


def revoke(api: Api) -> None:
    """This device ends; pretix keeps what it did. Raises PretixError."""
    api.post("device/revoke", {})


def tell_version(api: Api, name: str = "") -> Device:
    """Tell pretix what runs here; its answer is the device as it is now. Raises PretixError."""
    return _device(api.address, api.post("device/update", about(name)).data)


def about(name: str) -> dict[str, object]:
    return {
        "hardware_brand": platform.machine() or "unknown",
        "hardware_model": name or "EventDesk",
        "os_name": platform.system() or "unknown",
        "os_version": platform.release() or "unknown",
        "software_brand": "EventDesk",
        "software_version": __version__,
    }


def _device(address: str, said: Mapping[str, Any]) -> Device:
    try:
        gate = said.get("gate") or {}
        return Device(
            address=address,
            organizer=str(said["organizer"]),
            device=int(said["device_id"]),
            serial=str(said["unique_serial"]),
            name=str(said["name"]),
            profile=str(said.get("security_profile") or "full"),
            gate=gate.get("id"),
            gate_name=str(gate.get("name") or ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PretixSilent(
            tr("{address} answers what is no pretix device.", address=address), "Check the address."
        ) from error
