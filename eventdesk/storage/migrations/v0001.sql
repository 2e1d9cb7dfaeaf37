-- The first version of the database. Never changed once released: changes are further files.

CREATE TABLE facts (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    log TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    stamp TEXT NOT NULL,
    desk TEXT NOT NULL,
    seq INTEGER NOT NULL,
    payload BLOB NOT NULL,
    salt BLOB NOT NULL,
    payload_digest BLOB NOT NULL,
    digest BLOB NOT NULL,
    chain BLOB NOT NULL,
    redacted INTEGER NOT NULL,
    PRIMARY KEY (n),
    CONSTRAINT facts_id UNIQUE (id),
    CONSTRAINT facts_desk UNIQUE (log, desk, seq)
);

CREATE INDEX facts_subject ON facts (log, subject, kind);

CREATE TABLE definitions (
    log TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    members TEXT NOT NULL,
    PRIMARY KEY (log, kind, id)
) WITHOUT ROWID;

CREATE TABLE orders (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    requires_approval INTEGER NOT NULL,
    valid_if_pending INTEGER NOT NULL,
    email TEXT NOT NULL,
    company TEXT NOT NULL,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    checkin_text TEXT NOT NULL,
    attention INTEGER NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX orders_code ON orders (log, code);

CREATE TABLE tickets (
    n INTEGER NOT NULL,
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    secret TEXT NOT NULL,
    product TEXT NOT NULL,
    variation TEXT,
    session TEXT,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    company TEXT NOT NULL,
    notes TEXT NOT NULL,
    photo TEXT NOT NULL,
    seat TEXT NOT NULL,
    canceled INTEGER NOT NULL,
    blocked INTEGER NOT NULL,
    valid_from TEXT,
    valid_until TEXT,
    checkin_text TEXT NOT NULL,
    attention INTEGER NOT NULL,
    addon_to TEXT,
    answers TEXT NOT NULL,
    PRIMARY KEY (n),
    CONSTRAINT tickets_id UNIQUE (log, id)
);

CREATE INDEX tickets_addon ON tickets (log, addon_to) WHERE addon_to IS NOT NULL;

CREATE INDEX tickets_order ON tickets (log, order_id);

CREATE INDEX tickets_secret ON tickets (log, secret);

CREATE TABLE revocations (
    log TEXT NOT NULL,
    secret TEXT NOT NULL,
    ticket TEXT NOT NULL,
    PRIMARY KEY (log, secret, ticket)
) WITHOUT ROWID;

CREATE TABLE media (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    identifier TEXT NOT NULL,
    tickets TEXT NOT NULL,
    active INTEGER NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX media_identifier ON media (log, identifier);

CREATE TABLE admissions (
    log TEXT NOT NULL,
    ticket TEXT NOT NULL,
    at TEXT NOT NULL,
    stamp TEXT NOT NULL,
    id TEXT NOT NULL,
    list TEXT NOT NULL,
    direction TEXT NOT NULL,
    desk TEXT NOT NULL,
    gate TEXT NOT NULL,
    nonce TEXT NOT NULL,
    forced INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    PRIMARY KEY (log, ticket, at, stamp)
) WITHOUT ROWID;

CREATE INDEX admissions_recent ON admissions (log, list, stamp);

CREATE TABLE occupancy (
    log TEXT NOT NULL,
    list TEXT NOT NULL,
    inside INTEGER NOT NULL,
    entered INTEGER NOT NULL,
    PRIMARY KEY (log, list)
) WITHOUT ROWID;

CREATE TABLE tally (
    log TEXT NOT NULL,
    product TEXT NOT NULL,
    session TEXT NOT NULL,
    status TEXT NOT NULL,
    requires_approval INTEGER NOT NULL,
    valid_if_pending INTEGER NOT NULL,
    canceled INTEGER NOT NULL,
    tickets INTEGER NOT NULL,
    PRIMARY KEY (log, product, session, status, requires_approval, valid_if_pending, canceled)
) WITHOUT ROWID;

CREATE TABLE jobs (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    log TEXT NOT NULL,
    ticket TEXT NOT NULL,
    layout TEXT NOT NULL,
    contents TEXT NOT NULL,
    printer TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    copy INTEGER NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (n),
    CONSTRAINT jobs_id UNIQUE (id)
);

CREATE INDEX jobs_state ON jobs (state);

CREATE INDEX jobs_ticket ON jobs (log, ticket);

CREATE TABLE settings (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
) WITHOUT ROWID;
