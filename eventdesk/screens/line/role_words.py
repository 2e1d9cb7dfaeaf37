"""Roles by their names."""

from collections.abc import Iterable

from eventdesk.domain.staff import Role
from eventdesk.i18n import tr

# No person's role: of a node that stands between desks and the centre.
HUB = "hub"


def role_name(role: Role) -> str:
    names = {
        Role.DOOR: tr("Door"),
        Role.BOX_OFFICE: tr("Box office"),
        Role.KIOSK: tr("Kiosk"),
        Role.SUPERVISOR: tr("Supervisor"),
        Role.ORGANIZER: tr("Organizer"),
    }
    return names[role]


def role_names(roles: Iterable[str]) -> str:
    """In the order of what they may do; words that this version doesn't know as they are."""
    known = [role_name(role) for role in Role if role in set(roles)]
    strange = sorted(one for one in roles if one not in set(Role))
    return ", ".join([*known, *(tr("Hub") if one == HUB else one for one in strange)])


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, role_name(role)) for role in Role]
