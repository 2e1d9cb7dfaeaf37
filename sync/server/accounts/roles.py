"""Who may let whom in. The roles' rights over facts are the meaning's (`sync/meaning.py`)."""

from collections.abc import Collection, Mapping

from sync.errors import Forbidden, Refused

HUB = "hub"
ORGANIZER = "organizer"
PEOPLE = frozenset({"door", "box_office", "kiosk", "supervisor", ORGANIZER})

# By the role of the one who makes a code.
HANDS_OUT: Mapping[str, frozenset[str]] = {
    ORGANIZER: PEOPLE | {HUB},
    "supervisor": frozenset({"door", "box_office", "kiosk"}),
}
# What a hub's word may say of its own desks: a hub that was stolen makes no other hub.
HUB_VOUCHES = PEOPLE


def may_hand_out(roles: Collection[str]) -> frozenset[str]:
    return frozenset().union(*(HANDS_OUT.get(role, frozenset()) for role in roles))


def check(asked: Collection[str], maker: Collection[str]) -> None:
    """Raises Refused (code `role`) for no role or an unknown one, Forbidden for one beyond the maker's."""
    unknown = sorted(set(asked) - PEOPLE - {HUB})
    if unknown or not asked:
        known = ", ".join(sorted(PEOPLE | {HUB}))
        words = f"There is no role {unknown[0]}" if unknown else "A code needs a role"
        raise Refused(f"{words}. Roles are: {known}.", status=400, code="role")
    beyond = sorted(set(asked) - may_hand_out(maker))
    if beyond:
        raise Forbidden(f"A desk with the role {beyond[0]} is let in by others.", status=403, code="right")


def check_logs(asked: Collection[str], maker: Collection[str]) -> list[str]:
    """The logs of a code: the maker's where none is named. Raises Forbidden for one beyond the maker's."""
    if not maker:
        return sorted(asked)
    if set(asked) - set(maker):
        raise Forbidden("A code reaches no further than its maker's own logs.", status=403, code="log")
    return sorted(asked or maker)
