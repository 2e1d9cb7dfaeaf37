"""What a backup can't know: which badges came out since it was made."""

from contextlib import closing
from pathlib import Path
from typing import Any

from eventdesk.domain.badges import JobState
from eventdesk.storage import connecting

IN_DOUBT = "The database was restored from a backup: it is not known whether this badge has come out since"


def doubt_badges(database: Path, key: bytes) -> None:
    """Badges that waited in this backup are printed by nobody until a person has said whether they came out;
    waves rest until somebody lets them go on. Of those that were handed over the print system is asked."""
    with closing(connecting.connect(database, key, mode="rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        alone = ""
        if _has_waves(connection):
            connection.execute("UPDATE waves SET paused = 1")
            alone = " AND wave = ''"
        move = f"UPDATE jobs SET state = ?, detail = ? WHERE state = ?{alone}"
        connection.execute(move, (JobState.UNKNOWN.value, IN_DOUBT, JobState.QUEUED.value))
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _has_waves(connection: Any) -> bool:
    """A backup may be older than they are; it is brought up to date when it is opened."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'waves'")
    return found.fetchone() is not None
