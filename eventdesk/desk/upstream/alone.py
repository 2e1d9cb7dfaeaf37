"""A desk without a line: what the door needs of one, where nobody is to be asked."""

from collections.abc import Callable

from eventdesk.desk.preferences import Preferences
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.desk.upstream.claims import Claims
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.membership import Membership, Node
from eventdesk.desk.upstream.present import Present
from eventdesk.desk.upstream.reach import Reach
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store
from sync.client.port import Upstream
from sync.errors import Unreachable


def alone(store: Store, preferences: Preferences) -> AtDoor:
    membership, clock = Membership(store, Secrets(store)), DeskClock()
    reach = Reach(membership, clock, _nowhere)
    claims = Claims(membership, reach, preferences, lambda: None)
    return AtDoor(Present(membership, preferences, clock), claims)


def _nowhere(node: Node, token: Callable[[], str]) -> Upstream:
    raise Unreachable(f"This desk works alone: it has no way to {node.name}, nor {token() or 'a token'}.")
