"""The camera: is it there, do pictures come, how many a second, is there light."""

from collections.abc import Callable
from dataclasses import dataclass

from eventdesk.desk.checks.check import Check, Status
from eventdesk.devices.states import DeviceState
from eventdesk.i18n import tr

SLOW_FPS = 8.0
DARK = 40.0
BRIGHT = 225.0


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What was seen of a camera for a moment: pictures a second, mean brightness (0 to 255), pixels."""

    state: DeviceState
    fps: float = 0.0
    brightness: float = 0.0
    width: int = 0
    height: int = 0


def check_camera(glimpse: Callable[[str], Glimpse] | None, source: str) -> Check:
    """`glimpse` watches the source for a moment; None where this desk can't."""
    if not source or glimpse is None:
        remedy = tr("Choose one in the settings, or leave it where only hand scanners are used.")
        return Check("camera", Status.DEGRADED, tr("No camera is chosen."), remedy)
    seen = glimpse(source)
    if seen.fps == 0:
        told = tr(seen.state.message) if seen.state.message else tr("No pictures come.")
        remedy = tr(seen.state.remedy) or tr("Plug the camera in, or choose another one in the settings.")
        return Check("camera", Status.GONE, told, remedy)
    return _by_picture(seen)


def _by_picture(seen: Glimpse) -> Check:
    figures = (("fps", round(seen.fps, 1)), ("brightness", round(seen.brightness)))
    if seen.brightness < DARK:
        told, remedy = tr("The picture is very dark."), tr("Take the cover off or bring light.")
    elif seen.brightness > BRIGHT:
        told, remedy = tr("The picture is very bright."), tr("Turn the camera away from the light.")
    elif seen.fps < SLOW_FPS:
        told = tr("Only {fps} pictures come a second.", fps=round(seen.fps, 1))
        remedy = tr("Use another USB socket, or close programs that use the camera.")
    else:
        size = f"{seen.width} × {seen.height}"
        told = tr("{size}, {fps} pictures a second.", size=size, fps=round(seen.fps))
        return Check("camera", Status.READY, told, figures=figures)
    return Check("camera", Status.DEGRADED, told, remedy, figures)
