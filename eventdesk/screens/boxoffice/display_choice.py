"""On which screen the guest sees what is sold: kept as a setting of this desk."""

from functools import partial

from PySide6.QtGui import QGuiApplication

from eventdesk.desk.commands import PutSetting
from eventdesk.desk.settings import CUSTOMER_DISPLAY
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.choice_sheet import Choice
from eventdesk.screens.boxoffice.customer_display import WINDOW
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.work import Work


def choose_display(state: TillState, work: Work) -> None:
    """The screens beside the one that the till is on, a window, or none."""
    own = work.screen()
    choices = [
        Choice(tr("Screen {name}", name=one.name()), partial(_keep, state, work, one.name()))
        for one in QGuiApplication.screens()
        if one is not own
    ]
    choices.append(Choice(tr("In a window"), partial(_keep, state, work, WINDOW)))
    choices.append(Choice(tr("Off"), partial(_keep, state, work, "")))
    work.open_sheet(work.choice)
    work.choice.ask(tr("Customer display"), choices)


def _keep(state: TillState, work: Work, name: str) -> None:
    work.close_sheet()
    state.post(PutSetting(CUSTOMER_DISPLAY, name))
