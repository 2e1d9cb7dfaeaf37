"""Puts the manage pages into the window and says where each of them leads."""

from dataclasses import dataclass

from eventdesk.desk.commands import ListEvents
from eventdesk.desk.listings import EventsListed
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.doctor_page import DoctorPage
from eventdesk.screens.manage.events_page import EventsPage
from eventdesk.screens.manage.guests_page import GuestsPage
from eventdesk.screens.manage.jobs_page import JobsPage
from eventdesk.screens.manage.settings_page import SettingsPage
from eventdesk.screens.manage.wizard import Wizard
from eventdesk.screens.window import MainWindow

SETUP = "setup"


@dataclass(frozen=True, slots=True)
class ManagePages:
    """`wizard.camera_view` wants the camera's frames, as the check-in page does."""

    guests: GuestsPage
    events: EventsPage
    jobs: JobsPage
    settings: SettingsPage
    doctor: DoctorPage
    wizard: Wizard


def add_pages(window: MainWindow, bridge: Bridge, home: str) -> ManagePages:
    """Add them after the page `home`, where the wizard ends. A desk without an event opens the wizard."""
    pages = ManagePages(
        GuestsPage(bridge),
        EventsPage(bridge),
        JobsPage(bridge),
        SettingsPage(bridge),
        DoctorPage(bridge),
        Wizard(bridge),
    )
    window.add_page("guests", tr("Guests"), "guests", pages.guests)
    window.add_page("events", tr("Events"), "event", pages.events)
    window.add_page("jobs", tr("Printing"), "printer", pages.jobs)
    window.add_page("settings", tr("Settings"), "settings", pages.settings)
    window.add_page("doctor", tr("Doctor"), "doctor", pages.doctor)
    window.add_page(SETUP, tr("Set-up"), "list", pages.wizard)
    pages.events.wizard_wanted.connect(lambda: window.show_page(SETUP))
    pages.wizard.finished.connect(lambda: window.show_page(home))
    _open_wizard_where_nothing_is(window, bridge)
    return pages


def _open_wizard_where_nothing_is(window: MainWindow, bridge: Bridge) -> None:
    asked = ListEvents()

    def listed(answer: EventsListed) -> None:
        if answer.request == asked.request and not answer.events:
            window.show_page(SETUP)

    bridge.events_listed.connect(listed)
    bridge.post(asked)
