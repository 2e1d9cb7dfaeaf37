-- Replication: passes in the order of their stamps, conflicts, presence, quotas, erasures, the line upward.

CREATE INDEX facts_unread ON facts (log, n) WHERE redacted > 1;

CREATE TABLE passes (
    log TEXT NOT NULL,
    ticket TEXT NOT NULL,
    stamp TEXT NOT NULL,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    list TEXT NOT NULL,
    direction TEXT NOT NULL,
    desk TEXT NOT NULL,
    gate TEXT NOT NULL,
    nonce TEXT NOT NULL,
    forced INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    PRIMARY KEY (log, ticket, stamp, id)
) WITHOUT ROWID;

INSERT INTO passes
SELECT log, ticket, stamp, id, at, list, direction, desk, gate, nonce, forced, confirmed FROM admissions;

DROP TABLE admissions;

ALTER TABLE passes RENAME TO admissions;

CREATE INDEX admissions_recent ON admissions (log, list, stamp);

CREATE TABLE conflicts (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    list TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    settled INTEGER NOT NULL,
    word TEXT NOT NULL,
    settled_by TEXT NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX conflicts_settled ON conflicts (log, settled);

CREATE INDEX conflicts_ticket ON conflicts (log, ticket);

CREATE TABLE quota_uses (
    log TEXT NOT NULL,
    quota TEXT NOT NULL,
    desk TEXT NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (log, quota, desk)
) WITHOUT ROWID;

CREATE TABLE erasures (
    log TEXT NOT NULL,
    fact TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    stamp TEXT NOT NULL,
    PRIMARY KEY (log, fact)
) WITHOUT ROWID;

CREATE TABLE erased (
    log TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (log, subject)
) WITHOUT ROWID;

CREATE TABLE confirmations (
    log TEXT NOT NULL,
    erasure TEXT NOT NULL,
    desk TEXT NOT NULL,
    PRIMARY KEY (log, erasure, desk)
) WITHOUT ROWID;

CREATE TABLE line (
    log TEXT NOT NULL,
    node TEXT NOT NULL,
    epoch TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    acked INTEGER NOT NULL,
    heard_ms INTEGER NOT NULL,
    PRIMARY KEY (log, node)
) WITHOUT ROWID;

CREATE TABLE signed_heads (
    log TEXT NOT NULL,
    desk TEXT NOT NULL,
    seq INTEGER NOT NULL,
    chain BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (log, desk, seq)
) WITHOUT ROWID;

CREATE TABLE refusals (
    fact TEXT NOT NULL,
    log TEXT NOT NULL,
    desk TEXT NOT NULL,
    seq INTEGER NOT NULL,
    why TEXT NOT NULL,
    words TEXT NOT NULL,
    first_ms INTEGER NOT NULL,
    tried_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (fact)
) WITHOUT ROWID;

CREATE INDEX refusals_desk ON refusals (log, desk, seq);

CREATE TABLE attempts (
    log TEXT NOT NULL,
    first_ms INTEGER NOT NULL,
    tried_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (log)
) WITHOUT ROWID;

CREATE TABLE forgetting (
    log TEXT NOT NULL,
    after TEXT,
    PRIMARY KEY (log)
) WITHOUT ROWID;

-- Who is inside follows the stamps from now on.
DROP TABLE occupancy;

CREATE TABLE occupancy (
    log TEXT NOT NULL,
    place TEXT NOT NULL,
    id TEXT NOT NULL,
    inside INTEGER NOT NULL,
    entered INTEGER NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (log, place, id)
) WITHOUT ROWID;

INSERT INTO occupancy (log, place, id, inside, entered, people)
SELECT log, 'list', list, sum(direction = 'entry'), sum(entered), 0 FROM (
    SELECT log, list, direction, max(stamp), sum(direction = 'entry') > 0 AS entered
    FROM admissions GROUP BY log, ticket, list
) GROUP BY log, list HAVING sum(entered) > 0;

-- A person is a ticket with its add-ons; a pass of a ticket that has not come yet is a person's too.
CREATE TEMP TABLE inside AS
SELECT log, person, list, gate, max(last) AS last FROM (
    SELECT a.log AS log, coalesce(nullif(t.addon_to, ''), a.ticket) AS person, a.list AS list,
        a.gate AS gate, a.direction AS direction, max(a.stamp || ' ' || a.id) AS last
    FROM admissions a LEFT JOIN tickets t ON t.log = a.log AND t.id = a.ticket
    GROUP BY a.log, a.ticket, a.list
) WHERE direction = 'entry' GROUP BY log, person, list;

UPDATE occupancy SET people = (
    SELECT count(*) FROM inside WHERE inside.log = occupancy.log AND inside.list = occupancy.id
);

INSERT INTO occupancy (log, place, id, inside, entered, people)
SELECT log, 'gate', gate, 0, 0, count(*) FROM (
    SELECT log, person, gate, max(last) FROM inside GROUP BY log, person
) GROUP BY log, gate;

DROP TABLE inside;
