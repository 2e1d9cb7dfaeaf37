"""Receipts are drawn, so each test here has the one Qt application."""

import pytest


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp
