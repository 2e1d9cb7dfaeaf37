"""This computer as the venue's hub: a process of its own beside the desk, started again with it."""

import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import HUB
from eventdesk.desk.upstream.commands import FindHubs, StartHub, StopHub
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.membership import Node
from eventdesk.desk.upstream.values import HubFound, HubsFound, HubState
from eventdesk.domain.rights import Right
from eventdesk.errors import EventDeskError
from sync import discovery, pairing, wire
from sync.errors import SyncError

log = logging.getLogger(__name__)

READY: Final = "ready "
START_S: Final = 30.0
STOP_S: Final = 10.0
LOOK_S: Final = 3.0
CODE_S: Final = 600.0
FOLDER: Final = "hub"


class OwnHub:
    """Lives on the lane that waits for the network; `close` from any thread."""

    def __init__(self, line: Line, folder: Path) -> None:
        """`folder`: the desk's own."""
        self._line = line
        self._hooks: Hooks = line.hooks
        self._folder = folder / FOLDER
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._stopping = threading.Event()

    def handlers(self) -> Handlers:
        return {FindHubs: self.find, StartHub: self.start, StopHub: self.stop}

    def start_again(self) -> None:
        """At the desk's start: as it was when the desk was shut."""
        with self._line.store.reader() as reader:
            port = reader.settings.get(HUB)
        if port:
            self._line.post(StartHub(int(port)))

    def close(self) -> None:
        """End the process with the desk; it comes back with it."""
        self._stopping.set()
        self._end()

    def find(self, command: FindHubs) -> None:
        """The LAN's hubs. Those that our node vouches for need no code, and are used from now on."""
        found = discovery.browse(LOOK_S, self._stopping)
        known = self._known()
        every = [(one, address) for one in found for address in one.addresses]
        hubs = tuple(HubFound(one.node, one.name, address, one.node in known) for one, address in every)
        self._line.reach.extra = tuple(
            Node(one.node, one.name, "hub", address, known[one.node])
            for one, address in every
            if one.node in known and bytes.fromhex(known[one.node]).startswith(one.pin)
        )
        self._hooks.hubs_found(HubsFound(command.request, hubs))

    def start(self, command: StartHub) -> None:
        """Serve the LAN. Raises EventDeskError in the words of the hub, where it can't."""
        if self._line.membership.pairing is not None:
            self._line.present.check("", Right.PAIR_DESK)
        self._end()
        try:
            address = self._launched(command.port)
        except EventDeskError as error:
            self._hooks.hub_changed(HubState(False, trouble=error.message))
            raise
        with self._line.store.transaction() as tx:
            tx.settings.put(HUB, command.port)
        self._line.reach.look_for_hubs()
        link = self._line.reach.current
        if link is not None:
            self._line.reach.lost(link)  # its long poll ends, and the node tells of the new hub
        self._line.exchange.try_now()
        self._hooks.hub_changed(HubState(True, (address,)))

    def stop(self, _command: StopHub) -> None:
        with self._line.store.transaction() as tx:
            tx.settings.put(HUB, None)
        self._end()
        self._hooks.hub_changed(HubState(False))

    def _known(self) -> dict[str, str]:
        """The fingerprints of nodes that this desk trusts, by id."""
        kept = self._line.membership.pairing
        return {node.id: node.fingerprint for node in (kept.node, *kept.hubs)} if kept else {}

    def _launched(self, port: int) -> str:
        """The address where it answers."""
        is_first = not self._folder.exists()
        command = [*_program(), *self._words(port)]
        invitation = self._invitation() if is_first and self._line.membership.pairing else ""
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._process = process
        assert process.stdin is not None
        with suppress(OSError):  # one that has ended already tells why
            process.stdin.write(invitation + "\n")
            process.stdin.close()
        said: SimpleQueue[str | None] = SimpleQueue()
        self._reader = threading.Thread(target=_listen, args=(process, said), name="hub", daemon=True)
        self._reader.start()
        return self._wait(said)

    def _words(self, port: int) -> Sequence[str]:
        """A hub has somebody beyond it; a desk alone serves as the centre of its LAN."""
        common = ["--folder", str(self._folder), "--port", str(port)]
        if self._line.membership.pairing is None:
            return ["serve", *common]
        return ["hub", *common, "--upstream", "-"]

    def _wait(self, said: SimpleQueue[str | None]) -> str:
        heard: list[str] = []
        try:
            while (words := said.get(timeout=START_S)) is not None:
                if words.startswith(READY):
                    return words.removeprefix(READY)
                heard.append(words)
        except Empty:
            self._end()
            raise EventDeskError("The hub did not start in time.", "Try again.") from None
        self._end()
        last = heard[-1] if heard else ""
        raise EventDeskError(last or "The hub ended at once.", "Its log file may hold more.")

    def _invitation(self) -> str:
        """By our node, for a hub. Raises EventDeskError."""
        kept = self._line.membership.pairing
        assert kept is not None
        code = pairing.new_code()
        asked = wire.CodeAsked(pairing.lookup(code), "Hub", ["hub"], list(kept.logs), CODE_S)
        try:
            self._line.reach.contact().upstream.make_code(asked)
        except SyncError as error:
            raise EventDeskError(error.message, error.remedy) from error
        return pairing.Invitation(code, kept.node.address, bytes.fromhex(kept.node.fingerprint)).text()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join()


def _listen(process: "subprocess.Popen[str]", said: "SimpleQueue[str | None]") -> None:
    """What the hub says, for as long as it lives: a pipe that nobody empties would stop it."""
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            log.info("hub: %s", line.rstrip())
            said.put(line.rstrip())
    said.put(None)


def _program() -> list[str]:
    """This very program, frozen or not."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "eventdesk"]
