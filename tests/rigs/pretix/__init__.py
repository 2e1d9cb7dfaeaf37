"""A real pretix asked in its own process: what would it answer to our situations?

pretix is AGPL and none of ours: it runs beside the project, in an environment of its own.

    python3 -m venv elsewhere && elsewhere/bin/pip install pretix==2026.8.0 freezegun
    elsewhere/bin/python -m tests.rigs.pretix.ask tests/domain/golden/situations.json > answered.json

prints the same situations with the answers (`then`) of the pretix that is installed there, on a
database in memory. Some 15 situations a second.
"""
