"""What all situations share: an organizer, tokens with their rights, devices and gates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now
from pretix.base.models import Device, Gate, Organizer, Team

ZONE = ZoneInfo("Europe/Berlin")


def moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


@dataclass
class Organization:
    organizer: Any
    tokens: dict[str, str]
    devices: dict[str, Any]
    gates: dict[str, Any]


def make_organizer() -> Organization:
    organizer = Organizer.objects.create(name="Organizer", slug="org")
    organizer.settings.timezone = ZONE.key
    rights: dict[str, dict[str, Any]] = {
        "full": {"all_event_permissions": True, "all_organizer_permissions": True},
        "checkin_only": {"limit_event_permissions": {"event.orders:checkin": True}},
        "no_permission": {},
    }
    teams = {
        name: Team.objects.create(organizer=organizer, name=name, all_events=True, **right)
        for name, right in rights.items()
    }
    gates = {name: Gate.objects.create(organizer=organizer, name=name) for name in ("north", "south")}
    stands = {"dev1": None, "dev2": None, "dev_north": gates["north"], "dev_south": gates["south"]}
    return Organization(
        organizer,
        {name: team.tokens.create(name=name).token for name, team in teams.items()},
        {name: _device(organizer, name, gate) for name, gate in stands.items()},
        gates,
    )


def _device(organizer: Any, name: str, gate: Any) -> Any:
    return Device.objects.create(
        organizer=organizer,
        name=name,
        gate=gate,
        all_events=True,
        initialized=now(),
        api_token=f"token-of-{name}",
        unique_serial=name,
        initialization_token=name,
        security_profile="full",
    )
