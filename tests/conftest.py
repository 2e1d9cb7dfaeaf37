"""What every test lives under: no screen, no real keyring, no thread left behind."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.rigs.postgres import postgres, postgres_server

__all__ = ["postgres", "postgres_server"]

# The same examples in every run: a test that fails by chance tells nobody anything. To look for new
# ones, set HYPOTHESIS_PROFILE=exploring.
settings.register_profile("steady", derandomize=True)
settings.register_profile("exploring", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Where the environment forbids it, every worker and every program that a test starts would compile all of the
# tests and of the program anew: half a minute each.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LC_ALL", "C.UTF-8")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real test data beside the project; the test is skipped where it is absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the shared test data is not here")
    return folder


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> object:
    """Whoever draws first makes Qt's application, and there is one for a process: let it be one with widgets,
    whatever order the tests come in."""
    return qapp


@pytest.fixture(autouse=True)
def no_window_left_behind(one_application: object) -> Iterator[None]:
    """What a test has opened goes with it: outside an event loop Qt would keep it, and each window that is
    dressed anew later would wait for all of them."""
    before = set(QApplication.topLevelWidgets())
    yield
    for window in set(QApplication.topLevelWidgets()) - before:
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """A test that leaves a thread running fails: leaked threads freeze real screens."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    for thread in left:
        thread.join(timeout=2)
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads left behind: {[thread.name for thread in left]}"
