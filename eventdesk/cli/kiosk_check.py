"""What of a computer stays open to a guest though the kiosk is locked: the session's part, told in words.

docs/kiosk.md says how each is closed.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eventdesk.cli.x_display import Display

XORG = ("/etc/X11/xorg.conf", "/etc/X11/xorg.conf.d", "/usr/share/X11/xorg.conf.d")
OPTION = re.compile(r'^\s*Option\s+"(\w+)"(?:\s+"?([^"\s]*)"?)?', re.IGNORECASE | re.MULTILINE)
ON = frozenset({"", "1", "on", "true", "yes"})
# Programs that mount a stick by themselves, or open a window when one is put in.
MOUNTERS = (
    "gvfs-udisks2-volume-monitor",
    "udiskie",
    "usbmount",
    "thunar",
    "nautilus",
    "nemo",
    "caja",
    "pcmanfm",
    "pcmanfm-desktop",
    "dolphin",
    "kded5",
    "kded6",
    "gsd-media-keys",
)
DESKTOPS = ("gnome-shell", "plasmashell", "xfce4-panel", "lxpanel", "mate-panel", "cinnamon")


@dataclass(frozen=True, slots=True)
class Open:
    """One way out. `remedy`: how it is closed."""

    words: str
    remedy: str


def open_ways() -> list[Open]:
    """Every way out that can be seen from this process."""
    if sys.platform == "win32":
        return [Open("Windows itself keeps Ctrl+Alt+Del.", "Use Assigned Access: see docs/kiosk.md.")]
    if sys.platform == "darwin":
        return [Open("macOS itself keeps its keys and gestures.", "See docs/kiosk.md, under macOS.")]
    running = set(processes())
    if os.environ.get("WAYLAND_DISPLAY"):
        return [
            Open(
                "This is a Wayland session: its keys and windows belong to its compositor.",
                "Start the X session of deploy/kiosk, or a compositor made for kiosks.",
            ),
            *of_programs(running),
        ]
    display = Display.opened()
    if display is None:
        return [Open("No X server answers here.", "Run this within the kiosk's own session.")]
    try:
        return [*of_display(display), *of_server(server_options(XORG)), *of_programs(running)]
    finally:
        display.close()


def of_display(display: Display) -> Iterator[Open]:
    manager = display.window_manager()
    if manager is not None:
        yield Open(
            f"A window manager runs ({manager or 'without a name'}): its keys and menus may lead out.",
            "Start the session of deploy/kiosk, which has none.",
        )
    if display.blanks():
        yield Open("The screen goes dark by itself.", "xset s off -dpms")


def of_server(options: dict[str, bool]) -> Iterator[Open]:
    if not options.get("dontvtswitch"):
        yield Open(
            "Ctrl+Alt+F1 to F12 switch to a text console.",
            "Put deploy/kiosk/10-kiosk.conf into /etc/X11/xorg.conf.d (DontVTSwitch).",
        )
    if not options.get("dontzap"):
        yield Open(
            "Ctrl+Alt+Backspace may end the X server.",
            "Put deploy/kiosk/10-kiosk.conf into /etc/X11/xorg.conf.d (DontZap).",
        )


def of_programs(running: Iterable[str]) -> Iterator[Open]:
    names = set(running)
    for name in MOUNTERS:
        if name[:15] in names:
            yield Open(
                f"{name} runs: a USB stick may be opened by itself.",
                "Start the session of deploy/kiosk, and mask udisks2 (docs/kiosk.md).",
            )
    for name in DESKTOPS:
        if name[:15] in names:
            yield Open(f"A desktop runs ({name}).", "Start the session of deploy/kiosk, which has none.")


def server_options(places: Iterable[str]) -> dict[str, bool]:
    """The switches that the X server's files set, by their names in small letters; the last one counts."""
    found: dict[str, bool] = {}
    for place in map(Path, places):
        files = sorted(place.glob("*.conf")) if place.is_dir() else [place]
        for file in files:
            text = _read(file)
            found |= {name.lower(): value.lower() in ON for name, value in OPTION.findall(text)}
    return found


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def processes(place: Path = Path("/proc")) -> Iterator[str]:
    """The names of what runs, cut to 15 letters as the kernel does."""
    for file in place.glob("[0-9]*/comm"):
        name = _read(file).strip()
        if name:
            yield name
