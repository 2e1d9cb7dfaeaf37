"""Print queues: the system's (CUPS) and a folder of PDF files for desks without one."""
