"""This desk's own keys for signed tickets: one for each event, made before it is needed.

The door asks from memory alone: no guest waits for a keyring. Where no key is at hand, a ticket gets a
random code as it always did, and the next one is signed.
"""

import logging
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from eventdesk.desk.upstream.membership import Keeps
from eventdesk.desk.upstream.present import Present
from eventdesk.domain import members
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.rights import Right
from eventdesk.domain.signed import SignedTicket, mark
from eventdesk.domain.training import marked
from eventdesk.signing.keyring import NewKey, key_of, new_key
from eventdesk.signing.tickets import issue
from eventdesk.storage.store import Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Removed(Exception):
    """An organizer has ended the key at hand."""

    log: str


class Signer:
    """`key` and `signed` never wait; `prepare` and `renew` may, for the keyring. From any thread.

    `wanted` is told of an event whose key was not at hand.
    """

    def __init__(self, secrets: Keeps, present: Present) -> None:
        self._secrets = secrets
        self._present = present
        self._keys: dict[str, NewKey] = {}
        self.wanted: Callable[[str], None] = lambda _log: None

    def key(self, log_id: str) -> NewKey | None:
        return self._keys.get(log_id)

    def prepare(self, log_id: str, removed: frozenset[str] = frozenset()) -> NewKey:
        """The key kept, or a new one where there is none or it is among the `removed`. Raises
        KeyringUnavailable."""
        kept = self._secrets.get(_name(log_id))
        found = None if kept is None else key_of(kept)
        if found is None or found.id in removed:
            return self.renew(log_id)
        self._keys[log_id] = found
        return found

    def renew(self, log_id: str) -> NewKey:
        """A new key in the place of the old, which signs nothing any more. Raises KeyringUnavailable."""
        key = new_key()
        self._secrets.put(_name(log_id), key.private)
        self._keys[log_id] = key
        return key

    def definition(self, tx: Transaction, log_id: str, key: NewKey) -> list[Draft]:
        """What must stand before whatever the key signs first. Raises Removed."""
        known = {one.key.id: one.removed for one in tx.ticket_keys_ever(log_id)}
        if known.get(key.id):
            self._keys.pop(log_id, None)
            raise Removed(log_id)
        return [] if key.id in known else [defined(key)]

    def signed(self, tx: Transaction, log_id: str, drafts: Sequence[Draft], now: datetime) -> list[Draft]:
        """The drafts, of which tickets have a signed code, after the key's own fact where it is new. As they
        were where nothing can be signed: nobody waits for it, and it never fails. In a training they are
        marked instead."""
        if self._present.is_training:
            return [_marked(one) for one in drafts]
        if not self._present.allows(log_id, Right.SELL):
            return list(drafts)
        key = self.key(log_id)
        try:
            if key is None:
                raise Removed(log_id)
            before = self.definition(tx, log_id, key)
            return before + [_signed(log_id, one, key, now) for one in drafts]
        except Removed:
            log.warning("a ticket of %s gets a random code: no key is at hand to sign it", log_id)
            self.wanted(log_id)
        except ValueError as error:
            log.warning("a ticket of %s gets a random code: %s", log_id, error)
        return list(drafts)


def _marked(draft: Draft) -> Draft:
    if draft.kind is not Kind.TICKET_ISSUED:
        return draft
    return replace(draft, payload={**draft.payload, "secret": marked(draft.payload["secret"])})


def defined(key: NewKey) -> Draft:
    return Draft(Kind.TICKET_KEY_DEFINED, key.id, {"public_key": b64encode(key.public).decode()})


def _signed(log_id: str, draft: Draft, key: NewKey, now: datetime) -> Draft:
    if draft.kind is not Kind.TICKET_ISSUED:
        return draft
    code = issue(_ticket(log_id, draft.subject, draft.payload, now), key.private, key.id)
    return replace(draft, payload={**draft.payload, "secret": code})


def _ticket(log_id: str, id_: str, payload: Any, now: datetime) -> SignedTicket:
    """Raises BadPayload, which is a ValueError."""
    variation = members.optional_text(payload, "variation")
    session = members.optional_text(payload, "session")
    return SignedTicket(
        ticket=id_,
        event=log_id,
        product=mark(members.text(payload, "product")),
        issued=now.replace(microsecond=0),
        variation=mark(variation) if variation else None,
        session=mark(session) if session else None,
        valid_from=_whole(members.optional_moment(payload, "valid_from")),
        valid_until=_whole(members.optional_moment(payload, "valid_until")),
    )


def _whole(at: datetime | None) -> datetime | None:
    return at and at.replace(microsecond=0)


def _name(log_id: str) -> str:
    """Events may be called anything; an entry's name may not."""
    return f"ticket key {sha256(log_id.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
