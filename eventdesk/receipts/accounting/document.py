"""The report as a whole: who, what time, then each currency by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Spacer

from eventdesk import i18n
from eventdesk.domain.till.accounts import EVER, Account
from eventdesk.receipts.accounting.lettering import REGULAR, prepare, text
from eventdesk.receipts.accounting.sections import sections

MARGIN = 18 * mm
FRAME = 6  # reportlab's own, round what is set


def write_account(
    account: Account, path: Path, language: str = "en", on_page: Callable[[], None] = lambda: None
) -> int:
    """The report as PDF, at `path`; the number of its pages. `on_page` is called at each and may raise.
    Any thread may call it once `badges.fonts.prepare()` ran on the main one."""
    prepare()
    tr = i18n.speaker(language)
    title = tr("Account of the tills")
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=MARGIN - FRAME,
        rightMargin=MARGIN - FRAME,
        topMargin=MARGIN - FRAME,
        bottomMargin=MARGIN - FRAME,
        title=f"{title}: {account.event.name}",
        author=account.business.name,
        lang=language,
        # Else reportlab names a face that is not embedded, on every page.
        initialFontName=REGULAR,
    )

    def footer(canvas: Any, _document: Any) -> None:
        on_page()
        canvas.setFont(REGULAR, 7)
        made = i18n.minute(account.made.astimezone(account.event.zone), language)
        canvas.drawString(MARGIN, 10 * mm, tr("Made {moment}", moment=made))
        page = tr("Page {number}", number=canvas.getPageNumber())
        canvas.drawRightString(A4[0] - MARGIN, 10 * mm, page)

    document.build(list(_story(account, title, language)), onFirstPage=footer, onLaterPages=footer)
    return int(document.page)


def _story(account: Account, title: str, language: str) -> Iterator[Flowable]:
    tr = i18n.speaker(language)
    business = account.business
    yield text(title, 18, bold=True)
    yield Spacer(1, 6)
    yield text(account.event.name, 12, bold=True)
    for line in filter(None, (business.name, *business.address, business.tax_number, business.contact)):
        yield text(line, 9)
    yield text(_period(account, language), 9)
    if not account.currencies:
        yield Spacer(1, 12)
        yield text(tr("Nothing was sold in this time."), 10)
    for number, part in enumerate(account.currencies):
        if number:
            yield PageBreak()
        yield Spacer(1, 10)
        yield text(tr("All amounts in {currency}", currency=part.currency), 9, bold=True)
        yield from sections(account, part, language)


def _period(account: Account, language: str) -> str:
    tr, zone, span = i18n.speaker(language), account.event.zone, account.span
    begins = i18n.minute(span.begins.astimezone(zone), language)
    ends = i18n.minute(span.ends.astimezone(zone), language)
    if span.begins == EVER.begins and span.ends == EVER.ends:
        words = tr("All that was sold so far")
    elif span.begins == EVER.begins:
        words = tr("Until {moment}", moment=ends)
    elif span.ends == EVER.ends:
        words = tr("From {moment}", moment=begins)
    else:
        words = tr("From {begin} until {end}", begin=begins, end=ends)
    return tr("{period}, times of {zone}", period=words, zone=zone.key)
