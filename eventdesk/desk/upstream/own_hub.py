"""This computer as the venue's hub: a process of its own beside the desk, started again with it.

A desk that is paired serves as a hub of its node. One that works alone becomes the centre of its LAN, and
comes to it by itself, as its organizer: one click, and others can be let in.
"""

import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import HUB
from eventdesk.desk.station import station_name
from eventdesk.desk.upstream.commands import FindHubs, PairDesk, StartHub, StopHub
from eventdesk.desk.upstream.enrolling import refusal
from eventdesk.desk.upstream.hub_process import HubProcess, invitation_of
from eventdesk.desk.upstream.joining import Joining
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.membership import Node
from eventdesk.desk.upstream.values import HubFound, HubsFound, HubState
from eventdesk.domain.rights import Right
from eventdesk.domain.staff import Role
from eventdesk.errors import EventDeskError
from sync import discovery, pairing, wire
from sync.errors import SyncError

LOOK_S: Final = 3.0
CODE_S: Final = 600.0
AGAIN_S: Final = 60.0
FOLDER: Final = "hub"
OWN_CENTRE: Final = "centre"
CERTIFICATE: Final = "certificate.pem"


class OwnHub:
    """Lives on the lane that waits for the network; `close` from any thread."""

    def __init__(self, line: Line, folder: Path) -> None:
        """`folder`: the desk's own."""
        self._line = line
        self._hooks: Hooks = line.hooks
        self._folder = folder
        self._process = HubProcess(self._ended)
        self._again = StartHub()
        self._served_since = 0.0
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
        self._process.end()

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
        is_own = self._is_own_centre()
        if not is_own:
            self._line.present.check("", Right.PAIR_DESK)
        self._process.end()
        try:
            addresses = self._launched(command.port)
            if is_own:
                self._come_in(command, addresses[0])
        except EventDeskError as error:
            self._process.end()
            self._hooks.hub_changed(HubState(False, trouble=error.message))
            raise
        self._again, self._served_since = StartHub(command.port), time.monotonic()
        with self._line.store.transaction() as tx:
            tx.settings.put(HUB, command.port)
        if not is_own:
            self._line.reach.look_for_hubs()
        link = self._line.reach.current
        if link is not None:
            self._line.reach.lost(link)  # its long poll ends, and the node tells of the new hub
        self._line.exchange.try_now()
        self._hooks.hub_changed(HubState(True, addresses))

    def stop(self, _command: StopHub) -> None:
        with self._line.store.transaction() as tx:
            tx.settings.put(HUB, None)
        self._process.end()
        self._hooks.hub_changed(HubState(False))

    def _ended(self) -> None:
        """It crashed, and a venue waits for it. One that crashes soon would do so again and again."""
        is_new = time.monotonic() - self._served_since < AGAIN_S
        self._hooks.hub_changed(HubState(False, trouble="The hub ended at once." if is_new else ""))
        if not is_new and not self._stopping.is_set():
            self._line.post(self._again)

    def _known(self) -> dict[str, str]:
        """The fingerprints of nodes that this desk trusts, by id."""
        kept = self._line.membership.pairing
        return {node.id: node.fingerprint for node in (kept.node, *kept.hubs)} if kept else {}

    # The centre of a LAN

    def _is_own_centre(self) -> bool:
        """Whether nobody is beyond this desk's node, or would be."""
        kept = self._line.membership.pairing
        return kept is None or ("" != kept.node.fingerprint == self._fingerprint())

    def _fingerprint(self) -> str:
        """Of our own centre's certificate; empty where there never was one."""
        try:
            text = (self._folder / OWN_CENTRE / CERTIFICATE).read_text(encoding="ascii")
            return sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest()
        except (OSError, ValueError):
            return ""

    def _come_in(self, command: StartHub, address: str) -> None:
        """To our own centre: as an organizer's desk at first, later where it is reached now."""
        membership = self._line.membership
        if membership.pairing is not None:
            membership.change(node=replace(membership.pairing.node, address=address))
            return
        asked = ["--address", address, "--name", self._name(), "--roles", Role.ORGANIZER.value]
        invitation = invitation_of([*self._place(OWN_CENTRE), *asked])
        Joining(self._line).pair(PairDesk(invitation, name=self._name(), request=command.request))

    # The process

    def _launched(self, port: int) -> tuple[str, ...]:
        """The addresses where it answers."""
        name = ["--name", self._name(), "--port", str(port)]
        if self._is_own_centre():
            return self._process.start(["serve", *self._place(OWN_CENTRE), *name, "--announce"])
        is_first = not (self._folder / FOLDER).exists()
        words = ["hub", *self._place(FOLDER), *name, "--upstream", "-"]
        return self._process.start(words, self._invitation() if is_first else "")

    def _place(self, folder: str) -> Sequence[str]:
        return ["--folder", str(self._folder / folder)]

    def _name(self) -> str:
        """What people call this computer."""
        return station_name(self._line.preferences)

    def _invitation(self) -> str:
        """By our node, for a hub. Raises EventDeskError."""
        kept = self._line.membership.pairing
        assert kept is not None
        code = pairing.new_code()
        asked = wire.CodeAsked(pairing.lookup(code), "Hub", ["hub"], list(kept.logs), CODE_S)
        try:
            self._line.reach.contact().upstream.make_code(asked)
        except SyncError as error:
            raise refusal(error) from error
        return pairing.Invitation(code, kept.node.address, bytes.fromhex(kept.node.fingerprint)).text()
