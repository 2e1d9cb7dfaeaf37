from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.rigs.nodes import Desk, NodeProcess
from tests.rigs.postgres import postgres

__all__ = ["postgres"]

Starter = Callable[..., NodeProcess]
Enroller = Callable[..., Desk]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    """Starts nodes; all that are left are stopped."""
    started: list[NodeProcess] = []

    def start_one(*words: str, name: str = "node", command: str = "serve", database: str = "") -> NodeProcess:
        node = NodeProcess(tmp_path / name, *words, command=command, database=database)
        started.append(node)
        return node.wait_ready()

    yield start_one
    for node in started:
        node.stop()


@pytest.fixture
def enrol() -> Iterator[Enroller]:
    desks: list[Desk] = []

    def enrol_one(node: NodeProcess, id_: str, *roles: str, logs: tuple[str, ...] = ()) -> Desk:
        desks.append(Desk(node, id_, roles, logs))
        return desks[-1]

    yield enrol_one
    for desk in desks:
        desk.close()
