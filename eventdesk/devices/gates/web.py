"""Turnstiles behind a relay that is asked over HTTP, such as Shelly's."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eventdesk.devices.gates.driver import Edges, RelayRefused

ANSWER_SECONDS = 1.5
MOST_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Requests:
    """`open`, `lock` and `turned` are URLs; in the first `{seconds}` is replaced. `turned` is asked again and
    again, and `path` says where in its JSON the answer stands ("inputs.0.input"; empty: it is the answer):
    true while somebody turns it, or a number that grows. `lock` empty: it locks by itself."""

    open: str
    method: str = "GET"
    lock: str = ""
    turned: str = ""
    path: str = ""


class WebDriver:
    """`heard` counts the calls that come from the relay itself (`listening`), where it makes them."""

    def __init__(
        self,
        requests_: Requests,
        heard: Callable[[], int] = lambda: 0,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        import requests

        self._requests = requests_
        self._heard = heard
        self._close = close
        self._session = requests.Session()
        # A proxy of the house has no business with a relay beside the door.
        self._session.trust_env = False
        self._edges = Edges()

    def release(self, seconds: float) -> None:
        url = self._requests.open.replace("{seconds}", f"{seconds:g}")
        self._ask(self._requests.method, url)

    def lock(self) -> None:
        if self._requests.lock:
            self._ask(self._requests.method, self._requests.lock)

    def turns(self) -> int:
        if not self._requests.turned:
            return self._heard()
        try:
            said = self._ask("GET", self._requests.turned)
        except OSError:
            self._edges.forget()
            raise
        return self._heard() + self._edges.count(_at(self._requests.path, said))

    def close(self) -> None:
        self._session.close()
        self._close()

    def _ask(self, method: str, url: str) -> bytes:
        """What it says. Raises OSError, as all of requests' errors are, also for a refusal."""
        with self._session.request(
            method, url, timeout=ANSWER_SECONDS, allow_redirects=False, stream=True
        ) as answer:
            if not 200 <= answer.status_code < 300:
                raise RelayRefused(f"the relay answers {answer.status_code}")
            said: bytes = answer.raw.read(MOST_BYTES, decode_content=True)
            return said


def _at(path: str, said: bytes) -> int | bool:
    """The value that the path names. Raises OSError where it is not there."""
    try:
        value: Any = json.loads(said)
        for step in path.split(".") if path else ():
            value = value[int(step)] if isinstance(value, list) else value[step]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ConnectionError(f"the relay's answer has no {path}") from error
    if isinstance(value, str):
        return value.lower() in {"on", "true", "open", "1"}
    if not isinstance(value, int):
        raise ConnectionError(f"the relay's answer has no level at {path}")
    return value
