"""Every test here paints, so each needs the one Qt application."""

import pytest


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp
