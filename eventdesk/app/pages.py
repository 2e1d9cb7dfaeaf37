"""The pages of a desk's window: made, named, and put where people look for them."""

from typing import Final

from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.page import BoxOfficePage
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.designer.page import DesignerPage
from eventdesk.screens.line.conflicts_page import ConflictsPage
from eventdesk.screens.line.desks_page import DesksPage
from eventdesk.screens.manage.doctor_page import DoctorPage
from eventdesk.screens.manage.events_page import EventsPage
from eventdesk.screens.manage.guests_page import GuestsPage
from eventdesk.screens.manage.kiosk_page import KioskPage
from eventdesk.screens.manage.settings_page import SettingsPage
from eventdesk.screens.manage.wizard import Wizard
from eventdesk.screens.pretix.page import PretixPage
from eventdesk.screens.printing.page import PrintingPage
from eventdesk.screens.sounds import Sounds
from eventdesk.screens.till.till_page import TillPage
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.window import MainWindow

CHECK_IN: Final = "checkin"
SET_UP: Final = "setup"
DESKS: Final = "desks"
CONFLICTS: Final = "conflicts"
BOX_OFFICE: Final = "boxoffice"
TILL: Final = "till"
VENUE: Final = "venue"
PRETIX: Final = "pretix"


class Pages:
    """Those that others have to do with; all are in the window."""

    def __init__(self, bridge: Bridge, window: MainWindow, sounds: Sounds) -> None:
        self._bridge = bridge
        self._window = window
        self.check_in = CheckInPage(bridge, sounds.play)
        self.box_office = BoxOfficePage(bridge)
        self.till = TillPage(bridge)
        self.wizard = Wizard(bridge)
        self.desks, self.conflicts = DesksPage(bridge), ConflictsPage(bridge)
        self.venue = VenuePage(bridge)
        self.pretix = PretixPage(bridge)
        self._add()
        self._add_organizing()

    def _add(self) -> None:
        self._window.add_page(CHECK_IN, tr("Check-in"), "scan", self.check_in, arranges_itself=True)
        self._window.add_page(BOX_OFFICE, tr("Box office"), "till", self.box_office, arranges_itself=True)
        self._window.add_page(TILL, tr("Shift"), "drawer", self.till, arranges_itself=True)
        self._window.add_page("guests", tr("Guests"), "guests", GuestsPage(self._bridge))
        self._window.add_page("jobs", tr("Printing"), "printer", PrintingPage(self._bridge))
        self._window.add_page(VENUE, tr("Venue"), "venue", self.venue)

    def _add_organizing(self) -> None:
        """What nobody needs while guests come: behind the bar's last button."""
        bridge, add = self._bridge, self._window.add_page
        events = EventsPage(bridge)
        events.wizard_wanted.connect(lambda: self._window.show_page(SET_UP))
        words = tr("Products, sessions, lists, questions, gates, till.")
        add("events", tr("Events"), "event", events, purpose=words)
        words = tr("Draw badges, try them on your guests.")
        add("designer", tr("Badges"), "badge", DesignerPage(bridge), arranges_itself=True, purpose=words)
        words = tr("What guests may do alone, and what they sign.")
        add("kiosk", tr("Kiosk"), "hand", KioskPage(bridge), purpose=words)
        words = tr("Join others, let desks in; staff and PINs; who is to be forgotten.")
        add(DESKS, tr("Desks"), "desks", self.desks, purpose=words)
        words = tr("Guests who got in twice, seats that were sold twice.")
        add(CONFLICTS, tr("Conflicts"), "conflict", self.conflicts, purpose=words)
        words = tr("Take guests from pretix, and tell it who has come.")
        add(PRETIX, "pretix", "globe", self.pretix, purpose=words)
        words = tr("Step by step: event, guests, camera, printer, door.")
        add(SET_UP, tr("Set-up"), "check", self.wizard, purpose=words)
        words = tr("Is this desk ready? What is wrong, and what to do.")
        add("doctor", tr("Doctor"), "doctor", DoctorPage(bridge), purpose=words)
        words = tr("This computer: language, looks, camera, scanner, printing, till.")
        add("settings", tr("Settings"), "settings", SettingsPage(bridge), purpose=words)
