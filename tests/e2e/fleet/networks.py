"""The fleet's network: a namespace for each computer, or, where those can't be made, wires on loopback.

Both know `prefix(computer)` (words before its programs), `host(computer)`, `way(computer, node, port)` (where
it reaches a node) and cut and heal the line of a computer. Names are `centre`, `hub` and the desks' ids.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Protocol

from tests.rigs.wires import Wire

CENTRE, HUB = "centre", "hub"


class Network(Protocol):
    def prefix(self, computer: str) -> Sequence[str]: ...

    def host(self, computer: str) -> str: ...

    def way(self, computer: str, node: str, port: int) -> str: ...

    def cut(self, computer: str) -> None:
        """A desk's line to its node, or the hub's to the centre: nothing passes, nobody is told."""

    def heal(self, computer: str) -> None: ...

    def close(self) -> None: ...


class Namespaces:
    """Two networks: the wide one of the centre and its desks, and the venue's with the hub and its desks. The
    hub stands in both. Each is a bridge in a namespace of its own, so nothing of this computer is touched."""

    def __init__(self, at_centre: Sequence[str], at_hub: Sequence[str]) -> None:
        self._name = f"edfleet{os.getpid()}"
        self._made: list[str] = []
        self._hosts: dict[str, str] = {}
        try:
            self._switch = self._space("switch")
            for bridge in ("wide", "venue"):
                _ip("-n", self._switch, "link", "add", bridge, "type", "bridge")
                _ip("-n", self._switch, "link", "set", bridge, "up")
            for number, computer in enumerate((CENTRE, *at_centre), 1):
                self._plug(computer, "wide", f"10.77.0.{number}")
            self._plug(HUB, "wide", "10.77.0.250")
            self._plug(HUB, "venue", "10.78.0.1")
            for number, computer in enumerate(at_hub, 2):
                self._plug(computer, "venue", f"10.78.0.{number}")
        except BaseException:
            self.close()
            raise

    def prefix(self, computer: str) -> Sequence[str]:
        return ("ip", "netns", "exec", self._full(computer))

    def host(self, computer: str) -> str:
        """The hub's: on the venue's network."""
        return self._hosts[computer]

    def way(self, computer: str, node: str, port: int) -> str:
        return f"https://{self._hosts[node]}:{port}"

    def cut(self, computer: str) -> None:
        self._set(computer, "down")

    def heal(self, computer: str) -> None:
        self._set(computer, "up")

    def close(self) -> None:
        for space in self._made:
            subprocess.run(["ip", "netns", "delete", space], check=False, capture_output=True)
        self._made.clear()

    def _set(self, computer: str, state: str) -> None:
        port = "wide" if computer == HUB else self._bridge[computer]
        _ip("-n", self._switch, "link", "set", _port(computer, port), state)

    @property
    def _bridge(self) -> dict[str, str]:
        return {name: "venue" if at.startswith("10.78.") else "wide" for name, at in self._hosts.items()}

    def _plug(self, computer: str, bridge: str, address: str) -> None:
        space = self._full(computer)
        if space not in self._made:
            self._space(computer)
        port = _port(computer, bridge)
        peer = ["peer", "name", bridge, "netns", space]
        _ip("-n", self._switch, "link", "add", port, "type", "veth", *peer)
        _ip("-n", self._switch, "link", "set", port, "master", bridge, "up")
        _ip("-n", space, "address", "add", f"{address}/24", "dev", bridge)
        _ip("-n", space, "link", "set", bridge, "up")
        self._hosts[computer] = address

    def _space(self, computer: str) -> str:
        space = self._full(computer)
        _ip("netns", "add", space)
        self._made.append(space)
        _ip("-n", space, "link", "set", "lo", "up")
        return space

    def _full(self, computer: str) -> str:
        return f"{self._name}{computer}"


class Loopback:
    """Everything on 127.0.0.1, each line through a wire of its own."""

    def __init__(self) -> None:
        self._wires: dict[str, Wire] = {}
        self._stack = ExitStack()

    def prefix(self, computer: str) -> Sequence[str]:
        return ()

    def host(self, computer: str) -> str:
        return "127.0.0.1"

    def way(self, computer: str, node: str, port: int) -> str:
        if computer not in self._wires:
            self._wires[computer] = self._stack.enter_context(Wire(port))
        return f"https://127.0.0.1:{self._wires[computer].port}"

    def cut(self, computer: str) -> None:
        """What comes over an open connection waits, and new ones are reset: of both kinds of cuts one."""
        wire = self._wires[computer]
        wire.refuse = wire.black_hole = True

    def heal(self, computer: str) -> None:
        self._wires[computer].heal()

    def close(self) -> None:
        self._stack.close()


def namespaces_work() -> bool:
    """Whether this user may make network namespaces and links between them."""
    if sys.platform != "linux" or shutil.which("ip") is None or os.geteuid() != 0:
        return False
    try:
        Namespaces((), ()).close()
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def network(at_centre: Sequence[str], at_hub: Sequence[str]) -> Network:
    """Namespaces where they can be made."""
    return Namespaces(at_centre, at_hub) if namespaces_work() else Loopback()


def _port(computer: str, bridge: str) -> str:
    """An interface's name has 15 letters at most."""
    return f"{bridge[0]}-{computer}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=30)
