"""The measurement itself: every figure is there, from a node that took and answered all it was asked."""

from argparse import Namespace
from typing import Any

import pytest

from eventdesk.bench import sync
from eventdesk.bench.sync.postgres import programs

SMALL = {
    "guests": 3000, "batches": 2, "rounds": 1, "seconds": 1.0, "admissions": 3, "connections": 40
}  # fmt: skip


def measured(*parts: str) -> dict[str, Any]:
    return sync.measure(Namespace(only=parts, **SMALL))


@pytest.mark.long
def test_facts_are_taken_on_both_databases() -> None:
    figures = measured("facts")
    assert figures["facts_per_s_sqlite"] > 0
    assert figures["facts_vs_raw_sqlite"] > 0
    if programs() is None:
        assert figures["facts_per_s_postgresql"] is None
        assert "PostgreSQL" in figures["postgresql"]
    else:
        assert figures["facts_per_s_postgresql"] > 0
        assert figures["facts_vs_raw_postgresql"] > 0


@pytest.mark.long
def test_claims_are_granted() -> None:
    figures = measured("claims")
    assert 0 < figures["claim_ms_p50"] <= figures["claim_ms_p99"]
    assert figures["claims_per_s_saturated"] > 0
    assert 0 < figures["claim_hub_ms_p50"] <= figures["claim_hub_ms_p99"]
    assert 0 <= figures["claim_hub_confirmed"] <= 1


@pytest.mark.long
def test_an_empty_desk_is_filled() -> None:
    figures = measured("desk")
    assert 0 < figures["first_scan_s"] <= figures["whole_desk_s"]
    assert figures["whole_desk_vs_copy"] > 0


@pytest.mark.long
def test_admissions_are_seen_and_told() -> None:
    figures = measured("seen", "fanout")
    assert 0 < figures["seen_elsewhere_ms_p50"] <= figures["seen_elsewhere_ms_p99"]
    assert figures["idle_connections"] == 40
    assert figures["fanout_s"] > 0
