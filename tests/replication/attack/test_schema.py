"""schemathesis over our own description: whatever is sent, the answer is one that is described."""

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.replication.attack.conftest import NodeMaker
from tests.replication.attack.node import LOG, Node

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def attack(node: Node, tokens: dict[str, str], examples: int) -> int:
    """How many requests were answered as described. The database and its desks are what they were."""
    schema = schemathesis.openapi.from_dict(json.loads(node.ask("GET", "/openapi.json").content))
    answered = 0

    def answer(case: Any) -> None:
        nonlocal answered
        for token in tokens.values():
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            response = case.call(base_url=f"http://127.0.0.1:{node.port}", headers=headers)
            case.validate_response(response, checks=CHECKS)
            assert response.status_code != 500
            answered += 1

    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        run(result.ok().as_strategy(generation_mode=GenerationMode.POSITIVE), answer, examples)
        with contextlib.suppress(Unsatisfiable):  # where nothing is asked for, nothing can be wrong
            run(result.ok().as_strategy(generation_mode=GenerationMode.NEGATIVE), answer, examples)
    return answered


def run(cases: st.SearchStrategy[Any], answer: Callable[[Any], None], examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    @given(case=cases)
    def each(case: Any) -> None:
        answer(case)

    each()


def prepared(make_node: NodeMaker) -> tuple[Node, dict[str, str]]:
    node = make_node()
    tokens = {"": ""}
    for role in ("door", "organizer", "hub"):
        desk = node.join(role, role)
        tokens[role] = desk.token
        node.push(desk, desk.fact("staff_defined", "p", {"name": "Ada", "roles": ["door"]}, log=LOG))
    return node, tokens


def test_every_answer_is_one_that_is_described(make_node: NodeMaker) -> None:
    node, tokens = prepared(make_node)
    assert attack(node, tokens, 2) > 100
    assert node.ask("GET", "/health").json() == {"status": "ok"}


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_every_answer_of_many(make_node: NodeMaker) -> None:
    node, tokens = prepared(make_node)
    assert attack(node, tokens, 20) > 1000
    assert node.ask("GET", "/health").json() == {"status": "ok"}
