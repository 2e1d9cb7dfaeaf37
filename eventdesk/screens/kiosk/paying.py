"""What is owed, and the card terminal beside the screen."""

from eventdesk import i18n
from eventdesk.desk.kiosk.commands import PayAtKiosk
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import KioskPage, sentence
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.kiosk.working import Working


class PayingPage(KioskPage):
    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.sum = BigText(4.0)
        self.sum.show_text(amount(state, state.due))
        self.pay = BigButton(tr("Pay by card"), icon="cash", kind="primary", pressed=self._pay)
        self.whole.addWidget(self.sum, 1)
        self.whole.addWidget(self.pay)

    def title(self) -> str:
        return tr("Still to be paid")

    def show_state(self, state: KioskState) -> None:
        super().show_state(state)
        self.pay.setEnabled(True)
        self.sum.show_text(amount(state, state.due))

    def _pay(self) -> None:
        """Once: a second touch must not ask the terminal again."""
        self.pay.setEnabled(False)
        self.visit.ask(PayAtKiosk)


class PaidWaitPage(KioskPage):
    """The terminal speaks to the guest now, and knows by itself when they are gone."""

    idles = False

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.sum = BigText(4.0)
        self.sum.show_text(amount(state, state.due) if state.due else "")
        self.whole.addWidget(self.sum, 1)
        self.whole.addWidget(sentence(tr("The screen goes on by itself when it is paid.")))
        self.whole.addWidget(Working())
        self.whole.addStretch(1)

    def title(self) -> str:
        return tr("Please pay at the card terminal beside the screen")


def amount(state: KioskState, minor: int) -> str:
    """Minor units in the guest's language."""
    code = state.currency.code if state.currency else "EUR"
    return i18n.money(minor, code, i18n.chosen())
