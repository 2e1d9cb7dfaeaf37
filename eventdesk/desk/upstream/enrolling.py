"""Coming to a node by an invitation; and what a node's no means, in words."""

import socket
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.membership import PEPPER, Membership, Node, Pairing
from eventdesk.desk.upstream.reach import Reach
from eventdesk.desk.upstream.training import refuse
from eventdesk.desk.upstream.troubles import in_words
from eventdesk.errors import BadInput, EventDeskError, NotAllowed
from sync import pairing, wire
from sync.client.address import BadAddress
from sync.client.enrolling import Enrolled, enrol
from sync.client.port import Upstream
from sync.client.recognising import recognised
from sync.errors import NotEventDesk, Refused, SyncError, Unreachable, WrongNode

_PORTAL: Final = Trouble(
    "",
    "Something else than a hub or a server answers there.",
    "Check the address. The network may want a log-in page first: open a browser and log in there.",
)

_STRANGER: Final = Trouble(
    "",
    "What answers there is not the hub or the server that this code is of.",
    "Check the address, and that this is the right network. Nothing was sent to it.",
)
_SILENCE: Final = Trouble(
    "",
    "Nothing answers at this address.",
    "Check the address, and that both computers are on the same network.",
)
_AT_FIRST: Final[Mapping[type[SyncError], Trouble]] = {
    NotEventDesk: _PORTAL,
    WrongNode: _STRANGER,
    Unreachable: _SILENCE,
}


def enrolled(
    membership: Membership, reach: Reach, clock: DeskClock, text: str, address: str = "", name: str = ""
) -> tuple[Node, wire.SignedIn]:
    """Pair this desk, and keep what it was given. Raises BadInput, NotAllowed or EventDeskError."""
    if membership.is_training:
        refuse()
    invitation = _invitation(text, address.strip())
    if not text.lstrip().startswith(pairing.PREFIX):
        invitation = _recognised(reach, invitation)
    fingerprint = invitation.fingerprint.hex()
    upstream = _opened(reach, invitation)
    try:
        hello = upstream.hello()
        clock.heard(upstream.last_contact())
        shown = name.strip() or socket.gethostname()
        found = enrol(upstream, invitation, membership.store.desk, shown, membership.keys())
    except SyncError as error:
        raise _at_first(error) from error
    except pairing.BadCode as error:
        raise BadInput("The code does not open what was sealed with it.", "Ask for a new code.") from error
    finally:
        reach.let_go(upstream)
    node = Node(
        hello.node,
        hello.name or urlsplit(invitation.address).netloc,
        hello.kind,
        invitation.address,
        fingerprint,
    )
    _keep(membership, node, found, clock)
    return node, found.signed_in


def _opened(reach: Reach, invitation: pairing.Invitation) -> Upstream:
    try:
        return reach.opened(Node("", "", "", invitation.address, invitation.fingerprint.hex()))
    except BadAddress as error:
        raise BadInput(error.message, "Type it as https://host:port.") from error


def _recognised(reach: Reach, invitation: pairing.Invitation) -> pairing.Invitation:
    """What was typed tells no certificate. Where no authority knows it, the node must know the code."""
    upstream = _opened(reach, invitation)
    try:
        upstream.hello()
    except WrongNode:
        return _proved(invitation)
    except SyncError as error:
        raise _at_first(error) from error
    finally:
        reach.let_go(upstream)
    return invitation


def _proved(invitation: pairing.Invitation) -> pairing.Invitation:
    try:
        return invitation._replace(fingerprint=recognised(invitation.address, invitation.code))
    except SyncError as error:
        raise _at_first(error) from error


def _keep(membership: Membership, node: Node, found: Enrolled, clock: DeskClock) -> None:
    if found.secret:
        membership.secrets.put(PEPPER, found.secret)
    membership.forget()
    membership.put(Pairing(node, met_ms=clock.wall_ms()))
    membership.signed_in(node, found.signed_in)


def _invitation(text: str, address: str) -> pairing.Invitation:
    try:
        invitation = pairing.read_invitation(text)
    except pairing.BadCode as error:
        raise BadInput(
            "This is no code and no invitation, or a part of it is missing.",
            "Scan it again, or type all twenty letters and digits; no I, O, 0 and 1 are among them.",
        ) from error
    if address:
        invitation = invitation._replace(address=address)
    if not invitation.address:
        raise BadInput("A code alone does not say where the hub is.", "Choose the hub, or type its address.")
    return invitation


def refusal(error: SyncError) -> EventDeskError:
    """The node's no, in our words."""
    words = in_words(error)
    if isinstance(error, Refused) and error.code == "code":
        return BadInput(words.message, words.remedy)
    kind = NotAllowed if isinstance(error, Refused) and error.status == 403 else EventDeskError
    return kind(words.message, words.remedy)


def _at_first(error: SyncError) -> EventDeskError:
    """The same while nothing is known yet of who answers there."""
    words = _AT_FIRST.get(type(error))
    return EventDeskError(words.message, words.remedy) if words else refusal(error)
