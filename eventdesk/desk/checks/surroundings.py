"""The keyring, the sound and the fonts: what the operating system lends."""

import os
import sys
from pathlib import Path

from eventdesk.badges import fonts
from eventdesk.desk.checks.check import Check, Status
from eventdesk.errors import KeyringUnavailable
from eventdesk.i18n import tr
from eventdesk.storage import keys

SCRIPTS = {
    "Noto Sans": ("Noto Sans",),
    "Hebrew": ("Noto Sans Hebrew",),
    "Arabic": ("Noto Sans Arabic",),
    "Devanagari": ("Noto Sans Devanagari",),
    "Thai": ("Noto Sans Thai",),
    "Chinese, Japanese, Korean": (
        "Noto Sans CJK SC",
        "Microsoft YaHei",
        "PingFang SC",
        "Hiragino Sans",
    ),
    "emoji": ("Noto Color Emoji", "Segoe UI Emoji", "Apple Color Emoji"),
}


def check_keyring() -> Check:
    """Asks the keyring for a key that is not there: one that is locked or dead answers late or never."""
    try:
        backend = keys.safe_backend()
    except KeyringUnavailable:
        told = tr("There is none: the passphrase is asked for at each start.")
        return Check("keyring", Status.DEGRADED, told, tr("Install a keyring, such as gnome-keyring."))
    backend.get_password(keys.SERVICE, "doctor")
    return Check("keyring", Status.READY, tr("It answers ({name}).", name=backend.name))


def check_sound() -> Check:
    """Whether there is a sound service to play to."""
    if not sys.platform.startswith("linux") or _sound_service():
        return Check("sound", Status.READY, tr("There is a sound service."))
    told = tr("No sound service runs: verdicts are seen, not heard.")
    return Check("sound", Status.DEGRADED, told, tr("Start PulseAudio or PipeWire."))


def check_fonts() -> Check:
    """Whether every script that badges promise has a font."""
    missing = [script for script, families in SCRIPTS.items() if not any(map(fonts.has, families))]
    if not missing:
        return Check("fonts", Status.READY, tr("Every script has its font."))
    told = tr("No font for: {scripts}.", scripts=", ".join(missing))
    remedy = tr("Install fonts-noto-cjk and fonts-noto-color-emoji, or what your system calls them.")
    return Check("fonts", Status.DEGRADED, told, remedy)


def _sound_service() -> bool:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}"))
    sockets = (runtime / "pulse" / "native", runtime / "pipewire-0")
    return bool(os.environ.get("PULSE_SERVER")) or any(socket.exists() for socket in sockets)
