"""Before the doors open: one line a desk, the worst first, what is wrong and what to do."""

from datetime import tzinfo
from pathlib import Path

from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import PrintTestBadge
from eventdesk.desk.hooks import Door
from eventdesk.desk.listings import BadgeTried
from eventdesk.desk.printing.commands import ListPrinters
from eventdesk.desk.printing.values import PrintersTold
from eventdesk.desk.venue.values import DeskLine, Venue
from eventdesk.errors import of_system
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.files import AskSave, ask_save
from eventdesk.screens.manage.job_words import state_tone, state_words
from eventdesk.screens.manage.look import button, card, fill, note, say, table_of
from eventdesk.screens.venue import sheet, words
from eventdesk.screens.venue.rows import KeyedTable
from eventdesk.screens.widgets.basics import boxed, label, row, set_tone
from eventdesk.screens.words import joined, number

TABLE_PX = 200
# Rows close to each other: fifty desks are a lot to look through.
ROW_LINES = 1.3


class ReadinessPart(QWidget):
    def __init__(self, bridge: Bridge, ask_target: AskSave = ask_save) -> None:
        super().__init__()
        self._bridge, self._ask_target = bridge, ask_target
        self._venue: Venue | None = None
        self._title = ""
        self._zone: tzinfo | None = None
        self._trying = False
        self._tried: dict[str, BadgeTried] = {}
        self._requests: set[str] = set()
        self._build()
        bridge.door_chosen.connect(self._door_chosen)
        bridge.printers_told.connect(self._printers_told)
        bridge.test_badge_told.connect(self._badge_told)

    def _build(self) -> None:
        self.verdict = label(tr("Asking the desks ..."), "title", wrap=True)
        self.count = note()
        self.rows: KeyedTable[DeskLine] = KeyedTable(sheet.headers(), _cells, lambda one: one.desk)
        self.table = table_of(self.rows, tr("Readiness of all desks"), (190, 430))
        self.table.verticalHeader().setDefaultSectionSize(
            round(self.table.fontMetrics().height() * ROW_LINES)
        )
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self.chosen = label("", "heading", wrap=True)
        self.wrong, self.remedy = note(tone=""), note()
        self._card = card(self.chosen, self.wrong, self.remedy, margin=10)
        self._card.hide()
        self.test_button = button(tr("Test the printers here"), self.try_printers, "", "badge")
        self.pdf_button = button(tr("PDF ..."), lambda: self.save("readiness.pdf"), "", "export")
        self.csv_button = button(tr("Table ..."), lambda: self.save("readiness.csv"), "", "export")
        self.told = note()
        self.told.hide()
        buttons = boxed(row(self.test_button, self.pdf_button, self.csv_button, 1))
        column = fill(self, self.verdict, self.count)
        column.addWidget(self.table, 1)
        for part in (self._card, buttons, self.told):
            column.addWidget(part)

    def show_venue(self, venue: Venue) -> None:
        self._venue = venue
        self.rows.show_items(worst_first(venue))
        bad = sum(one.bad for line in venue.lines for one in line.findings)
        minor = sum(not one.bad for line in venue.lines for one in line.findings)
        if bad:
            self._say(tr("✕ To mend: {number}", number=number(bad)), "title_bad")
        elif not venue.lines:
            self._say(tr("No desk has reported yet."), "title")
        elif minor:
            self._say(f"! {tr('Worth a look: {number}.', number=number(minor))}", "title")
        else:
            self._say(tr("✓ Ready"), "title_good")
        ready = sum(not line.findings for line in venue.lines)
        told = tr("Desks: {number}, ready: {ready}.", number=number(len(venue.lines)), ready=number(ready))
        if bad and minor:
            told += " " + tr("Worth a look: {number}.", number=number(minor))
        if venue.trouble:
            told = joined(tr(venue.trouble), told, by=" ")
        say(self.count, told, "warn" if venue.trouble else "muted")
        self._show_chosen()

    def try_printers(self) -> None:
        """One for each printer of this desk; other desks do it at theirs."""
        self._trying = True
        self._tried.clear()
        self._requests.clear()
        self._bridge.post(ListPrinters())

    def save(self, suggestion: str) -> None:
        target = self._ask_target(self, suggestion)
        if target is None or self._venue is None:
            return
        try:
            self._write(target, self._venue)
        except OSError as error:
            trouble = of_system(error)
            say(self.told, joined(tr(trouble.message), tr(trouble.remedy), by=" "), "bad")
        else:
            say(self.told, tr("✓ {file} is saved.", file=target.name), "good")

    def _write(self, target: Path, venue: Venue) -> None:
        if target.suffix.lower() == ".pdf":
            sorted_venue = Venue(worst_first(venue), venue.at, venue.trouble)
            sheet.write_pdf(target, sorted_venue, self._head(), venue.at.astimezone(self._zone))
        else:
            sheet.write_csv(target, worst_first(venue))

    def _head(self) -> str:
        return joined(tr("Readiness"), self._title, self.verdict.text())

    def _say(self, text: str, tone: str) -> None:
        self.verdict.setText(text)
        set_tone(self.verdict, tone)

    def _show_chosen(self) -> None:
        line = self.rows.item(self.table.currentIndex().row())
        self._card.setVisible(line is not None and bool(line.findings))
        if line is not None:
            self.chosen.setText(words.place(line))
            say(self.wrong, "\n".join(words.finding(one) for one in words.by_badness(line)), "")
            say(self.remedy, words.remedies(line))

    def _door_chosen(self, door: Door) -> None:
        self._title, self._zone = door.catalogue.event.name, door.catalogue.event.zone

    def _printers_told(self, told: PrintersTold) -> None:
        if not self._trying:
            return
        self._trying = False
        for queue in [one.queue for one in told.printers] or [""]:
            command = PrintTestBadge(queue)
            self._requests.add(command.request)
            self._bridge.post(command)

    def _badge_told(self, tried: BadgeTried) -> None:
        if tried.request not in self._requests:
            return
        self._tried[tried.request] = tried
        lines = [
            joined(one.printer, state_words(one.state), tr(one.detail) if one.detail else "")
            for one in self._tried.values()
        ]
        tones = {state_tone(one.state) for one in self._tried.values()}
        say(self.told, "\n".join(lines), "bad" if "bad" in tones else "")


def worst_first(venue: Venue) -> list[DeskLine]:
    """By what is bad, then by what is worth a look, then by name."""
    return sorted(venue.lines, key=_badness)


def _badness(line: DeskLine) -> tuple[int, int, list[tuple[int, str]]]:
    bad = sum(one.bad for one in line.findings)
    return -bad, -len(line.findings), words.by_name(line.name or line.desk)


def _cells(line: DeskLine) -> tuple[str, str, str]:
    return words.place(line), words.findings(line), words.remedies(line)
