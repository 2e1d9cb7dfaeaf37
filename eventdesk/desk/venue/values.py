"""What is told of the venue. What a desk reports of itself stands in `domain/reports.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventdesk.domain.flow import Flow
from eventdesk.domain.reports import DeskReport, Finding, PrinterReport
from eventdesk.domain.venue import HelpCall

__all__ = ["DeskLine", "DeskReport", "Finding", "FlowChanged", "HelpChanged", "PrinterReport", "Venue"]


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A desk of the venue. `heard_at`: by the node, its clock; `report` None: it has never reported."""

    desk: str
    name: str
    heard_at: datetime | None
    report: DeskReport | None
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Venue:
    """`trouble`: why the list may be old (the node does not answer)."""

    lines: Sequence[DeskLine]
    at: datetime
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class HelpChanged:
    """All open calls of the event of the door, the oldest first; `new`: ids of those that just came."""

    log: str
    calls: Sequence[HelpCall]
    new: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FlowChanged:
    """How guests go in at a list; `names` of desks by id."""

    log: str
    list: str
    flow: Flow
    names: Mapping[str, str] = field(default_factory=dict)
