"""Names to addresses, within a time: the system's resolver knows none, and may sit for half a minute."""

import socket
import threading

from sync.client.sockets import Limits

Address = tuple[int, str, int]  # family, host, port


class Resolver:
    """Of one name. Remembers its last answer: with the resolver gone, a node may still be there.

    At most one look-up is under way; its thread ends with the system's own time limit.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._lock = threading.Lock()
        self._lookup: _Lookup | None = None
        self._known: list[Address] = []

    def addresses(self, limits: Limits) -> list[Address]:
        """Raises socket.gaierror, or TimeoutError where no answer came in time and none is known."""
        lookup = self._started()
        lookup.done.wait(min(limits.left(), 3.0) if self._known else limits.left())
        if lookup.found:
            self._known = lookup.found
        elif not self._known:
            raise lookup.trouble or TimeoutError("the name was not looked up in time")
        return self._known

    def _started(self) -> "_Lookup":
        with self._lock:
            if self._lookup is None or self._lookup.done.is_set():
                self._lookup = _Lookup(self._host, self._port)
                self._lookup.start()
            return self._lookup


class _Lookup:
    def __init__(self, host: str, port: int) -> None:
        self._asked = host, port
        self.done = threading.Event()
        self.found: list[Address] = []
        self.trouble: OSError | None = None

    def start(self) -> None:
        if _is_address(self._asked[0]):
            self._run()
        else:
            threading.Thread(target=self._run, name="sync-resolver", daemon=True).start()

    def _run(self) -> None:
        try:
            answers = socket.getaddrinfo(*self._asked, type=socket.SOCK_STREAM)
            self.found = [(int(family), str(where[0]), int(where[1])) for family, *_, where in answers]
        except OSError as trouble:
            self.trouble = trouble
        except UnicodeError:
            self.trouble = socket.gaierror(socket.EAI_NONAME, "malformed name")
        finally:
            self.done.set()


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        return True
    return False
