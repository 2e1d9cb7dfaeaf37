"""The tables of a node, the same on SQLite and PostgreSQL.

Moments are milliseconds since 1970 UTC. `roles` and `logs` are JSON lists; no logs: every log.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()


# Texts sort as their UTF-8 bytes, on any server.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _text(name: str, default: str | None = None) -> "Column[str]":
    return Column(name, _TEXT, nullable=False, server_default=default)


def _number(name: str, default: str | None = None) -> "Column[int]":
    return Column(name, BigInteger, nullable=False, server_default=default)


def _bytes(name: str) -> "Column[bytes]":
    return Column(name, LargeBinary, nullable=False)


# One row: who this node is, for good. `version` is that of the tables.
node = Table("node", metadata, _text("id"), _text("name"), _number("version"))

# A restored backup begins a new epoch; `heads` (JSON, by log) are where its numbers went on from.
epochs = Table(
    "epochs",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    _text("epoch"),
    _number("began_ms"),
    _text("heads"),
)

# `head`: the last number of arrival. Whoever numbers facts holds this row's lock until the commit, so
# that numbers become visible in their order.
logs = Table("logs", metadata, Column("id", _TEXT, primary_key=True), _number("head", "0"))

records = Table(
    "records",
    metadata,
    _text("log"),
    _number("n"),
    _text("id"),
    _text("kind"),
    _text("subject"),
    _text("stamp"),
    _text("desk"),
    _number("seq"),
    _bytes("payload"),
    _bytes("salt"),
    _bytes("payload_digest"),
    _bytes("digest"),
    _bytes("chain"),
    _number("redacted"),
    _text("why", ""),  # not empty: withheld, for this reason; the payload is kept here and told to nobody
    _text("words", ""),
    _number("arrived_ms"),
    _text("pushed_by"),
    PrimaryKeyConstraint("log", "n"),
    UniqueConstraint("id", name="records_id"),
    UniqueConstraint("log", "desk", "seq", name="records_desk"),
    Index("records_subject", "log", "subject"),
    Index("records_withheld", "log", "n", sqlite_where=text("why <> ''"), postgresql_where=text("why <> ''")),
    sqlite_with_rowid=False,
)

# The last fact of each desk: what its next one must follow.
chains = Table(
    "chains",
    metadata,
    _text("log"),
    _text("desk"),
    _number("seq"),
    _bytes("chain"),
    PrimaryKeyConstraint("log", "desk"),
)

# A fact that came again under a later number, as it was released.
amendments = Table(
    "amendments",
    metadata,
    _text("log"),
    _number("n"),
    _text("desk"),
    _number("seq"),
    PrimaryKeyConstraint("log", "n"),
)

signed_heads = Table(
    "signed_heads",
    metadata,
    _text("log"),
    _text("desk"),
    _number("seq"),
    _bytes("chain"),
    _bytes("signature"),
    PrimaryKeyConstraint("log", "desk"),
)

# What `sync.meaning` said of facts, kept so that no log is read anew.
members = Table(
    "members",
    metadata,
    _text("log"),
    _text("id"),
    _text("roles"),
    _text("stamp"),
    PrimaryKeyConstraint("log", "id"),
)
counters = Table(
    "counters",
    metadata,
    _text("log"),
    _text("key"),
    Column("size", BigInteger, nullable=True),
    _text("stamp"),
    PrimaryKeyConstraint("log", "key"),
)
uses = Table(
    "uses",
    metadata,
    _text("log"),
    _text("counter"),
    _text("desk"),
    _number("used"),
    PrimaryKeyConstraint("log", "counter", "desk"),
)
erasures = Table(
    "erasures",
    metadata,
    _text("log"),
    _text("subject"),  # empty: everyone's
    _text("fact"),
    PrimaryKeyConstraint("log", "subject", "fact"),
)

claims = Table(
    "claims",
    metadata,
    _text("log"),
    _text("key"),
    _text("subject"),
    _text("fact"),
    _text("desk"),
    _text("note"),
    _number("since_ms"),
    PrimaryKeyConstraint("log", "key"),
    Index("claims_desk", "log", "desk"),
)
# `holder`: a desk, or the hub that shares it out among its own.
allotments = Table(
    "allotments",
    metadata,
    _text("log"),
    _text("counter"),
    _text("holder"),
    _number("share"),
    _number("taken_back_ms", "0"),
    _number("turn", "0"),
    PrimaryKeyConstraint("log", "counter", "holder"),
)

desks = Table(
    "desks",
    metadata,
    Column("id", _TEXT, primary_key=True),
    _text("name"),
    _bytes("public_key"),
    _text("roles"),
    _text("logs"),
    _text("via"),
    _number("enrolled_ms"),
    _number("seen_ms"),
    _number("revoked_ms", "0"),
    _text("revoked_why", ""),
    _number("clock_error_ms", "0"),
    _text("address", ""),  # of a hub: where desks reach it, a JSON list
    Column("fingerprint", LargeBinary, nullable=True),  # of a hub's certificate
)
cursors = Table(
    "cursors",
    metadata,
    _text("desk"),
    _text("log"),
    _number("cursor"),
    PrimaryKeyConstraint("desk", "log"),
)
tokens = Table(
    "tokens",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    _text("desk"),
    _number("issued_ms"),
    _number("until_ms"),
    Index("tokens_desk", "desk"),
)
codes = Table(
    "codes",
    metadata,
    Column("lookup", LargeBinary, primary_key=True),
    _text("name"),
    _text("roles"),
    _text("logs"),
    _bytes("sealed"),
    _number("until_ms"),
    _text("made_by"),
    _text("used_by", ""),
)
# Signatures that were used, until they are too old to be used again.
signatures = Table(
    "signatures", metadata, Column("digest", LargeBinary, primary_key=True), _number("until_ms")
)

# What each desk says of itself, the latest alone. `changed`: microseconds of this node, each its own, so that
# whoever has seen one asks for what follows. `via`: the hub that handed it on, or the upstream; empty: the
# desk itself.
notes = Table(
    "notes",
    metadata,
    Column("desk", _TEXT, primary_key=True),
    _number("turn"),
    _number("heard_ms"),
    _number("changed"),
    _text("via"),
    _bytes("body"),
    Index("notes_changed", "changed"),
)

# Ready states for new desks, made by another process; `form` is whole or scan.
snapshots = Table(
    "snapshots",
    metadata,
    _text("id"),
    _text("log"),
    _text("form"),
    _text("epoch"),
    _number("cursor"),
    _number("made_ms"),
    _number("bytes"),
    _bytes("sha256"),
    PrimaryKeyConstraint("id"),
    Index("snapshots_log", "log", "form", "made_ms"),
)
snapshot_chunks = Table(
    "snapshot_chunks",
    metadata,
    _text("snapshot"),
    _number("i"),
    _bytes("data"),
    PrimaryKeyConstraint("snapshot", "i"),
)

# What people did here: who, what, to whom, why. No personal data of guests.
deeds = Table(
    "deeds",
    metadata,
    Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _number("at_ms"),
    _text("who"),
    _text("what"),
    _text("whom"),
    _text("reason"),
)

# A hub's: how far it has received its upstream's logs. The row of the empty log holds the epoch alone.
upstream_cursors = Table(
    "upstream_cursors",
    metadata,
    Column("log", Text, primary_key=True),
    _text("epoch"),
    _number("cursor"),
)
# Which of several processes does what only one at a time should.
leases = Table("leases", metadata, Column("what", Text, primary_key=True), _text("who"), _number("until_ms"))
