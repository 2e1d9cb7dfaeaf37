"""Moments at which clocks are awkward, in several zones."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

# Moments (UTC) about which the zone's clock changes, or its day; some about which it does not.
ANCHORS = {
    "Europe/Berlin": ("2026-06-10T10:00", "2026-03-29T01:00", "2026-10-25T01:00", "2026-06-10T22:00"),
    "America/New_York": ("2026-03-08T07:00", "2026-11-01T06:00", "2026-07-01T04:00"),
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30", "2026-05-05T13:30"),
    "Africa/Casablanca": ("2026-02-15T02:00", "2026-03-22T02:00"),
    "Asia/Kathmandu": ("2026-08-01T18:15", "2026-08-01T06:00"),
    "Pacific/Apia": ("2026-05-05T11:00", "2026-12-31T10:59"),
    "UTC": ("2026-12-31T23:59", "2026-02-28T12:00"),
}
# Few, so that moments meet: a limit is reached to the second.
_MINUTES = (0, 0, 1, 5, 29, 30, 59, 60, 61, 90, 119, 120, 180, 480, 719, 720, 1439, 1440, 1500, 2880, 10080)
_SECONDS = (0, 0, 0, 1, -1, 59)

anchors = st.sampled_from([(zone, at) for zone, moments in ANCHORS.items() for at in moments])
spans = st.builds(
    lambda minutes, seconds: timedelta(minutes=minutes, seconds=seconds),
    st.sampled_from(_MINUTES),
    st.sampled_from(_SECONDS),
)
ahead = spans.filter(lambda span: span > timedelta())
around = st.builds(lambda span, sign: span * sign, spans, st.sampled_from((1, -1)))


def moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
