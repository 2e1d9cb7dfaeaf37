"""The tables as they are now. How older files get here is in `migrations/`.

`facts` is the truth. Tables marked as projections can be dropped and rebuilt from it, which
`verify` does and compares; the local ones (jobs, settings) are this desk's own.
Moments are UTC texts of one width (`moments.py`), so that they sort as they happened.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData()

PROJECTION = {"projection": True}


def _text(name: str, *, key: bool = False, default: str | None = None) -> "Column[str]":
    return Column(name, Text, primary_key=key, nullable=False, server_default=default)


def _maybe(name: str) -> "Column[str]":
    return Column(name, Text, nullable=True)


def _number(name: str, *, key: bool = False) -> "Column[int]":
    return Column(name, Integer, primary_key=key, nullable=False)


def _flag(name: str, *, key: bool = False) -> "Column[int]":
    return Column(name, Integer, primary_key=key, nullable=False)


def _bytes(name: str) -> "Column[bytes]":
    return Column(name, LargeBinary, nullable=False)


facts = Table(
    "facts",
    metadata,
    Column("n", Integer, primary_key=True),  # order of arrival at this desk
    _text("id"),
    _text("log"),
    _text("kind"),
    _text("subject"),
    _text("stamp"),
    _text("desk"),
    Column("seq", Integer, nullable=False),
    _bytes("payload"),
    _bytes("salt"),
    _bytes("payload_digest"),
    _bytes("digest"),
    _bytes("chain"),
    Column("redacted", Integer, nullable=False),
    UniqueConstraint("id", name="facts_id"),
    UniqueConstraint("log", "desk", "seq", name="facts_desk"),
    Index("facts_subject", "log", "subject", "kind"),
    Index("facts_unread", "log", "n", sqlite_where=text("redacted > 1")),
)

definitions = Table(
    "definitions",
    metadata,
    _text("log", key=True),
    _text("kind", key=True),
    _text("id", key=True),
    _text("members"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

orders = Table(
    "orders",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("code"),
    _text("status"),
    _flag("requires_approval"),
    _flag("valid_if_pending"),
    _text("email"),
    _text("company"),
    _text("name"),
    _text("locale"),
    _text("checkin_text"),
    _flag("attention"),
    Column("testmode", Integer, nullable=False, server_default="0"),
    Index("orders_code", "log", "code"),
    Index("orders_testmode", "log", sqlite_where=text("testmode = 1")),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

tickets = Table(
    "tickets",
    metadata,
    Column("n", Integer, primary_key=True),  # the search index's number of the guest; says nothing else
    _text("log"),
    _text("id"),
    _text("order_id"),
    _text("secret"),
    _text("product"),
    _maybe("variation"),
    _maybe("session"),
    _text("name"),
    _text("email"),
    _text("company"),
    _text("notes"),
    _text("photo"),
    _text("seat"),
    _flag("canceled"),
    _flag("blocked"),
    _maybe("valid_from"),
    _maybe("valid_until"),
    _text("checkin_text"),
    _flag("attention"),
    _maybe("addon_to"),
    _text("answers"),
    UniqueConstraint("log", "id", name="tickets_id"),
    Index("tickets_secret", "log", "secret"),
    Index("tickets_order", "log", "order_id"),
    Index("tickets_addon", "log", "addon_to", sqlite_where=text("addon_to IS NOT NULL")),
    info=PROJECTION,
)

revocations = Table(
    "revocations",
    metadata,
    _text("log", key=True),
    _text("secret", key=True),
    _text("ticket", key=True),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

media = Table(
    "media",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("type"),
    _text("identifier"),
    _text("tickets"),
    _flag("active"),
    _maybe("expires"),
    Index("media_identifier", "log", "identifier"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# Passes that stand, in the order of their stamps: an undone one is not here.
admissions = Table(
    "admissions",
    metadata,
    _text("log", key=True),
    _text("ticket", key=True),
    _text("stamp", key=True),
    _text("id", key=True),
    _text("at"),
    _text("list"),
    _text("direction"),
    _text("desk"),
    _text("gate"),
    _text("nonce"),
    _flag("forced"),
    _number("confirmed"),  # 0: by nobody, 1: it was, 2: by a hub whose centre was silent
    # The direction as its last column: passes by minute (`reading/flow.py`) are counted from it alone.
    Index("admissions_recent", "log", "list", "stamp", "direction"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# Sums, kept as counting takes too long. A row a list: how many tickets are inside and how many have entered,
# and how many people are inside by it. A row a gate: people whose latest entry was there
# (`domain/occupancy.py`). `place` is `list` or `gate`. One table, as each page more costs a scan its time.
occupancy = Table(
    "occupancy",
    metadata,
    _text("log", key=True),
    _text("place", key=True),
    _text("id", key=True),
    Column("inside", Integer, nullable=False),
    Column("entered", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# Two facts (`first`, `second`: their ids) of which one should not have been; settled ones bear a word. They
# are of a `kind`: `entry`, of a ticket (the subject) on a list, or `seat`, of a seat that two tickets have.
conflicts = Table(
    "conflicts",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("kind"),
    _text("subject"),
    _text("list"),
    _text("first"),
    _text("second"),
    _flag("settled"),
    _text("word"),
    _text("settled_by"),
    Index("conflicts_settled", "log", "settled", "kind"),
    Index("conflicts_subject", "log", "subject"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# What each desk took, less what it gave back, of a quota, a discount with a limit, a gift card: `counter` is
# the id of any of these.
counter_uses = Table(
    "counter_uses",
    metadata,
    _text("log", key=True),
    _text("counter", key=True),
    _text("desk", key=True),
    _number("used"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# Vouchers, as they are typed (`reading/till/vouchers.py`), in small letters.
discount_codes = Table(
    "discount_codes",
    metadata,
    _text("log", key=True),
    _text("code", key=True),
    _text("id", key=True),
    Index("discount_codes_id", "log", "id"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

gift_cards = Table(
    "gift_cards",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("code"),
    _number("amount"),
    _text("currency"),
    _text("sale"),
    Index("gift_cards_code", "log", "code"),
    Index("gift_cards_sale", "log", "sale"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# Seats that are taken: a row a ticket that holds one, so two rows where two do.
seats = Table(
    "seats",
    metadata,
    _text("log", key=True),
    _text("seat", key=True),
    _text("ticket", key=True),
    _text("fact"),
    _text("stamp"),
    _text("desk"),
    _text("sale"),
    _flag("confirmed"),
    Index("seats_ticket", "log", "ticket"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# What names a shift, in the order of the chains: a closed shift has no more than its close says.
shift_facts = Table(
    "shift_facts",
    metadata,
    _text("log", key=True),
    _text("shift", key=True),
    _text("desk", key=True),
    Column("seq", Integer, primary_key=True, nullable=False, autoincrement=False),
    _text("fact"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# `closed` is empty while it is open.
shifts = Table(
    "shifts",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("desk"),
    _number("number"),
    _text("currency"),
    _text("opened"),
    _text("closed"),
    Index("shifts_number", "log", "desk", "number"),
    Index("shifts_opened", "log", "opened"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# `shift` is that of the fact that counts: the end's, where there is one.
payments = Table(
    "payments",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("sale"),
    _text("shift"),
    _text("desk"),
    _text("person"),
    _text("way"),
    _text("tender"),
    _text("currency"),
    _text("at"),
    _text("state"),
    _number("amount"),
    _number("rounding"),
    Index("payments_sale", "log", "sale"),
    Index("payments_shift", "log", "shift"),
    Index("payments_at", "log", "at"),
    Index("payments_open", "log", "desk", sqlite_where=text("state = 'started'")),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# What sales are found by. `words` are the customer's, as search has them; empty for most.
sales = Table(
    "sales",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("at"),
    _text("order_id"),
    _text("words"),
    Index("sales_at", "log", "at"),
    Index("sales_order", "log", "order_id", sqlite_where=text("order_id <> ''")),
    Index("sales_words", "log", "words", sqlite_where=text("words <> ''")),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

sold_tickets = Table(
    "sold_tickets",
    metadata,
    _text("log", key=True),
    _text("ticket", key=True),
    _text("sale", key=True),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# Receipts: each sale (`id`: the sale's) and each reversal (the fact's), with its number. What a reversal
# gives back is negative.
receipts = Table(
    "receipts",
    metadata,
    _text("log", key=True),
    _text("shift", key=True),
    _text("id", key=True),
    _text("sale"),
    _number("number"),
    _text("desk"),
    _text("person"),
    _text("at"),
    _text("way"),
    _text("currency"),
    _number("amount"),
    _number("rounding"),
    Index("receipts_number", "log", "desk", "number"),
    Index("receipts_at", "log", "at"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# The lines of receipts, for sums: a shift's lie together. Those that give back are negative.
receipt_lines = Table(
    "receipt_lines",
    metadata,
    _text("log", key=True),
    _text("shift", key=True),
    _text("receipt", key=True),
    Column("n", Integer, primary_key=True, nullable=False, autoincrement=False),
    _text("desk"),
    _text("person"),
    _text("at"),
    _text("way"),
    _text("currency"),
    _text("product"),
    _text("variation"),
    _text("name"),
    _number("rate"),
    _text("code"),
    _flag("comp"),
    _flag("fee"),
    _number("quantity"),
    _number("gross"),
    _number("net"),
    _number("tax"),
    _number("discount"),
    Index("receipt_lines_at", "log", "at"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# What was asked to be forgotten (a row a fact), whose it was, and which desks have done so.
erasures = Table(
    "erasures",
    metadata,
    _text("log", key=True),
    _text("fact", key=True),
    _text("kind"),
    _text("subject"),
    _text("stamp"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# No subject: everyone's.
erased = Table(
    "erased",
    metadata,
    _text("log", key=True),
    _text("subject", key=True),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

confirmations = Table(
    "confirmations",
    metadata,
    _text("log", key=True),
    _text("erasure", key=True),
    _text("desk", key=True),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# What guests have signed; the text itself stands in the fact, `digest` is its SHA-256.
signatures = Table(
    "signatures",
    metadata,
    _text("log", key=True),
    _text("ticket", key=True),
    _text("fact", key=True),
    _text("document"),
    _text("digest"),
    _text("at"),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

help_calls = Table(
    "help_calls",
    metadata,
    _text("log", key=True),
    _text("id", key=True),
    _text("desk"),
    _text("place"),
    _text("reason"),
    _text("words"),
    _text("ticket"),
    _text("at"),
    _maybe("ended"),
    _text("ended_by"),
    Index("help_calls_open", "log", "at", sqlite_where=text("ended IS NULL")),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

# How many tickets there are of each sort that a check-in list may tell apart.
tally = Table(
    "tally",
    metadata,
    _text("log", key=True),
    _text("product", key=True),
    _text("session", key=True),
    _text("status", key=True),
    _flag("requires_approval", key=True),
    _flag("valid_if_pending", key=True),
    _flag("canceled", key=True),
    Column("tickets", Integer, nullable=False),
    info=PROJECTION,
    sqlite_with_rowid=False,
)

jobs = Table(
    "jobs",
    metadata,
    Column("n", Integer, primary_key=True),
    _text("id"),
    _text("log"),
    _text("ticket"),
    _text("layout"),
    _text("contents"),
    _text("printer"),
    _text("state"),
    _text("created"),
    _text("changed"),
    Column("copy", Integer, nullable=False),
    _text("reason"),
    _text("detail"),
    Column("attempts", Integer, nullable=False),
    _text("reference"),
    # What is written once the badge is out (docs/decisions/0100-kiosk.md), the wave it belongs to, whether
    # the routes chose its printer, and the page that it was handed over on with others.
    _text("entry", default=""),
    _text("wave", default=""),
    Column("routed", Integer, nullable=False, server_default="0"),
    _text("page", default=""),
    UniqueConstraint("id", name="jobs_id"),
    Index("jobs_ticket", "log", "ticket"),
    Index("jobs_state", "state", "wave"),
    Index("jobs_wave", "wave", "state", sqlite_where=text("wave != ''")),
    Index("jobs_back", "state", sqlite_where=text("state = 'queued' AND attempts > 0 AND wave != ''")),
    Index("jobs_page", "page", sqlite_where=text("page != ''")),
)

# Badges that are printed before anyone comes, sorted by name.
waves = Table(
    "waves",
    metadata,
    Column("n", Integer, primary_key=True),
    _text("id"),
    _text("log"),
    _text("name"),
    _text("created"),
    _number("total"),
    _flag("paused"),
    _text("wish"),  # what was asked for: a wave is filled in steps, and goes on after a restart
    _flag("filled"),
    UniqueConstraint("id", name="waves_id"),
)

# Carts: what guests want and have not paid, written at each change. This desk's own, and no facts.
carts = Table(
    "carts",
    metadata,
    _text("sale", key=True),
    _text("log"),
    _text("state"),
    _text("name"),
    _text("order_id"),
    _text("cart"),
    _text("changed"),
    Index("carts_changed", "log", "changed"),
    Index("carts_order", "log", "order_id"),
    sqlite_with_rowid=False,
)

receipt_jobs = Table(
    "receipt_jobs",
    metadata,
    Column("n", Integer, primary_key=True),
    _text("id"),
    _text("log"),
    _text("what"),
    _text("subject"),
    _text("receipt"),
    _number("copy"),
    _text("printer"),
    _text("state"),
    _text("created"),
    _text("changed"),
    _text("detail"),
    _number("attempts"),
    _text("reference"),
    UniqueConstraint("id", name="receipt_jobs_id"),
    Index("receipt_jobs_subject", "log", "subject"),
    Index("receipt_jobs_state", "state"),
)

# Kinds of facts that the tables tell of: those of others wait in the log for a program that knows them.
# What is told to another ticketing system, call by call: this desk's own, where it is the bridge.
bridge_calls = Table(
    "bridge_calls",
    metadata,
    Column("n", Integer, primary_key=True),
    _text("log"),
    _text("fact"),
    _text("kind"),
    _text("subject"),
    _text("at"),
    _text("call"),
    _text("state"),
    _number("tries"),
    _text("changed"),
    _text("answer"),
    UniqueConstraint("log", "fact", name="bridge_calls_fact"),
    Index("bridge_calls_state", "log", "state", "n"),
    Index("bridge_calls_subject", "log", "subject", "n"),
)

known_kinds = Table("known_kinds", metadata, _text("kind", key=True), sqlite_with_rowid=False)

settings = Table(
    "settings",
    metadata,
    _text("key", key=True),
    _text("value"),
    sqlite_with_rowid=False,
)

# What this desk knows of a node above it: how far it has read there, and how much of its own is there.
line = Table(
    "line",
    metadata,
    _text("log", key=True),
    _text("node", key=True),
    _text("epoch"),
    Column("cursor", Integer, nullable=False),
    Column("acked", Integer, nullable=False),
    Column("heard_ms", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Not every one: enough that some lies within each batch (`storage/upward.py`).
signed_heads = Table(
    "signed_heads",
    metadata,
    _text("log", key=True),
    _text("desk", key=True),
    Column("seq", Integer, primary_key=True, nullable=False, autoincrement=False),
    _bytes("chain"),
    _bytes("signature"),
    sqlite_with_rowid=False,
)

# Facts that an upstream has not taken whole. Cleared when it has, by nothing else.
refusals = Table(
    "refusals",
    metadata,
    _text("fact", key=True),
    _text("log"),
    _text("desk"),
    Column("seq", Integer, nullable=False),
    _text("why"),
    _text("words"),
    Column("first_ms", Integer, nullable=False),
    Column("tried_ms", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("refusals_desk", "log", "desk", "seq"),
    sqlite_with_rowid=False,
)

# Tries to send a log's facts since the last one that succeeded.
attempts = Table(
    "attempts",
    metadata,
    _text("log", key=True),
    Column("first_ms", Integer, nullable=False),
    Column("tried_ms", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    _text("answer"),
    sqlite_with_rowid=False,
)

# What of an erasure is still to be done: subjects after this one (none: nobody's), then the search index.
forgetting = Table(
    "forgetting",
    metadata,
    _text("log", key=True),
    _maybe("after"),
    sqlite_with_rowid=False,
)

PROJECTIONS = tuple(table for table in metadata.sorted_tables if table.info.get("projection"))
