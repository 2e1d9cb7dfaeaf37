-- Kiosks: badges that go before the check-in, waves of badges, what guests have signed, calls for help.

ALTER TABLE jobs ADD COLUMN entry TEXT NOT NULL DEFAULT '';

ALTER TABLE jobs ADD COLUMN wave TEXT NOT NULL DEFAULT '';

ALTER TABLE jobs ADD COLUMN routed INTEGER NOT NULL DEFAULT 0;

ALTER TABLE jobs ADD COLUMN page TEXT NOT NULL DEFAULT '';

CREATE TABLE waves (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    log TEXT NOT NULL,
    name TEXT NOT NULL,
    created TEXT NOT NULL,
    total INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    wish TEXT NOT NULL,
    filled INTEGER NOT NULL,
    PRIMARY KEY (n),
    CONSTRAINT waves_id UNIQUE (id)
);

CREATE INDEX jobs_wave ON jobs (wave, state) WHERE wave != '';

CREATE INDEX jobs_back ON jobs (state) WHERE state = 'queued' AND attempts > 0 AND wave != '';

CREATE INDEX jobs_page ON jobs (page) WHERE page != '';

DROP INDEX jobs_state;

CREATE INDEX jobs_state ON jobs (state, wave);

CREATE TABLE signatures (
    log TEXT NOT NULL,
    ticket TEXT NOT NULL,
    fact TEXT NOT NULL,
    document TEXT NOT NULL,
    digest TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (log, ticket, fact)
) WITHOUT ROWID;

CREATE TABLE help_calls (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    desk TEXT NOT NULL,
    place TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    ticket TEXT NOT NULL,
    at TEXT NOT NULL,
    ended TEXT,
    ended_by TEXT NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX help_calls_open ON help_calls (log, at) WHERE ended IS NULL;

-- With the direction: how fast guests go in is counted from the index alone.
DROP INDEX admissions_recent;

CREATE INDEX admissions_recent ON admissions (log, list, stamp, direction);

-- What is told to another ticketing system, call by call: this desk's own, where it is the bridge.

CREATE TABLE bridge_calls (
    n INTEGER NOT NULL,
    log TEXT NOT NULL,
    fact TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    call TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    changed TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (n),
    CONSTRAINT bridge_calls_fact UNIQUE (log, fact)
);

CREATE INDEX bridge_calls_state ON bridge_calls (log, state, n);

CREATE INDEX bridge_calls_subject ON bridge_calls (log, subject, n);

-- Orders by which somebody tries a shop: few, marked, and left out of the figures.
ALTER TABLE orders ADD COLUMN testmode INTEGER NOT NULL DEFAULT 0;

CREATE INDEX orders_testmode ON orders (log) WHERE testmode = 1;

-- Wristbands and cards that are good until a moment.
ALTER TABLE media ADD COLUMN expires TEXT;

-- A medium's tickets stand in the order in which they were linked; they were sorted.
UPDATE media SET tickets = coalesce(
    (
        SELECT json(json_extract(CAST(f.payload AS TEXT), '$.tickets')) FROM facts f
        WHERE f.log = media.log AND f.subject = media.id AND f.kind = 'medium_linked' AND f.redacted < 2
            AND json_type(CAST(f.payload AS TEXT), '$.tickets') = 'array'
        ORDER BY f.stamp DESC LIMIT 1
    ),
    tickets
) WHERE json_array_length(tickets) > 1;
