"""What the bridge tells; the hooks of the whole desk hold these too."""

from eventdesk.desk.hook import Hook
from eventdesk.desk.pretix.values import BridgeState, CallsListed, PretixEventsListed


class PretixHooks:
    def __init__(self) -> None:
        super().__init__()
        self.pretix_changed: Hook[BridgeState] = Hook()
        self.pretix_events_listed: Hook[PretixEventsListed] = Hook()
        self.calls_listed: Hook[CallsListed] = Hook()
