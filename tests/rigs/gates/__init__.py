"""Turnstiles for tests: a relay board by pymodbus' own server, and a relay that is asked over HTTP."""
