"""Guests from a file: choose it, see what would become of it, change that, import it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from eventdesk.desk import operations
from eventdesk.domain.imports import Exported, ImportChoices, Imported, Preview
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.bad_rows import BadRows
from eventdesk.screens.manage.file_options import FileOptions
from eventdesk.screens.manage.files import AskOpen, AskSave, ask_open, ask_save
from eventdesk.screens.manage.import_mapping import MappingTable
from eventdesk.screens.manage.import_words import made_with_it, outlook
from eventdesk.screens.manage.look import button, card, fill, heading, note, say, scrolled
from eventdesk.screens.manage.operation import OperationBar
from eventdesk.screens.widgets.basics import row
from eventdesk.screens.words import number, says

# A person runs through a list of choices with the arrow keys: wait for the last one.
PAUSE_MS = 250


class ImportPage(QWidget):
    """`use_log` says into which event; `imported` tells that guests were written."""

    imported = Signal(object)

    def __init__(self, bridge: Bridge, ask_file: AskOpen = ask_open, ask_target: AskSave = ask_save) -> None:
        super().__init__()
        self._bridge, self._ask_file, self._ask_target = bridge, ask_file, ask_target
        self._log = ""
        self._path: Path | None = None
        self._preview: Preview | None = None
        self._wanted = ImportChoices()
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.setAcceptDrops(True)
        self.use_log("")

    def use_log(self, log: str) -> None:
        """Import into this event from now on."""
        self._log = log
        self.choose_button.setEnabled(bool(log))
        say(self.file_name, tr("CSV or Excel (XLSX), from any ticketing system or made by hand."))
        if self._path is not None:
            self.open(self._path)

    def choose(self) -> None:
        path = self._ask_file(self)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Look at a file; every choice is guessed."""
        self._path, self._preview, self._wanted = path, None, ImportChoices()
        self.file_name.setText(path.name)
        self._look()

    @property
    def blocked(self) -> bool:
        """Whether bad rows keep the file that was chosen from being imported."""
        bad = self._preview.counts.bad if self._preview else 0
        return bad > 0 and not self.good_only.isChecked()

    def import_now(self) -> None:
        """Write the guests, all or nothing."""
        if self._path is None or self._preview is None:
            return
        good_only = self.good_only.isChecked() and not self.good_only.isHidden()
        choices = replace(self._preview.choices, only_good_rows=good_only, sha256=self._preview.sha256)
        self._result.run(operations.import_guests(self._path, self._log, choices), tr("Importing guests ..."))
        self._enable(False)

    def save_bad(self) -> None:
        if self._path is None or self._preview is None:
            return
        target = self._ask_target(self, f"{self._path.stem}-bad.csv")
        if target is not None:
            operation = operations.save_bad_rows(self._path, target, self._log, self._preview.choices)
            self._saving.run(operation, tr("Saving the bad rows ..."))

    def _look(self) -> None:
        if self._path is None or not self._log:
            return
        self._enable(False)
        operation = operations.preview_file(self._path, self._log, self._wanted)
        self._looking.run(operation, tr("Reading {file} ...", file=self._path.name))

    def _looked(self, preview: Preview) -> None:
        self._preview = preview
        self.options.show_preview(preview)
        self.mapping.show_columns(preview.columns)
        self.bad.show_rows(preview.bad, preview.counts.bad)
        sentences = [outlook(preview.counts), *made_with_it(preview.counts, preview.new)]
        say(self.outlook, " ".join(sentences), "")
        say(self.warnings, "\n".join(says(words) for words in preview.warnings), "warn")
        self.details.show()
        self.good_only.setVisible(preview.counts.bad > 0)
        self._enable(True)

    def _chosen(self) -> None:
        if self._preview is not None:
            chosen = replace(
                self._preview.choices, fields=self.mapping.fields(), questions=self.mapping.questions()
            )
            self._wanted = self.options.within(chosen)
            self._wait()

    def _reread(self) -> None:
        self._wanted = self.options.reading()
        self._wait()

    def _wait(self) -> None:
        self._enable(False)
        self._pause.start()

    def _written(self, result: Imported) -> None:
        self._enable(True)
        if not result.written:
            self.bad.show_rows(result.bad, result.counts.bad)
            self.good_only.show()
            say(self.verdict, tr("Nothing was imported: mend the bad rows or leave them out."), "bad")
            return
        done = tr(
            "Imported. New: {created}, changed: {changed}, unchanged: {unchanged}.",
            created=number(result.counts.created),
            changed=number(result.counts.changed),
            unchanged=number(result.counts.unchanged),
        )
        say(self.verdict, f"✓ {done}", "good")
        self.import_button.setEnabled(False)
        self.imported.emit(result)

    def _saved(self, result: Exported) -> None:
        told = tr("Rows saved to {file}: {number}.", number=number(result.rows), file=result.file)
        say(self.verdict, told, "good")

    def _enable(self, ready: bool) -> None:
        """Import only what was looked at, and not while something runs."""
        counts = self._preview.counts if self._preview else None
        good = counts is not None and counts.rows > counts.bad
        self.import_button.setEnabled(ready and good and not self.blocked)
        if self.blocked and ready:
            say(self.verdict, tr("Bad rows stop the import: mend them or leave them out."), "warn")
        else:
            say(self.verdict, "")

    def _build(self) -> None:
        self._looking = OperationBar(self._bridge)
        self._result = OperationBar(self._bridge)
        self._saving = OperationBar(self._bridge)
        self.choose_button = button(tr("Choose a file ..."), self.choose, "primary", "import")
        self.file_name = note()
        self.options = FileOptions()
        self.mapping = MappingTable()
        self.bad = BadRows()
        self.outlook, self.warnings, self.verdict = note(tone=""), note(tone="warn"), note()
        self.good_only = QCheckBox(tr("Leave the bad rows out"))
        self.good_only.toggled.connect(lambda _on: self._enable(not self._looking.busy))
        self.import_button = button(tr("Import"), self.import_now, "primary", "check")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = row(self.choose_button, self.file_name)
        top.setStretch(1, 1)
        self.details = QWidget()
        columns = card(heading(tr("Columns")), self.mapping)
        fill(self.details, self.outlook, self.warnings, columns, self.bad, card(self.options))
        self.details.hide()
        foot = row(self.good_only, self.verdict, self.import_button)
        foot.setStretch(1, 1)
        whole = fill(self)
        whole.addLayout(top)
        whole.addWidget(self._looking)
        whole.addWidget(scrolled(self.details, wide=True), 1)
        for bar in (self._result, self._saving):
            whole.addWidget(bar)
        whole.addLayout(foot)
        self.good_only.hide()
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.import_button.setEnabled(False)

    def _connect(self) -> None:
        self.options.reread.connect(self._reread)
        self.options.changed.connect(self._chosen)
        self.mapping.changed.connect(self._chosen)
        self.bad.wanted.connect(self.save_bad)
        self._looking.done.connect(self._looked)
        self._result.done.connect(self._written)
        self._result.failed.connect(lambda: self._enable(True))
        self._saving.done.connect(self._saved)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._log and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open(Path(event.mimeData().urls()[0].toLocalFile()))
