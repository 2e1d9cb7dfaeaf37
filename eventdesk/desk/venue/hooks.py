"""What the venue tells; the hooks of the whole desk hold these too."""

from eventdesk.desk.hook import Hook
from eventdesk.desk.venue.values import FlowChanged, HelpChanged, Venue
from eventdesk.domain.venue import DeskOrder


class VenueHooks:
    def __init__(self) -> None:
        super().__init__()
        self.help_changed: Hook[HelpChanged] = Hook()
        self.venue_changed: Hook[Venue] = Hook()
        self.flow_changed: Hook[FlowChanged] = Hook()
        self.desk_ordered: Hook[DeskOrder] = Hook()
