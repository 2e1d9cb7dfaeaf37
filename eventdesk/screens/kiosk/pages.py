"""Which page shows which step."""

from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.screens.kiosk.buying import BuyingPage
from eventdesk.screens.kiosk.choosing import ChoosingPage
from eventdesk.screens.kiosk.details import DetailsPage
from eventdesk.screens.kiosk.document import DocumentPage
from eventdesk.screens.kiosk.ending import ClosedPage, DonePage, PrintingPage, SorryPage
from eventdesk.screens.kiosk.finding import FindingPage
from eventdesk.screens.kiosk.page import KioskPage
from eventdesk.screens.kiosk.paying import PaidWaitPage, PayingPage
from eventdesk.screens.kiosk.photo import PhotoPage
from eventdesk.screens.kiosk.questions import QuestionsPage
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.kiosk.welcome import WelcomePage

_PAGES: dict[Page, type[KioskPage]] = {
    Page.WELCOME: WelcomePage,
    Page.FINDING: FindingPage,
    Page.CHOOSING: ChoosingPage,
    Page.DETAILS: DetailsPage,
    Page.QUESTIONS: QuestionsPage,
    Page.DOCUMENT: DocumentPage,
    Page.PHOTO: PhotoPage,
    Page.PAYING: PayingPage,
    Page.PAID_WAIT: PaidWaitPage,
    Page.BUYING: BuyingPage,
    Page.PRINTING: PrintingPage,
    Page.DONE: DonePage,
    Page.SORRY: SorryPage,
    Page.CLOSED: ClosedPage,
}


def page_for(visit: Visit, state: KioskState) -> KioskPage:
    """A new page for this step."""
    return _PAGES[state.page](visit, state)


def is_same_step(one: KioskState, other: KioskState) -> bool:
    """Whether what was typed on the page may stay: the same step of the same guest."""
    if one.page is not other.page or one.visit != other.visit:
        return False
    return _step(one) == _step(other)


def _step(state: KioskState) -> object:
    resting = (state.setup, state.works, state.event) if state.page is Page.WELCOME else ()
    guests = tuple(guest.ticket for guest in state.guests)
    questions = tuple(question.id for question in state.questions)
    document = state.document.id if state.document else ""
    return state.guest, guests, questions, document, state.text, tuple(state.products), resting
