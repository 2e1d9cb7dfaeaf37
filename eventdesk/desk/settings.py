"""The desk-local settings: their keys, their defaults, what each means. Kept by `PutSetting`."""

from typing import Any, Final

LANGUAGE: Final = "language"
THEME: Final = "theme"
SCALE: Final = "scale"
TOUCH: Final = "touch"
SOUNDS: Final = "sounds"
CAMERA_SOURCE: Final = "camera.source"
CAMERA_MIRRORED: Final = "camera.mirrored"
PRINTER: Final = "printer"
LAYOUT: Final = "badge.layout"
SCANNER_PREFIX: Final = "scanner.prefix"
SCANNER_SUFFIX: Final = "scanner.suffix"
STATION: Final = "station"
CODE_FORMATS: Final = "codes.formats"
AUTO_PRINT: Final = "print.auto"
MAY_FORCE: Final = "rights.force"
DOOR: Final = "door"

# "theme" is system, light or dark; "scale" a percentage (80 to 200); "touch" makes controls a finger
# high; "camera.source" a device number, a film, a folder or an address, empty for no camera; "printer" a
# queue's name, empty for none; "badge.layout" the layout for products without one of their own;
# "codes.formats" the symbologies of this event's tickets (`devices.codes.values.Symbology`); "print.auto"
# prints a badge with each first entry where a printer is set; "rights.force" lets this desk overrule a
# refusal; "door" is where the desk stood last.
DEFAULTS: Final[dict[str, Any]] = {
    LANGUAGE: "",
    THEME: "system",
    SCALE: 100,
    TOUCH: False,
    SOUNDS: True,
    CAMERA_SOURCE: "0",
    CAMERA_MIRRORED: True,
    PRINTER: "",
    LAYOUT: "card",
    SCANNER_PREFIX: "",
    SCANNER_SUFFIX: "",
    STATION: "",
    CODE_FORMATS: ["QRCode"],
    AUTO_PRINT: True,
    MAY_FORCE: True,
    DOOR: None,
}
