"""What the report says of one currency, from top to bottom."""

from collections.abc import Iterator

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from eventdesk import i18n
from eventdesk.domain.till.accounts import Account, CurrencyAccount
from eventdesk.receipts.accounting.breakdowns import Breakdowns
from eventdesk.receipts.accounting.lettering import text
from eventdesk.receipts.accounting.listings import Listings
from eventdesk.receipts.accounting.overview import Overview

# So much must be left of a page for a heading and what follows it.
TOGETHER = 90


def sections(account: Account, part: CurrencyAccount, language: str) -> Iterator[Flowable]:
    tr = i18n.speaker(language)
    overview = Overview(account, part, language)
    by, listings = Breakdowns(account, part, language), Listings(account, part, language)
    for title, section in (
        (tr("Summary"), overview.summary),
        (tr("Turnover over time"), overview.times),
        (tr("Turnover by product"), by.products),
        (tr("Turnover by tax rate"), by.rates),
        (tr("Turnover by desk"), by.desks),
        (tr("Turnover by person"), by.people),
        (tr("Paid by tender"), overview.tenders),
        (tr("Closings"), listings.closings),
        (tr("Given back"), listings.reversals),
    ):
        found = list(section())
        if found:
            yield CondPageBreak(TOGETHER)
            yield Spacer(1, 10)
            yield text(title, 11, bold=True)
            yield Spacer(1, 4)
            yield from found
