"""The fleet: a centre, perhaps a hub, desks at both; brought together by codes, ended whatever happens."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from sync.pairing import Invitation
from tests.e2e.fleet.desks import DeskProcess
from tests.e2e.fleet.networks import CENTRE, HUB, Network
from tests.e2e.fleet.served import FleetNode, Held, code_by_command
from tests.rigs.nodes import ROOT

ROLE = "box_office"
AT_ONCE = 4
# A node in the field has a computer of its own; here it must not wait behind all of its desks.
FIRST = ("nice", "-n", "-10") if sys.platform == "linux" and os.geteuid() == 0 else ()


def until(is_so: Callable[[], bool], what: str, seconds: float, pause_s: float = 0.2) -> float:
    """How long it took, in seconds."""
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < seconds, f"not within {seconds:g} s: {what}"
        time.sleep(pause_s)
    return time.monotonic() - begun


class Fleet:
    """`at_hub` may be empty: then there is no hub."""

    def __init__(
        self, folder: Path, network: Network, at_centre: Sequence[str], at_hub: Sequence[str] = ()
    ) -> None:
        self.folder, self.network = folder, network
        self._sides = {**dict.fromkeys(at_centre, CENTRE), **dict.fromkeys(at_hub, HUB)}
        self.nodes: dict[str, FleetNode] = {}
        self.desks: dict[str, DeskProcess] = {}
        self._ports: dict[str, int] = {}

    def open(self, *words: str, database: str = "", skews: dict[str, float] | None = None) -> None:
        """Start all but the hub, which needs the centre's invitation: a few at a time."""
        self._serve(CENTRE, "serve", *words, database=database)
        self.nodes[CENTRE].wait_ready()
        for number, id_ in enumerate(self._sides, 1):
            skew_s = (skews or {}).get(id_, 0.0)
            folder = self.folder / id_
            self.desks[id_] = DeskProcess(folder, id_, self.network.prefix(id_), skew_s)
            if number % AT_ONCE == 0:
                self.desks[id_].ask("state")

    def gather(self, tickets: int, places: int) -> None:
        """Everybody comes in by a code: the first desk by that of the command, those at the centre by codes
        of the first, the hub and its desks by codes of a node's admin."""
        ids = list(self._sides)
        first = self.desks[ids[0]]
        first.ask("set_up", tickets=tickets, places=places)
        text = code_by_command(self.nodes[CENTRE], self._way(ids[0]), sys.executable, ROOT)
        self._pair({first.id: text})
        at_centre = [id_ for id_ in ids[1:] if self._sides[id_] == CENTRE]
        self._pair({id_: first.ask("code", roles=[ROLE])["text"] for id_ in at_centre})
        if HUB in self._sides.values():
            self._open_hub()
        self.until_all(lambda state: state["guests"] == tickets and state["asks"], "all know all", 120)

    def _open_hub(self) -> None:
        centre = self.nodes[CENTRE]
        upstream = Invitation(centre.make_code("hub"), self._way(HUB, CENTRE), centre.invitation_pin()).text()
        self._serve(HUB, "hub", "--upstream", upstream)
        hub = self.nodes[HUB]
        hub.wait_ready()
        own = [id_ for id_, side in self._sides.items() if side == HUB]
        pin = hub.invitation_pin()
        self._pair({id_: Invitation(hub.make_code(ROLE), self._way(id_), pin).text() for id_ in own})

    def _serve(self, name: str, command: str, *words: str, database: str = "") -> None:
        self._ports[name] = _free_port()
        at = ("--host", self.network.host(name), "--port", str(self._ports[name]))
        prefix = (*self.network.prefix(name), *FIRST)
        self.nodes[name] = FleetNode(
            self.folder / name, *at, *words, command=command, database=database, prefix=prefix
        )

    def _way(self, computer: str, node: str = "") -> str:
        node = node or self._sides[computer]
        return self.network.way(computer, node, self._ports[node])

    def _pair(self, texts: dict[str, str]) -> None:
        sent = {
            id_: self.desks[id_].send("pair", text=text, address=self._way(id_), name=id_)
            for id_, text in texts.items()
        }
        for id_, number in sent.items():
            assert self.desks[id_].answer(number)["roles"]

    # All desks at once

    def ask_all(self, do: str, of: Iterable[str] = (), **with_: Any) -> dict[str, dict[str, Any]]:
        sent = {id_: self.desks[id_].send(do, **with_) for id_ in (of or self.desks)}
        return {id_: self.desks[id_].answer(number) for id_, number in sent.items()}

    def until_all(self, is_so: Callable[[dict[str, Any]], bool], what: str, seconds: float) -> float:
        return until(lambda: all(map(is_so, self.ask_all("state").values())), what, seconds)

    def go(self, seconds: float, pace_s: float, tickets: int, of: Iterable[str] = ()) -> float:
        """Begin the shift; the moment (`time.monotonic()`, one for all processes of this computer)."""
        self._shift = {"begins": time.monotonic(), "seconds": seconds, "pace_s": pace_s, "tickets": tickets}
        for number, id_ in enumerate(of or self.desks):
            self.desks[id_].ask("go", seed=number, **self._shift)
        return float(self._shift["begins"])

    def kill_desk(self, id_: str) -> None:
        """It is started again at once, and goes on with its shift."""
        desk = self.desks[id_]
        desk.kill()
        desk.start_again()
        desk.send("go", seed=1000 + desk.kills, **self._shift)

    # The end

    def until_quiet(self, seconds: float) -> float:
        """Until every desk and node holds the same facts, and nothing waits."""
        return until(self._is_quiet, "all hold the same facts", seconds, 0.5)

    def _is_quiet(self) -> bool:
        states = self.ask_all("state").values()
        heads = [state["heads"] for state in states]
        if any(state["waiting"] for state in states) or any(one != heads[0] for one in heads):
            return False
        return all(held.heads == heads[0] for held in self.held().values())

    def held(self) -> dict[str, Held]:
        return {name: node.held() for name, node in self.nodes.items()}

    def accounts(self) -> dict[str, dict[str, Any]]:
        """Of two desks at a time: each checks its whole database."""
        ids = list(self.desks)
        found: dict[str, dict[str, Any]] = {}
        for at in range(0, len(ids), 2):
            found |= self.ask_all("account", ids[at : at + 2])
        return found

    def end(self) -> None:
        """Everybody ends in peace."""
        for desk in self.desks.values():
            desk.send("end")
        for desk in self.desks.values():
            desk.end()
        for node in reversed(list(self.nodes.values())):
            node.end()

    def destroy(self) -> None:
        """Nothing is left behind, whatever has happened."""
        for desk in self.desks.values():
            desk.destroy()
        for node in self.nodes.values():
            node.destroy()
        self.network.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
