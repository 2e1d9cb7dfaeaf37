"""A Python of Windows on Wine, whose spooler hands its jobs to a CUPS."""
