"""What an organizer wants of the bridge to pretix."""

from dataclasses import dataclass, field

from eventdesk.desk.commands import Command


@dataclass(frozen=True, slots=True)
class PairPretix(Command):
    """`text`: the QR code's content, or an address and a one-time token. `pretix_changed` tells; then
    choose an event."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListPretixEvents(Command):
    """`pretix_events_listed` with the events that the device may see, those of a series with their dates."""


@dataclass(frozen=True, slots=True)
class BridgeEvent(Command):
    """Be the bridge of this event from now on: everything is fetched, `pretix_changed` tells how far it is.
    `log` empty: a new event here, or the one that was bridged to it before."""

    slug: str
    log: str = ""


@dataclass(frozen=True, slots=True)
class PauseBridge(Command):
    """Let the claim go: another node may be the bridge. What waits stays."""


@dataclass(frozen=True, slots=True)
class ResumeBridge(Command):
    """Be the bridge again."""


@dataclass(frozen=True, slots=True)
class TakeOverBridge(Command):
    """Be the bridge in the place of a desk that is gone; for supervisors. One that was only cut off hears of
    it as soon as it is back, and rests."""


@dataclass(frozen=True, slots=True)
class UnpairPretix(Command):
    """Tell pretix that this device ends, and forget its token. Refused while calls wait, unless `forget`."""

    forget: bool = False


@dataclass(frozen=True, slots=True)
class RotateToken(Command):
    """A new token in the place of the one in use."""


@dataclass(frozen=True, slots=True)
class ListCalls(Command):
    """`calls_listed`: the oldest first; `only_open`: those that wait or were refused."""

    only_open: bool = True
    limit: int = 200


@dataclass(frozen=True, slots=True)
class SettleCall(Command):
    """`again`: try now; else it is given up by this person, and stays listed as such. `call` 0: all
    refused ones."""

    call: int
    again: bool = True
