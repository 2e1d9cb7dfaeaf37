"""What the designer is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventdesk.domain.badges import BadgeContents


@dataclass(frozen=True, slots=True)
class LayoutsShown:
    """`layouts` by id, each the JSON object of docs/badge-layouts.md, as it was written."""

    request: str
    log: str
    layouts: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SampleBadge:
    """`why` this guest: "longest" or "shortest" name, "emoji" in it, or the script of it ("arabic")."""

    why: str
    contents: BadgeContents


@dataclass(frozen=True, slots=True)
class SamplesFound:
    request: str
    log: str
    samples: Sequence[SampleBadge]
