"""The world's faults, told in words. Anything else that is raised is a bug and is reported as one."""

import errno
from pathlib import Path

_RIGHTS = "Give this user the right to write there, or choose another place."
_ROOM = "Make room on the disk and try again."
_REMEDIES = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
}


class EventDeskError(Exception):
    """A fault of the world (a disk, a file, a device, a person's input), not of the program.

    `str(error)` is the sentence for the user: it names the file, row, field or device.
    `remedy` says what to do about it.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class StorageError(EventDeskError):
    """The database can't be opened, read or written."""


class DatabaseLocked(StorageError):
    """Another program holds the database."""


class DiskFull(StorageError):
    """The disk has no room for the write; what was being written was undone."""


class WrongKey(StorageError):
    """The key does not open the database (or the file is no database of ours)."""


class NewerSchema(StorageError):
    """The database was written by a newer program than this one."""


class DamagedDatabase(StorageError):
    """A page of the database fails its check. `backup` is the last good one, where there is any."""

    def __init__(self, message: str, remedy: str = "", backup: Path | None = None) -> None:
        super().__init__(message, remedy)
        self.backup = backup


class KeyringUnavailable(EventDeskError):
    """No keyring answers; a passphrase is needed."""


class BadInput(EventDeskError):
    """A file or an entry can't be used as it is."""


class DeviceError(EventDeskError):
    """A camera, reader or printer can't do what was asked."""


class NotAllowed(EventDeskError):
    """The person at the desk has no right to do this."""


class NodeError(EventDeskError):
    """A node of the network can't begin to serve."""


class OperationCanceled(Exception):
    """A person stopped the operation: a wish that was granted. Nothing of it was kept."""


def of_system(error: OSError) -> StorageError:
    """What the operating system refuses, in words: it names the file where the system does."""
    kind = DiskFull if _REMEDIES.get(error.errno or 0) is _ROOM else StorageError
    reason = error.strerror or str(error) or type(error).__name__
    message = f"{error.filename}: {reason}." if error.filename else f"The system says: {reason}."
    return kind(message, _REMEDIES.get(error.errno or 0, ""))
