"""What a desk knows beside its own tables: an event whose guests are still on their way."""

from typing import TYPE_CHECKING, Protocol

from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.tickets import Presented, Ticket

if TYPE_CHECKING:
    from eventdesk.storage.reading import Reading


class Aside(Protocol):
    """`own` is the desk's own view, whose passes count too."""

    @property
    def log(self) -> str: ...

    def catalogue(self) -> Catalogue: ...

    def presented(self, own: "Reading", code: str) -> Presented: ...

    def ticket(self, own: "Reading", ticket_id: str) -> Ticket | None: ...

    def order_tickets(self, own: "Reading", order_id: str) -> tuple[Ticket, ...]: ...
