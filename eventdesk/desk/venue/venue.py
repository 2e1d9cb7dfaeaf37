"""The venue as this desk takes part in it: reports, calls, orders, wired once."""

from collections.abc import Callable
from datetime import datetime

from eventdesk.desk.commands import Command
from eventdesk.desk.lane import Handlers
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.venue.commands import CarryOut, NoteScanner, ReportPicture, WatchVenue
from eventdesk.desk.venue.ground import Ground
from eventdesk.desk.venue.help import Help
from eventdesk.desk.venue.memory import Memory
from eventdesk.desk.venue.orders import Orders
from eventdesk.desk.venue.packing import MOST_PICTURE
from eventdesk.desk.venue.report import report_of
from eventdesk.desk.venue.reporting import Reporter
from eventdesk.desk.venue.watching import VenueWatch
from eventdesk.errors import BadInput


class VenuePart:
    """Make it before the engine, `start` after it. `ask_to_stop` before the line stops, `join` after: then
    whatever waits for the network is cut off."""

    def __init__(
        self,
        line: Line,
        post: Callable[[Command], None],
        now: Callable[[], datetime],
        *,
        report_s: float = 10.0,
        watch_s: float = 3.0,
    ) -> None:
        self._post = post
        self._ground = ground = Ground(line, now)
        self._memory = Memory(now)
        self._memory.listen(line.hooks)
        self._help = Help(ground, post)
        self._orders = Orders(ground, post)
        self._reporter = Reporter(ground, self._memory, report_s)
        self._memory.changed = self._reporter.wake
        self._watch = VenueWatch(ground, lambda: report_of(ground, self._memory), watch_s)

    def lanes(self) -> dict[str, Handlers]:
        own: Handlers = {
            WatchVenue: self.watch,
            ReportPicture: self.keep_picture,
            NoteScanner: self.note_scanner,
        }
        return {"venue": {**own, **self._help.handlers(), **self._orders.handlers()}}

    def start(self) -> None:
        self._reporter.start()
        self._watch.start()
        self._post(CarryOut())

    def ask_to_stop(self) -> None:
        self._reporter.ask_to_stop()
        self._watch.ask_to_stop()

    def join(self) -> None:
        self._reporter.join()
        self._watch.join()

    def watch(self, command: WatchVenue) -> None:
        self._watch.watch(command.on)

    def keep_picture(self, command: ReportPicture) -> None:
        """Raises BadInput for one that is too large."""
        if len(command.jpeg) > MOST_PICTURE:
            raise BadInput("The picture is too large.", "Send one of 40 KB at most.")
        self._memory.keep_picture(command.jpeg)
        self._reporter.wake()

    def note_scanner(self, _command: NoteScanner) -> None:
        self._memory.scanner_at = self._ground.now()
