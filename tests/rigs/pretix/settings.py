"""pretix's own settings on a database in memory, without mail and without its 300 migrations."""

import os
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="pretix-rig-"))
_CONFIG = _HOME / "pretix.cfg"
_CONFIG.write_text(
    f"[pretix]\ndatadir={_HOME}\necb_rates=off\n[locale]\ndefault=en\ntimezone=Europe/Berlin\n"
)
os.environ["PRETIX_CONFIG_FILE"] = str(_CONFIG)

from pretix.settings import *  # noqa: E402, F403


class _NoMigrations:
    def __contains__(self, _app: str) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DATABASE_REPLICA = "default"
MIGRATION_MODULES = _NoMigrations()
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
ALLOWED_HOSTS = ["*"]
LOGGING: dict[str, object] = {"version": 1, "disable_existing_loggers": True}
