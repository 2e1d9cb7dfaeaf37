"""Clients that are closed at the end, whatever a test does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.client.http import HttpUpstream
from tests.replication.client.serving import Certificate, certificate

Connect = Callable[..., HttpUpstream]


@pytest.fixture
def connect() -> Iterator[Connect]:
    made: list[HttpUpstream] = []

    def _connect(address: str, *words: Any, **members: Any) -> HttpUpstream:
        made.append(HttpUpstream(address, *words, **members))
        return made[-1]

    yield _connect
    for upstream in made:
        upstream.close()


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(_folder(tmp_path_factory), "known")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(_folder(tmp_path_factory), "stranger")


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("certificates")
