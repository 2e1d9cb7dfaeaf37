"""Slips that are no receipts (X and Z reports, cash drops) as blocks."""

from collections.abc import Iterator

from eventdesk import i18n
from eventdesk.domain.till.slips import Slip, SlipRow
from eventdesk.receipts.blocks import HUGE, LARGE, Banner, Block, Gap, Pair, Rule, Sheet, Signature, Text
from eventdesk.receipts.marks import copy_mark, training_mark


def slip_sheet(slip: Slip, language: str) -> Sheet:
    """The slip from top to bottom. Its own texts are in `language` already."""
    mark = training_mark(language) if slip.training else ""
    return Sheet(tuple(_blocks(slip, language, mark)), mark)


def _blocks(slip: Slip, language: str, training: str) -> Iterator[Block]:
    if training:
        yield Banner(training, HUGE)
    if slip.copy:
        yield Banner(copy_mark(slip.copy, language))
    yield Text(slip.title, LARGE, bold=True, centered=True)
    for line in slip.heading:
        yield Text(line, centered=True)
    for block in slip.blocks:
        yield Gap()
        if block.title:
            yield Text(block.title, bold=True)
        yield Rule()
        for row in block.rows:
            yield _row(row, slip.currency, language)
    for words in slip.signatures:
        yield Signature(words)
    if training:
        yield Banner(training, HUGE)


def _row(row: SlipRow, currency: str, language: str) -> Pair:
    amount = "" if row.amount is None else i18n.bare_money(row.amount, currency, language)
    return Pair(row.label, "   ".join(filter(None, (row.text, amount))), bold=row.strong)
