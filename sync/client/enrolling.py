"""How a desk comes in: once by an invitation, later by its key."""

from typing import NamedTuple

from sync import keys, pairing, wire
from sync.client.port import Upstream
from sync.errors import WrongNode


class Enrolled(NamedTuple):
    """`secret`: what was in the box that the code opens (the event's pepper), empty where there was none."""

    signed_in: wire.SignedIn
    secret: bytes


def enrol(
    upstream: Upstream,
    invitation: pairing.Invitation,
    desk: str,
    name: str,
    pair: keys.KeyPair,
    hub: wire.HubReached | None = None,
) -> Enrolled:
    """Pair this desk with the node that the invitation is of. `hub`: where desks reach it, if it is one.

    The same code with the same key may be tried again after a lost answer. Raises SyncError, and
    BadCode where the box is not one of this code.
    """
    hello = upstream.hello()
    lookup = pairing.lookup(invitation.code)
    signature = pair.sign(keys.enrol_message(desk, lookup))
    error_ms = _clock_error_ms(upstream)
    signed_in = upstream.enrol(wire.EnrolAsked(lookup, desk, name, pair.public, signature, hub, error_ms))
    _same(hello.node, signed_in.node)
    sealed = signed_in.sealed
    return Enrolled(signed_in, pairing.unseal(invitation.code, sealed) if sealed else b"")


def sign_in(
    upstream: Upstream, desk: str, pair: keys.KeyPair, node: str, hub: wire.HubReached | None = None
) -> wire.SignedIn:
    """A new token from the node that knows this desk. Raises SyncError.

    The signature bears the node's time, asked just before: a desk's clock may be wrong by days.
    """
    hello = upstream.hello()
    _same(node, hello.node)
    at_ms = hello.now_ms
    signature = pair.sign(keys.sign_in_message(node, desk, at_ms))
    return upstream.sign_in(wire.SignInAsked(desk, at_ms, signature, hub, _clock_error_ms(upstream)))


def _clock_error_ms(upstream: Upstream) -> int:
    contact = upstream.last_contact()
    return contact.clock_error_ms if contact else 0


def _same(node: str, answering: str) -> None:
    if node != answering:
        raise WrongNode(
            "Another server answers than the one that this desk is paired with.",
            "Check the address, or pair this desk with the new server.",
        )
