"""A hub of the fleet: its way to the centre, taken step by step instead of by threads."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from sync import wire
from sync.errors import SyncError
from sync.relay.bridge import Bridge
from tests.replication.fleet.fated import FatedLine
from tests.replication.fleet.stations import Station

T = TypeVar("T")


class StationBridge(Bridge):
    """Asks the station on its own loop, which runs only then."""

    def __init__(self, station: Station) -> None:
        super().__init__(station.loop)
        self._station = station

    def ask(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._station.run(coroutine)


class LineBeyond:
    """The centre's word over a fated line; none where the line fails."""

    def __init__(self, line: FatedLine) -> None:
        self._line = line

    def heard_ms(self) -> int:
        return 0

    async def claim(self, log: str, _by: str, asked: wire.ClaimAsked) -> wire.ClaimAnswer | None:
        try:
            return await asyncio.to_thread(self._line.claim, log, asked, 1.0)
        except SyncError:
            return None

    async def allot(self, log: str, counter: str, wanted: int) -> wire.Allotment | None:
        asked = wire.AllotmentAsked(counter, wanted)
        try:
            return await asyncio.to_thread(self._line.allot, log, asked)
        except SyncError:
            return None

    async def release(self, log: str, _by: str, key: str) -> None:
        try:
            await asyncio.to_thread(self._line.release, log, key)
        except SyncError:
            return
