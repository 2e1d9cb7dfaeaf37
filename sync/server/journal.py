"""The node's log lines: one JSON object each, on stderr. Never a token, a code, a payload or a person.

Of an error its type and where it was raised, not its words: a database's words quote what it was told.
"""

import logging
import sys
import time
import traceback
from types import TracebackType

import msgspec

NAME = "eventdesk.node"
LOGGER = logging.getLogger(NAME)
_FRAMES = 12


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _moment(record.created),
            "level": record.levelname.lower(),
            "event": record.getMessage() if record.name == NAME else record.name,
        }
        line.update(getattr(record, "members", {}))
        if record.name != NAME and not record.exc_info:
            line["words"] = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["where"] = _where(record.exc_info[2])
        return msgspec.json.encode(line).decode()


def start(level: str) -> None:
    """Every logger of this process writes so from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(level.upper())


def note(event: str, level: int = logging.INFO, **members: object) -> None:
    LOGGER.log(level, event, extra={"members": members})


def fault(event: str, error: BaseException, **members: object) -> None:
    LOGGER.error(event, exc_info=error, extra={"members": members})


def _moment(seconds: float) -> str:
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds % 1 * 1000):03d}Z"


def _where(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)][
        -_FRAMES:
    ]
