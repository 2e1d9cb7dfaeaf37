"""Printing: the queue of badges, waves before an event, and the printers with their routes."""
