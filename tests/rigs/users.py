"""Tests that become another user, so that file modes count for the superuser too."""

import os
from pathlib import Path

import pytest


def need_open_checkout(root: Path) -> None:
    """Skip where root's checkout is closed to the user that the test becomes."""
    if os.getuid() != 0:
        return
    closed = [folder for folder in (root, *root.parents) if not folder.stat().st_mode & 0o001]
    if closed:
        pytest.skip(f"{closed[-1]} is closed to other users: nobody else can run this checkout")
