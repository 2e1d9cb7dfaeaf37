"""The ticket that a row makes or changes."""

from typing import Any

from eventdesk.bridges.files import values
from eventdesk.bridges.files.definitions import Definitions
from eventdesk.bridges.files.entries import Entry
from eventdesk.bridges.files.identity import id_of, made_code
from eventdesk.bridges.files.quoting import bare
from eventdesk.bridges.files.states import CANCELED
from eventdesk.bridges.files.values import Unreadable
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Field
from eventdesk.domain.moments import moment_text
from eventdesk.domain.tickets import Ticket, Via
from eventdesk.storage.reading import Reading


class Tickets:
    """Builds the members of tickets. `codes_made` counts the codes that were made."""

    def __init__(self, reading: Reading, log: str, definitions: Definitions, default_product: str) -> None:
        self._reading = reading
        self._log = log
        self._was_empty = reading.guest_count(log) == 0
        self._definitions = definitions
        self._default_product = default_product
        self._mains: dict[tuple[str, ...], str] = {}
        self.codes_made = 0

    def members(self, entry: Entry, ticket: Ticket | None) -> dict[str, Any]:
        """What the row says of its ticket. Raises Unreadable."""
        members = dict(entry.ticket_members)
        self._add_product(members, entry, ticket)
        if entry.session:
            members["session"] = self._definitions.session(entry.session)
        if entry.status:
            members["canceled"] = members.get("canceled", False) or entry.status == CANCELED
        if entry.answers:
            before = dict(ticket.answers) if ticket else {}
            members["answers"] = {**before, **self._definitions.answers(entry.answers)}
        if entry.addon_to:
            members["addon_to"] = self._main(entry.addon_to, entry.order)
        return members

    def _add_product(self, members: dict[str, Any], entry: Entry, ticket: Ticket | None) -> None:
        name = entry.product
        if not name and ticket:
            return
        if not (name := name or self._default_product):
            raise Unreadable("The row names no product.", field=Field.PRODUCT)
        product, variation = self._definitions.product_and_variation(name, entry.variation)
        members["product"] = product
        if variation or (ticket and ticket.product != product):
            members["variation"] = variation

    def _main(self, name: str, order: str) -> str:
        """The id of the ticket that this one is an add-on of."""
        kinds = [("position", order, name), ("reference", name), ("code", name)]
        for key in kinds:
            if key in self._mains:
                return self._mains[key]
        if not (found := self._standing([id_of(self._log, *key) for key in kinds], name)):
            raise Unreadable(
                "The main ticket {name} is neither in a row above nor in the event.",
                name=values.quoted(name),
                field=Field.ADDON_TO,
            )
        return found[0]

    def _standing(self, ids: list[str], code: str) -> list[str]:
        """Ids of tickets that the event had before."""
        if self._was_empty:  # and must not be asked while it is filled: see append_bulk
            return []
        known = self._reading.tickets_by_id(self._log, ids)
        found = [known[id_].id for id_ in ids if id_ in known]
        return found + [one.id for one in self._reading.tickets_by_secret(self._log, [code]).values()]

    def remember_main(self, entry: Entry, id_: str) -> None:
        """Later rows may be add-ons of this one."""
        if entry.position:
            self._mains["position", entry.order, entry.position] = id_
        if entry.reference:
            self._mains["reference", entry.reference] = id_
        if entry.code:
            self._mains["code", entry.code] = id_

    def drafts(self, entry: Entry, id_: str, ticket: Ticket | None, members: dict[str, Any]) -> list[Draft]:
        """The fact that makes or changes the ticket; none where it is as the row says."""
        code = entry.code
        if ticket is None:
            if not code:
                code = made_code()
                self.codes_made += 1
            return [Draft(Kind.TICKET_ISSUED, id_, {**members, "secret": code})]
        if code and code != ticket.secret and not self._is_revoked(code, ticket):
            members["secret"] = code
        changed = {name: value for name, value in members.items() if not _is_as(ticket, name, value)}
        return [Draft(Kind.TICKET_CHANGED, id_, changed)] if changed else []

    def _is_revoked(self, code: str, ticket: Ticket) -> bool:
        """Whether the list still has the code that was taken from this ticket at a desk."""
        presented = self._reading.presented(self._log, code)
        return (
            presented.via is Via.REVOKED and presented.ticket is not None and presented.ticket.id == ticket.id
        )


def _is_as(ticket: Ticket, member: str, value: Any) -> bool:
    """Whether the ticket has what a row says, but for what no file carries (control characters, guards)."""
    if member == "order":
        return bool(ticket.order.id == value)
    standing = getattr(ticket, member)
    if member in _MOMENTS:
        return standing is not None and moment_text(standing) == value
    if isinstance(standing, str) and standing != value:
        read = values.long_text if member == "notes" else values.clean
        return bare(read(standing)) == bare(str(value))
    return bool(standing == value)


_MOMENTS = frozenset(["valid_from", "valid_until"])
