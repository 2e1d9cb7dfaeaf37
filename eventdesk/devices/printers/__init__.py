"""Print queues: those of the system (CUPS, Windows), label printers, a folder of PDF files."""
