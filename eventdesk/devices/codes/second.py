"""A second opinion on what no rung has read: zbar on the likeliest patches, for plain text alone."""

from dataclasses import replace

from eventdesk.devices.codes.engine import Engine
from eventdesk.devices.codes.readers import available
from eventdesk.devices.codes.scene import Scene
from eventdesk.devices.codes.values import Code, Symbology

_SIDE = 512


def opinion(scene: Scene, first: Engine, formats: frozenset[Symbology]) -> tuple[Code, ...]:
    """Codes that zbar reads in a patch; none where it is not here (or is the first reader already)."""
    zbar = next((engine for engine in available() if engine.name == "pyzbar"), None)
    if zbar is None or zbar is first:
        return ()
    codes: dict[str, Code] = {}
    for box in scene.patches[:2]:
        view = scene.patch(box, _SIDE)
        for code in view.in_picture(zbar.read(view.pixels, formats)).codes:
            codes[code.text] = replace(code, reader="pyzbar patch")
    return tuple(codes.values())
