"""Printers of a desk that has only the PDF folder, which is never used."""

from pathlib import Path

from eventdesk.devices.printers.folder import FolderPrinters

NO_QUEUES = FolderPrinters(Path("/nonexistent"))
