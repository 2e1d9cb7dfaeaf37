"""pretix's own settings for a server that tests throw away. Read in pretix's environment."""

import os

from pretix.settings import *  # noqa: F403
from pretix.settings import DATABASES, LOGGING

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# A transaction that begins with a read can't wait for SQLite's write lock: concurrent scans would get a 500.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 60,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
for _name in ("django.request", "django.security"):
    LOGGING["loggers"][_name].update(propagate=False, handlers=["file"])


class _NoMigrations:
    """The tables are made from the models: 302 migrations take a minute and more."""

    def __contains__(self, _app: str) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


if os.environ.get("PRETIX_RIG_NEW"):
    MIGRATION_MODULES = _NoMigrations()
