"""What people ask of waves and printers. Lives on the engine's lane: it writes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from eventdesk.desk.commands import Command, RunOperation
from eventdesk.desk.lane import Handlers
from eventdesk.desk.printing import filling, labels
from eventdesk.desk.printing.commands import BeginWave, ListPrinters, ListWaves, LoadRoll, SteerWave
from eventdesk.desk.printing.setups import printing_setup
from eventdesk.desk.printing.spool import Spool
from eventdesk.domain.facts import new_id
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.domain.rights import Right
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store


@dataclass(frozen=True, slots=True)
class FillWaves(Command):
    """Go on with waves that were cut off while they got their badges."""


class WaveRequests:
    def __init__(
        self,
        store: Store,
        spool: Spool,
        run: Callable[[RunOperation], None],
        check: Callable[[str, Right | None], None],
        now: Callable[[], datetime],
    ) -> None:
        """`run` takes a long operation on; `check(log, right)` raises NotAllowed."""
        self._store = store
        self._spool = spool
        self._run = run
        self._check = check
        self._now = now

    def handlers(self) -> Handlers:
        return {
            BeginWave: self.begin,
            SteerWave: self.steer,
            FillWaves: self.fill,
            ListWaves: self.list,
            ListPrinters: self.list_printers,
            LoadRoll: self.load,
        }

    def begin(self, command: BeginWave) -> None:
        """Its badges follow, and are printed while they do; `operation_ended` of this request says when all
        are there. Raises BadInput where no printer is set, NotAllowed."""
        self._check(command.log, Right.ADMIT)
        wish = {
            "products": list(command.products),
            "list": command.list,
            "by": command.by,
            "printer": command.printer,
            "sheet": command.sheet,
        }
        wave = KeptWave(new_id(), command.log, command.name.strip(), self._now(), wish=wish)
        with self._store.transaction() as tx:
            if not command.printer and not printing_setup(tx).queues:
                raise BadInput("No printer is chosen on this desk.", "Choose one first.")
            tx.waves.add(wave)
        self._changed(wave.id)
        self._fill(wave, command.request)

    def fill(self, _command: FillWaves) -> None:
        with self._store.reader() as reader:
            unfilled = reader.waves.unfilled()
        for wave in unfilled:
            self._fill(wave)

    def _fill(self, wave: KeptWave, request: str = "") -> None:
        operation = RunOperation(
            "wave",
            lambda store, progress, canceled: filling.fill(
                store, wave, self._now, progress, canceled, lambda: self._changed(wave.id)
            ),
            wave.log,
        )
        self._run(replace(operation, request=request) if request else operation)

    def steer(self, command: SteerWave) -> None:
        """Raises BadInput for a wave that is not there, and for a choice that is none."""
        with self._store.transaction() as tx:
            wave = tx.waves.get(command.wave)
            if wave is None:
                raise BadInput("This wave is not there (any more).", "Look at the waves again.")
            self._check(wave.log, Right.ADMIT)
            if command.choice in ("pause", "resume"):
                tx.waves.pause(wave.id, paused=command.choice == "pause")
            elif command.choice == "cancel":
                tx.waves.close(wave.id)
                tx.jobs.give_up_wave(wave.id, self._now())
            else:
                raise BadInput(f'There is no choice "{command.choice}".', "Choose pause, resume or cancel.")
        self._changed(wave.id)

    def list(self, _command: ListWaves) -> None:
        self._spool.board.show_waves()
        self._spool.nudge()

    def list_printers(self, _command: ListPrinters) -> None:
        self._spool.board.show_printers()
        self._spool.nudge()

    def load(self, command: LoadRoll) -> None:
        """Raises BadInput for a number that is none."""
        with self._store.transaction() as tx:
            labels.load(tx, command.queue, command.labels)
        self._spool.nudge()

    def _changed(self, wave: str) -> None:
        self._spool.board.wave_changed(wave)
        self._spool.nudge()
