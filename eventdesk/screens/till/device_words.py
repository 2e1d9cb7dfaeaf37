"""What a device says of itself, and the tone to say it in."""

from eventdesk.desk.till.values import ReceiptPrinterTried, TerminalChanged
from eventdesk.i18n import tr
from eventdesk.screens.words import joined


def state_sentence(told: TerminalChanged | ReceiptPrinterTried) -> tuple[str, str]:
    """A sentence with its remedy, and the tone."""
    state = told.state
    words = joined(tr(state.message), tr(state.remedy) if state.remedy else "", by=" ")
    tones = {"ready": "good", "degraded": "warn"}
    return words, tones.get(state.status.value, "bad")
