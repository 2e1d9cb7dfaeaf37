"""A real CUPS and real IPP printers (the CUPS authors' simulator) on free ports, for tests alone."""
