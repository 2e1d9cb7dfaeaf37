"""A report as it travels in a desk's note: MessagePack, by name, so that older and newer desks read it."""

from dataclasses import replace
from typing import Final

import msgspec

from eventdesk.domain.reports import DeskReport, PrinterReport

MOST_PICTURE: Final = 40 << 10
MOST_WORDS: Final = 200
MOST_PRINTERS: Final = 8


def packed(report: DeskReport) -> bytes:
    return msgspec.msgpack.encode(_short(report))


def unpacked(desk: str, body: bytes) -> DeskReport | None:
    """None for what is no report. It is of the desk that left it, whatever it says itself."""
    try:
        report = msgspec.msgpack.decode(body, type=DeskReport)
    except (msgspec.DecodeError, ValueError, OverflowError, RecursionError):
        return None
    moments = (
        report.at,
        report.heard_at,
        report.tested_at,
        report.scanner_at,
        report.backup_at,
        report.trouble_at,
    )
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        return None
    return _short(replace(report, desk=desk))


def _short(report: DeskReport) -> DeskReport:
    """So that a note holds it, whatever a device says of itself."""
    printers = [_short_printer(one) for one in report.printers[:MOST_PRINTERS]]
    picture = report.picture if len(report.picture) <= MOST_PICTURE else b""
    names = ("name", "version", "doing", "page", "event", "list", "gate", "test_words", "trouble")
    texts = {name: getattr(report, name)[:MOST_WORDS] for name in names}
    return replace(report, printers=tuple(printers), picture=picture, **texts)


def _short_printer(printer: PrinterReport) -> PrinterReport:
    return replace(printer, queue=printer.queue[:MOST_WORDS], words=printer.words[:MOST_WORDS])
