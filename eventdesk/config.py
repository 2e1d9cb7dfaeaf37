"""What the program must know before its database is open: where it lies, and which desk this is."""

import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from eventdesk.errors import BadInput

FILE_NAME = "desk.json"
_DESK_ID = re.compile(r"[a-z0-9]{4,32}\Z")


@dataclass(frozen=True, slots=True)
class Config:
    """`desk` is this desk's lasting id: it stands in every stamp, so it never changes."""

    folder: Path
    desk: str

    @property
    def database(self) -> Path:
        return self.folder / "eventdesk.db"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def badges(self) -> Path:
        """Where badges that are printed into files lie."""
        return self.folder / "badges"


def renew(folder: Path) -> Config:
    """A new desk id: at the first start, and after a backup was restored.

    The old id has numbered facts that are not in the backup; to number others with the same numbers
    would break the chain wherever the lost ones are still known.
    """
    config = Config(folder, secrets.token_hex(4))
    _save(config)
    return config


def load(folder: Path) -> Config:
    """The config in `folder`; made, with a new desk id, at the first start.

    Raises BadInput where the file is there and can't be used: a new desk id in its place would
    break the desk's own chain.
    """
    file = folder / FILE_NAME
    if not file.exists():
        return renew(folder)
    try:
        desk = json.loads(file.read_text(encoding="utf-8"))["desk"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unusable(file) from error
    if not isinstance(desk, str) or not _DESK_ID.match(desk):
        raise _unusable(file)
    return Config(folder, desk)


def _unusable(file: Path) -> BadInput:
    return BadInput(f"{file} does not say which desk this is.", "Put it back from a backup of the folder.")


def _save(config: Config) -> None:
    config.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {key: value for key, value in asdict(config).items() if key != "folder"}
    draft = config.folder / (FILE_NAME + ".new")
    with draft.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(config.folder / FILE_NAME)
