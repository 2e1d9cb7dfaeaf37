"""What tenders are called."""

from eventdesk import i18n
from eventdesk.domain.till.setup import Tender


def tender_word(tender: Tender, language: str) -> str:
    tr = i18n.speaker(language)
    return {
        Tender.CASH: tr("Cash"),
        Tender.CARD: tr("Card"),
        Tender.GIFT_CARD: tr("Gift card"),
        Tender.INVOICE: tr("Invoice"),
        Tender.OTHER: tr("Other tender"),
    }[tender]
