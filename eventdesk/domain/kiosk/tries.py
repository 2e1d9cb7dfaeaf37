"""How often somebody may try to find a guest by an order code or a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from eventdesk.domain.moments import moment_text, parse_moment

MOST: Final = 5
WITHIN: Final = timedelta(minutes=10)
FIRST_WAIT_S: Final = 30
LONGEST_WAIT_S: Final = 900


@dataclass(frozen=True, slots=True)
class Tries:
    """`failed`: moments of tries without success, the oldest first; `waits`: how often the kiosk has made
    people wait since it was quiet last; `until`: when it goes on, or None."""

    failed: tuple[datetime, ...] = ()
    waits: int = 0
    until: datetime | None = None

    def at(self, now: datetime) -> "Tries":
        """What still counts now. A clock that was set back lengthens no wait."""
        failed = tuple(min(one, now) for one in self.failed)
        failed = tuple(one for one in failed if now - one < WITHIN)
        until = self.until
        if until is not None and until > now:
            longest = now + timedelta(seconds=wait_after(self.waits))
            return Tries(failed, self.waits, min(until, longest))
        quiet = until is None or now - until >= WITHIN
        return Tries(failed, 0 if quiet else self.waits, None if quiet else until)

    def waiting(self, now: datetime) -> datetime | None:
        until = self.at(now).until
        return until if until is not None and until > now else None

    def left(self, now: datetime) -> int:
        return MOST - len(self.at(now).failed)

    def one_more(self, now: datetime) -> "Tries":
        """A try that has not succeeded (yet). The last one that is free begins a wait, each twice as long."""
        now_ = self.at(now)
        failed = (*now_.failed, now)
        if len(failed) < MOST:
            return Tries(failed, now_.waits, now_.until)
        waits = now_.waits + 1
        return Tries((), waits, now + timedelta(seconds=wait_after(waits)))

    def succeeded(self, now: datetime) -> "Tries":
        """The failures before it were typing errors; how long people waited still counts."""
        return Tries((), self.at(now).waits, self.at(now).until)


def wait_after(waits: int) -> int:
    """Seconds of the wait of this number, which counts from 1."""
    return int(min(FIRST_WAIT_S * 2 ** min(max(waits - 1, 0), 16), LONGEST_WAIT_S))


def kept(tries: Tries) -> dict[str, Any]:
    """As a setting."""
    until = moment_text(tries.until) if tries.until else None
    return {"failed": [moment_text(one) for one in tries.failed], "waits": tries.waits, "until": until}


def read(setting: Mapping[str, Any] | None) -> Tries:
    if not setting:
        return Tries()
    until = setting.get("until")
    failed = tuple(parse_moment(one) for one in setting["failed"])
    return Tries(failed, int(setting["waits"]), parse_moment(until) if until else None)
