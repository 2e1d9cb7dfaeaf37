"""Climbing: one rung after another until a code is read or the time is up."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from eventdesk.devices.codes.engine import Engine
from eventdesk.devices.codes.rungs import Rung
from eventdesk.devices.codes.scene import Scene
from eventdesk.devices.codes.values import Found, Seen, Symbology


@dataclass(frozen=True, slots=True)
class Climb:
    """What a climb gave, and how many rungs it took (all of them where nothing was read in time)."""

    found: Found
    rungs: int


def look(scene: Scene, rung: Rung, engine: Engine, formats: frozenset[Symbology]) -> Found:
    """All that one rung shows, in pixels of the whole picture."""
    found = [
        view.in_picture(engine.read(rung.picture(view), formats, rung.binarizer))
        for view in rung.views(scene)
    ]
    codes = {
        code.text: replace(code, reader=f"{engine.name} {rung.name}") for one in found for code in one.codes
    }
    return Found(tuple(codes.values()), tuple(seen for one in found for seen in one.seen))


def climb(
    scene: Scene, rungs: Iterable[Rung], engine: Engine, formats: frozenset[Symbology], until: float
) -> Climb:
    """Look rung by rung until something is read or `until` (`time.perf_counter()`) is past.

    The last rung begun is finished, so that each call makes progress.
    """
    seen: list[Seen] = []
    count = 0
    for count, rung in enumerate(rungs, start=1):
        found = look(scene, rung, engine, formats)
        seen += found.seen
        if found.codes:
            return Climb(Found(found.codes, tuple(seen)), count)
        if time.perf_counter() >= until:
            break
    return Climb(Found((), tuple(seen)), count)
