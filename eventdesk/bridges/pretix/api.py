"""Calls to pretix' REST API (docs.pretix.eu, "REST API"), with its faults told apart.

A call is one attempt: whoever calls decides what is tried again. Any thread may call; each has a
connection of its own.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from eventdesk.bridges.pretix.faults import PretixBusy, PretixRefused, PretixRevoked, PretixSilent
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.i18n import tr

CONNECT_S: Final = 5.0
READ_S: Final = 60.0
# Where the server asks for patience and does not say how long.
PATIENCE_S: Final = 5.0
MOST_WORDS: Final = 500
# A transaction over there may take so long from what it writes to when others see it.
SETTLED_S: Final = 60.0
_LATER: Final = frozenset({429, 500, 502, 503, 504})
_LOOK: Final = "Check the address and this computer's network. What waits is kept."


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` None: not changed since (304), or nothing to say. `headers` in lower case."""

    status: int
    data: Any
    headers: Mapping[str, str]

    @property
    def generated(self) -> str:
        """What to ask changes since the next time, where the answer says so."""
        return self.headers.get("x-page-generated", "")

    @property
    def served(self) -> str:
        """When the server answered, by its own clock; empty where it does not say."""
        try:
            return parsedate_to_datetime(self.headers.get("date", "")).isoformat()
        except ValueError:
            return ""

    @property
    def modified(self) -> str:
        """What to send as `since` the next time. Empty where the last change is so fresh that another one
        within the same second, or one that is not committed yet, could hide behind it."""
        told, served = self.headers.get("last-modified", ""), self.headers.get("date", "")
        try:
            age = parsedate_to_datetime(served) - parsedate_to_datetime(told)
        except ValueError:
            return ""
        return told if age.total_seconds() >= SETTLED_S else ""


class Api:
    """`address`: https://host[/...]; plain http for this computer alone."""

    def __init__(self, address: str, token: str = "", pacing: Pacing | None = None) -> None:
        self.address = checked(address)
        self._headers = {"User-Agent": "EventDesk", "Accept": "application/json"}
        if token:
            self._headers["Authorization"] = f"Device {token}"
        self._pacing = pacing or Pacing()
        self._stopping = threading.Event()
        self._own = threading.local()

    def get(self, path: str, params: Mapping[str, object] | None = None, since: str = "") -> Answer:
        """`since`: the `modified` of the answer before; then `data` is None where nothing has changed."""
        more = {"If-Modified-Since": since} if since else {}
        return self.call("GET", path, params=params, headers=more)

    def post(self, path: str, body: Mapping[str, object], key: str = "") -> Answer:
        """`key`: of idempotency; pretix gives the same answer to the same key for 24 hours."""
        return self.call("POST", path, json=body, headers={"X-Idempotency-Key": key} if key else {})

    def patch(self, path: str, body: Mapping[str, object]) -> Answer:
        return self.call("PATCH", path, json=body)

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        json: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises PretixSilent, PretixBusy, PretixRevoked, PretixRefused."""
        if not self._pacing.wait(self._stopping, is_reading=method == "GET"):
            raise PretixSilent("The line to pretix is being closed.", "")
        try:
            found = self._session().request(
                method,
                f"{self.address}/api/v1/{path}",
                params=_query(params),
                json=json,
                headers={**self._headers, **(headers or {})},
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise PretixSilent(
                tr("{address} does not answer: {reason}.", address=self.address, reason=_reason(error)), _LOOK
            ) from error
        return self._answer(found)

    def close(self) -> None:
        """Calls that wait for their turn fail at once."""
        self._stopping.set()

    def _session(self) -> requests.Session:
        found: requests.Session | None = getattr(self._own, "session", None)
        if found is None:
            found = self._own.session = requests.Session()
        return found

    def _answer(self, found: requests.Response) -> Answer:
        headers = {name.lower(): value for name, value in found.headers.items()}
        if found.status_code == 304:
            return Answer(304, None, headers)
        if found.status_code in _LATER:
            wait = _seconds(headers.get("retry-after", ""))
            if found.status_code == 429:
                self._pacing.pause(wait)
            raise PretixBusy(
                tr("{address} asks for patience ({status}).", address=self.address, status=found.status_code),
                "It is tried again by itself.",
                wait,
                found.status_code,
            )
        if found.status_code == 401:
            raise PretixRevoked(
                "pretix does not know this device (any more).",
                "Pair EventDesk anew with a token from pretix' list of devices. What waits is kept.",
            )
        data = self._decoded(found)
        if found.status_code >= 400:
            raise PretixRefused(found.status_code, data, words(data))
        return Answer(found.status_code, data, headers)

    def _decoded(self, found: requests.Response) -> Any:
        if found.status_code == 204 or not found.content:
            return None
        try:
            return found.json()
        except requests.JSONDecodeError:
            raise PretixSilent(
                tr(
                    "{address} answers what is no pretix ({status}).",
                    address=self.address,
                    status=found.status_code,
                ),
                _LOOK,
            ) from None


def checked(address: str) -> str:
    """The address without a slash at its end. Raises PretixSilent for what is none, or would send a token
    in the clear over a network."""
    found = urlsplit(address.strip().rstrip("/"))
    near = found.hostname in {"127.0.0.1", "::1", "localhost"}
    if found.scheme not in {"https", "http"} or not found.hostname:
        raise PretixSilent(
            tr("“{address}” is no address of a pretix server.", address=address), "It begins with https://."
        )
    if found.scheme == "http" and not near:
        raise PretixSilent(
            tr("{address} is not encrypted: everyone on the network could read the token.", address=address),
            "Use https://.",
        )
    return found.geturl()


def words(answer: object) -> str:
    """What pretix says, without its structure: lists and members become one line."""
    return "; ".join(_words(answer, ""))[:MOST_WORDS] or "no reason given"


def _words(answer: object, name: str) -> list[str]:
    if isinstance(answer, Mapping):
        # A refused check-in is answered with the whole guest: that is nothing to be shown beside a fault.
        if answer.get("reason") and answer.get("status") == "error":
            return [str(answer.get("reason_explanation") or answer["reason"])]
        return [one for key, value in answer.items() for one in _words(value, str(key))]
    if isinstance(answer, list):
        return [one for value in answer for one in _words(value, name)]
    if answer is None or answer == "":
        return []
    return [f"{name}: {answer}" if name not in {"", "detail", "non_field_errors"} else str(answer)]


def _query(params: Mapping[str, object] | None) -> list[tuple[str, str]]:
    """A list is a parameter given several times."""
    return [
        (name, str(one))
        for name, value in (params or {}).items()
        for one in (value if isinstance(value, list) else [value])
    ]


def _seconds(text: str) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:
        return PATIENCE_S


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return tr("no answer in time")
    if isinstance(error, requests.exceptions.SSLError):
        return tr("its certificate can't be trusted")
    return tr("no connection")
