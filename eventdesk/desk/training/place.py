"""Where training happens: a folder beside the desk's, made anew each time, and gone at the end.

Its key is made up at random and kept nowhere: what a crash leaves behind is noise, and is removed at the
next training.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from eventdesk import config
from eventdesk.config import Config
from eventdesk.desk import settings as keys
from eventdesk.desk.training.seed import Seed, drafts_of
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Kind
from eventdesk.domain.training import LOG
from eventdesk.storage.connecting import KEY_BYTES, SALTED_KEY_BYTES
from eventdesk.storage.keys import Protection
from eventdesk.storage.store import Store

SUFFIX: Final = "-training"
PREFIX: Final = "desk-"
PDF_FOLDER: Final = "pdf-folder"
TERMINAL: Final = "Training terminal"


def beside(folder: Path) -> Path:
    """Of a desk's folder the one where its training happens."""
    return folder.with_name(folder.name + SUFFIX)


def new_folder(parent: Path, is_left: Callable[[Path], bool]) -> Path:
    """A folder of its own for this training. Those of `is_left` (nobody uses them) are removed first."""
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in parent.glob(f"{PREFIX}*"):
        if folder.is_dir() and not folder.is_symlink() and is_left(folder):
            remove(folder)
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))


def remove(folder: Path) -> None:
    """The folder of one training, and the one that holds them once it is empty."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.parent.rmdir()
    except OSError:
        return  # another training goes on there


def new_key() -> bytes:
    """For this process alone: its salt says that secrets lie in the database, never in the keyring."""
    salt = bytearray(os.urandom(SALTED_KEY_BYTES - KEY_BYTES))
    salt[-1] = salt[-1] & ~1 | Protection.PASSPHRASE
    return os.urandom(KEY_BYTES) + bytes(salt)


def furnish(folder: Path, key: bytes, seed: Seed, now: datetime) -> Config:
    """Make the training's database. Raises StorageError, and BadInput where the seed is damaged."""
    settings = config.load(folder)
    drafts = drafts_of(seed, now)
    lists = [one.subject for one in drafts if one.kind is Kind.LIST_DEFINED]
    gates = [one.subject for one in drafts if one.kind is Kind.GATE_DEFINED]
    kept = {
        **seed.settings,
        keys.TRAINING: True,
        keys.TILL_LOG: LOG,
        keys.PRINTER: PDF_FOLDER,
        keys.CAMERA_SOURCE: "",  # the real desk's, perhaps
        keys.TERMINALS: [{"kind": "made up", "name": TERMINAL}],
    }
    if lists:
        gate = gates[0] if gates else None
        kept[keys.DOOR] = {"log": LOG, "list": lists[0], "gate": gate, "mode": Mode.ENTRY}
    store = Store.open(settings.database, key, settings.desk)
    try:
        with store.transaction() as tx:
            for name, value in kept.items():
                tx.settings.put(name, value)
            tx.append(LOG, drafts)
    finally:
        store.close()
    return settings
