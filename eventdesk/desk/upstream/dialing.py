"""The way to a node over the network."""

from collections.abc import Callable

from eventdesk.desk.upstream.membership import Node
from sync.client.http import HttpUpstream


def dial(node: Node, token: Callable[[], str]) -> HttpUpstream:
    """`eventdesk.desk.upstream.reach.Dial`. Opens nothing yet. Raises BadAddress."""
    return HttpUpstream(node.address, token, bytes.fromhex(node.fingerprint), node=node.id)
