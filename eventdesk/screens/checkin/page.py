"""The check-in page: its parts, and how what the engine tells reaches them."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import AddWalkIn, AdmitOrder, ChooseDoor, ListPasses, ScanCode, Source
from eventdesk.desk.hooks import (
    Door,
    Given,
    OrderAdmitted,
    OrderShown,
    PassesListed,
    Recorded,
    Trouble,
    Undone,
)
from eventdesk.desk.settings import CAMERA_MIRRORED, MAY_FORCE
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Kind
from eventdesk.domain.guests import Hit
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.asking import Asking
from eventdesk.screens.checkin.counter import Counter
from eventdesk.screens.checkin.keys import bind_keys
from eventdesk.screens.checkin.last_scans import Line
from eventdesk.screens.checkin.parts import Parts
from eventdesk.screens.checkin.shown import (
    Shown,
    of_given,
    of_order,
    of_trouble,
    of_undone,
    sound,
)
from eventdesk.screens.checkin.wishes import Wishes

# After these, a name that stands here may be one that is to be forgotten.
FORGETTING = frozenset({Kind.GUEST_ERASED, Kind.GUESTS_PURGED})
# Where one of these fails, a guest may be waiting for an answer.
PASSING = frozenset({ScanCode, AdmitOrder, AddWalkIn})

# Pixels that are left of 480 under a title bar, the alarm and a message, and above the strip.
LEAST_HEIGHT = 300


class CheckInPage(QWidget):
    """`play` plays a sound by name. `camera` takes frames from any thread (see CameraView)."""

    verdict_painted = Signal(str, float)

    def __init__(self, bridge: Bridge, play: Callable[[str], object] = lambda _name: None) -> None:
        super().__init__()
        self._play = play
        self.counter = Counter(bridge)
        self.parts = Parts(self, bridge)
        self.wishes = Wishes(self.counter, self.parts)
        self.asking = Asking(self.counter, self.parts)
        self.camera = self.parts.camera
        self.parts.verdict.verdict_painted.connect(self.verdict_painted)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._hear_engine(bridge)
        self._hear_person()
        bind_keys(self, self.wishes)
        self._refresh_actions()

    # What others may call

    def scan(self, code: str, source: Source, seen_at: float = 0.0) -> None:
        """Post a code that was seen. Thread-safe."""
        self.counter.scan(code, source, seen_at)

    def take_scan(self, code: str, seen_at: float) -> bool:
        """A hand scanner's code, while this page is open (see MainWindow.scan)."""
        self.scan(code, Source.SCANNER, seen_at)
        return True

    # What the engine tells

    def _hear_engine(self, bridge: Bridge) -> None:
        bridge.verdict_given.connect(self._verdict_given)
        bridge.admission_undone.connect(self._undone)
        bridge.passes_listed.connect(self._passes_listed)
        bridge.order_shown.connect(self._order_shown)
        bridge.order_admitted.connect(self._order_admitted)
        bridge.door_chosen.connect(self._door_chosen)
        bridge.figures_changed.connect(self.parts.figures.show_figures)
        bridge.setting_kept.connect(self._setting_kept)
        bridge.trouble_told.connect(self._trouble_told)
        bridge.facts_recorded.connect(self._recorded)

    def _show(self, shown: Shown) -> None:
        self.parts.verdict.show_verdict(shown)
        self._play(sound(shown))

    def _verdict_given(self, given: Given) -> None:
        self.counter.given = given
        self._show(of_given(given))
        parts = self.parts
        parts.work.card.show_guest(given, self.counter.catalogue)
        parts.scans.scans.add(given)
        if self.counter.was_picked(given.request):
            parts.search.clear()
        self._refresh_actions()
        self.asking.follow(given)

    def _undone(self, undone: Undone) -> None:
        """The guest whose check-in was taken back is the one on show now."""
        given = self.parts.scans.scans.mark_undone(undone)
        self.counter.given = given
        self._show(of_undone(undone))
        self.parts.work.card.show_guest(given, self.counter.catalogue)
        self._refresh_actions()

    def _order_shown(self, shown: OrderShown) -> None:
        work = self.parts.work
        work.open_sheet(work.order)
        work.order.show_order(shown, self.counter.catalogue)

    def _order_admitted(self, admitted: OrderAdmitted) -> None:
        for given in admitted.given:
            self.parts.scans.scans.add(given)
        self.parts.work.close_sheet()
        self._show(of_order(admitted))
        self._refresh_actions()

    def _door_chosen(self, door: Door) -> None:
        before, place = self.counter.door, self.counter.place()
        self.counter.door = door
        self.parts.show_door(door)
        moved = place != self.counter.place()
        if moved or before is None or before.mode != door.mode:
            self._start_afresh(door.mode)
        if moved:
            self.parts.scans.scans.start(door.catalogue.event.zone)
            self.counter.post(ListPasses(*self.counter.place()))
        self._refresh_actions()

    def _passes_listed(self, listed: PassesListed) -> None:
        """What was done here before the desk was started, or by another desk."""
        if self.counter.place() == (listed.log, listed.list):
            self.parts.scans.scans.add_older(listed.given)
            self._refresh_actions()

    def _recorded(self, recorded: Recorded) -> None:
        """People who were erased go from the screen as well, whoever erased them."""
        door = self.counter.door
        if door is None or recorded.log != self.counter.place()[0] or FORGETTING.isdisjoint(recorded.kinds):
            return
        self.parts.scans.scans.start(door.catalogue.event.zone)
        self.counter.post(ListPasses(*self.counter.place()))
        if not self.parts.work.is_open():
            self.counter.given = None
            self.parts.work.card.clear()
        self._refresh_actions()

    def _start_afresh(self, mode: Mode) -> None:
        """Another door or mode: what stood there before must not be taken for its verdict."""
        self.counter.given = None
        self.parts.verdict.set_mode(mode)
        self.parts.work.close_sheet()
        self.parts.work.card.clear()

    def _setting_kept(self, kept: tuple[str, object]) -> None:
        key, value = kept
        if key == MAY_FORCE:
            self.counter.may_force_here = bool(value)
            self._refresh_actions()
        elif key == CAMERA_MIRRORED:
            self.camera.mirrored = bool(value)

    def _trouble_told(self, trouble: Trouble) -> None:
        """A pass that failed must stop the guest, whichever page it was asked for on."""
        if trouble.command in PASSING:
            self._show(of_trouble(trouble))

    # What the person wants

    def _hear_person(self) -> None:
        parts, work = self.parts, self.parts.work
        parts.modes.chosen.connect(self.counter.set_mode)
        parts.search.picked.connect(self._picked)
        parts.scans.recalled.connect(self._recall)
        parts.scans.undo_asked.connect(self.wishes.ask_undo)
        parts.door_button.clicked.connect(lambda _checked: self.wishes.choose_door())
        parts.actions.undo.connect(self.wishes.undo)
        parts.actions.walk_in.connect(self.wishes.walk_in)
        parts.actions.order.connect(self.counter.show_order)
        parts.actions.badge.connect(self.wishes.badge)
        parts.actions.force.connect(self.wishes.force)
        parts.actions.unpaid.connect(self.wishes.unpaid)
        work.questions.answered.connect(self.counter.answer)
        work.walk_in.wanted.connect(self._do_walk_in)
        work.order.wanted.connect(self._do_order)
        work.door.wanted.connect(self._do_door)
        work.sheet_changed.connect(self._sheet_changed)

    def _sheet_changed(self, is_open: bool) -> None:
        self.parts.arrange(self.size())
        if is_open:
            return
        self._take_focus()
        self.asking.resume()

    def _take_focus(self) -> None:
        """Keys act on the page and not on whichever button is next; what is being typed stays."""
        if not self.parts.search.box.hasFocus() and not self.parts.work.is_open():
            self.setFocus()

    def _refresh_actions(self) -> None:
        undoable = self.parts.scans.scans.last_undoable() is not None
        self.parts.actions.refresh(self.counter, undoable)

    def _picked(self, hit: Hit) -> None:
        self.counter.check_in(hit)
        self.setFocus()

    def _recall(self, line: Line) -> None:
        """Look at an earlier scan again: its card, not its verdict, which no longer holds."""
        self.counter.given = line.given
        self.parts.verdict.clear()
        self.parts.work.close_sheet()
        self.parts.work.card.show_guest(line.given, self.counter.catalogue)
        self._refresh_actions()

    def _do_walk_in(self, command: AddWalkIn) -> None:
        self.counter.post(command)
        self.parts.work.close_sheet()

    def _do_order(self, command: AdmitOrder) -> None:
        self.counter.post(command)
        self.parts.work.close_sheet()

    def _do_door(self, command: ChooseDoor) -> None:
        self.counter.post(command)
        self.parts.work.close_sheet()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody else wanted: a letter starts a search, Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.parts.work.close_sheet()
            self.parts.search.clear()
            self.setFocus()
        elif event.text().isprintable() and event.text().strip() and not self.parts.work.is_open():
            self.parts.search.start(event.text())
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it can be upright, whatever way it stands now: or no window would ever get there."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self.parts.least_width()), LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.arrange(event.size())
