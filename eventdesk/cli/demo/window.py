"""The demo's window: a real desk over a throw-away database, at the door of the demo event."""

import argparse
import logging
from pathlib import Path
from typing import Any

from eventdesk import config
from eventdesk.cli.demo.film import write_film
from eventdesk.cli.demo.script import play
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import OpenCamera
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.desk.hooks import DeviceChanged
from eventdesk.devices.camera.listing import cameras
from eventdesk.devices.states import Status
from eventdesk.domain.decision import Mode
from eventdesk.screens.messages import catch_everything

FILM = "tickets.avi"
TICKETS = (
    "hl-ada-7QX4M2",
    "hl-amina-3VB5J2",
    "hl-ole-1HP2X6",
    "hl-zoe-5LD7Y9",
    "hl-petra-7KJ4T3",
    "hl-max-4FK8D1",
    "not-a-ticket-of-ours",
    "hl-ada-7QX4M2",
)


def show(args: argparse.Namespace, folder: Path, key: bytes, scripted: bool) -> int:
    """Open the window for a person, or play the script. `args.stage` builds desk and window."""
    logging.basicConfig(level=logging.ERROR)
    stage = args.stage(config.load(folder), key)
    catch_everything(stage.messages)
    chosen = {
        keys.PRINTER: "pdf-folder",
        keys.CAMERA_SOURCE: args.camera or _camera(folder, scripted),
        keys.CAMERA_MIRRORED: False,
        keys.DOOR: {"log": LOG, "list": LIST, "gate": "north", "mode": Mode.ENTRY},
    }
    for setting, value in chosen.items():
        stage.desk.preferences.put(setting, value)
    with stage.desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(utc_now()))
    if scripted:
        return play(stage, args.output, len(TICKETS))
    _repeat_the_film(stage.desk)
    print(f"Badges of this demo are in {folder / 'badges'}; all of it goes when the window is closed.")
    return int(stage.run())


def _repeat_the_film(desk: Any) -> None:
    """A film is shown once; the demo's guests come again and again."""

    def again(changed: DeviceChanged) -> None:
        if changed.device == "camera" and changed.state.status is Status.GONE:
            desk.engine.post(OpenCamera())

    if str(desk.preferences.get(keys.CAMERA_SOURCE)).endswith(FILM):
        desk.hooks.device_changed.connect(again)


def _camera(folder: Path, scripted: bool) -> str:
    """The machine's camera; where there is none, or nobody to hold tickets up, a film of one."""
    found = () if scripted else cameras()
    if found:
        return found[0].source
    film = folder / FILM
    print(f"Making a film of {len(TICKETS)} tickets held up to a webcam ...", flush=True)
    write_film(TICKETS, film)
    return str(film)
