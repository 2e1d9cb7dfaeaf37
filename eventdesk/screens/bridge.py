"""The one bridge between the engine's threads and the screens: a Qt signal for each hook."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks


class Bridge(QObject):
    """Each hook of `desk/hooks.py` as a signal of the same name; holds no logic.

    A hook calls on an engine's thread; Qt queues the signal for receivers that live on another
    thread, so that every slot of a screen runs on the GUI thread.
    """

    verdict_given = Signal(object)
    admission_undone = Signal(object)
    passes_listed = Signal(object)
    order_shown = Signal(object)
    order_admitted = Signal(object)
    guests_found = Signal(object)
    door_chosen = Signal(object)
    figures_changed = Signal(object)
    facts_recorded = Signal(object)
    job_changed = Signal(object)
    badge_entered = Signal(object)
    operation_moved = Signal(object)
    operation_ended = Signal(object)
    setting_kept = Signal(object)
    backup_made = Signal(object)
    trouble_told = Signal(object)
    events_listed = Signal(object)
    catalogue_shown = Signal(object)
    guests_listed = Signal(object)
    ticket_shown = Signal(object)
    jobs_listed = Signal(object)
    devices_listed = Signal(object)
    settings_listed = Signal(object)
    test_badge_told = Signal(object)
    doctor_reported = Signal(object)
    device_changed = Signal(object)
    sighted = Signal(object)
    code_read = Signal(object)
    line_changed = Signal(object)
    paired = Signal(object)
    hubs_found = Signal(object)
    hub_changed = Signal(object)
    outbox_listed = Signal(object)
    conflicts_found = Signal(object)
    conflicts_listed = Signal(object)
    staff_changed = Signal(object)
    staff_listed = Signal(object)
    staff_card_made = Signal(object)
    desks_listed = Signal(object)
    code_made = Signal(object)
    erasures_listed = Signal(object)
    ticket_keys_listed = Signal(object)
    till_opened = Signal(object)
    stock_changed = Signal(object)
    cart_changed = Signal(object)
    carts_listed = Signal(object)
    code_known = Signal(object)
    seats_shown = Signal(object)
    payment_changed = Signal(object)
    sale_made = Signal(object)
    sales_found = Signal(object)
    sale_shown = Signal(object)
    sale_reversed = Signal(object)
    shift_changed = Signal(object)
    shift_shown = Signal(object)
    shift_closed = Signal(object)
    shifts_listed = Signal(object)
    audit_listed = Signal(object)
    mail_asked = Signal(object)
    approval_needed = Signal(object)
    approved = Signal(object)
    receipt_changed = Signal(object)
    terminal_changed = Signal(object)
    receipt_printer_tried = Signal(object)
    secret_kept = Signal(object)
    kiosk_changed = Signal(object)
    kiosk_setup_shown = Signal(object)
    signatures_listed = Signal(object)
    waves_listed = Signal(object)
    printers_told = Signal(object)
    help_changed = Signal(object)
    venue_changed = Signal(object)
    flow_changed = Signal(object)
    desk_ordered = Signal(object)
    pretix_changed = Signal(object)
    pretix_events_listed = Signal(object)
    calls_listed = Signal(object)
    layouts_shown = Signal(object)
    samples_found = Signal(object)

    def __init__(self, hooks: Hooks, post: Callable[[Command], object]) -> None:
        super().__init__()
        self._post = post
        for name, hook in vars(hooks).items():
            hook.connect(getattr(self, name).emit)

    def post(self, command: Command) -> None:
        """Hand a command to the engine; returns at once."""
        self._post(command)
