-- The till: sales, payments, shifts, seats, vouchers and gift cards; conflicts of seats beside those of doors.

ALTER TABLE conflicts RENAME TO double_entries;

CREATE TABLE conflicts (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    list TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    settled INTEGER NOT NULL,
    word TEXT NOT NULL,
    settled_by TEXT NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

INSERT INTO conflicts (log, id, kind, subject, list, first, second, settled, word, settled_by)
SELECT log, id, 'entry', ticket, list, first, second, settled, word, settled_by FROM double_entries;

DROP TABLE double_entries;

CREATE INDEX conflicts_settled ON conflicts (log, settled, kind);

CREATE INDEX conflicts_subject ON conflicts (log, subject);

CREATE TABLE counter_uses (
    log TEXT NOT NULL,
    counter TEXT NOT NULL,
    desk TEXT NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (log, counter, desk)
) WITHOUT ROWID;

INSERT INTO counter_uses (log, counter, desk, used) SELECT log, quota, desk, used FROM quota_uses;

DROP TABLE quota_uses;

CREATE TABLE discount_codes (
    log TEXT NOT NULL,
    code TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (log, code, id)
) WITHOUT ROWID;

CREATE INDEX discount_codes_id ON discount_codes (log, id);

CREATE TABLE gift_cards (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    sale TEXT NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX gift_cards_code ON gift_cards (log, code);

CREATE INDEX gift_cards_sale ON gift_cards (log, sale);

CREATE TABLE seats (
    log TEXT NOT NULL,
    seat TEXT NOT NULL,
    ticket TEXT NOT NULL,
    fact TEXT NOT NULL,
    stamp TEXT NOT NULL,
    desk TEXT NOT NULL,
    sale TEXT NOT NULL,
    confirmed INTEGER NOT NULL,
    PRIMARY KEY (log, seat, ticket)
) WITHOUT ROWID;

CREATE INDEX seats_ticket ON seats (log, ticket);

CREATE TABLE shift_facts (
    log TEXT NOT NULL,
    shift TEXT NOT NULL,
    desk TEXT NOT NULL,
    seq INTEGER NOT NULL,
    fact TEXT NOT NULL,
    PRIMARY KEY (log, shift, desk, seq)
) WITHOUT ROWID;

CREATE TABLE shifts (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    desk TEXT NOT NULL,
    number INTEGER NOT NULL,
    currency TEXT NOT NULL,
    opened TEXT NOT NULL,
    closed TEXT NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX shifts_number ON shifts (log, desk, number);

CREATE INDEX shifts_opened ON shifts (log, opened);

CREATE TABLE payments (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    sale TEXT NOT NULL,
    shift TEXT NOT NULL,
    desk TEXT NOT NULL,
    person TEXT NOT NULL,
    way TEXT NOT NULL,
    tender TEXT NOT NULL,
    currency TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    amount INTEGER NOT NULL,
    rounding INTEGER NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX payments_at ON payments (log, at);

CREATE INDEX payments_open ON payments (log, desk) WHERE state = 'started';

CREATE INDEX payments_sale ON payments (log, sale);

CREATE INDEX payments_shift ON payments (log, shift);

CREATE TABLE sales (
    log TEXT NOT NULL,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    order_id TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX sales_at ON sales (log, at);

CREATE INDEX sales_order ON sales (log, order_id) WHERE order_id <> '';

CREATE INDEX sales_words ON sales (log, words) WHERE words <> '';

CREATE TABLE sold_tickets (
    log TEXT NOT NULL,
    ticket TEXT NOT NULL,
    sale TEXT NOT NULL,
    PRIMARY KEY (log, ticket, sale)
) WITHOUT ROWID;

CREATE TABLE receipts (
    log TEXT NOT NULL,
    shift TEXT NOT NULL,
    id TEXT NOT NULL,
    sale TEXT NOT NULL,
    number INTEGER NOT NULL,
    desk TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    way TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    rounding INTEGER NOT NULL,
    PRIMARY KEY (log, shift, id)
) WITHOUT ROWID;

CREATE INDEX receipts_at ON receipts (log, at);

CREATE INDEX receipts_number ON receipts (log, desk, number);

CREATE TABLE receipt_lines (
    log TEXT NOT NULL,
    shift TEXT NOT NULL,
    receipt TEXT NOT NULL,
    n INTEGER NOT NULL,
    desk TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    way TEXT NOT NULL,
    currency TEXT NOT NULL,
    product TEXT NOT NULL,
    variation TEXT NOT NULL,
    name TEXT NOT NULL,
    rate INTEGER NOT NULL,
    code TEXT NOT NULL,
    comp INTEGER NOT NULL,
    fee INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    PRIMARY KEY (log, shift, receipt, n)
) WITHOUT ROWID;

CREATE INDEX receipt_lines_at ON receipt_lines (log, at);

CREATE TABLE carts (
    sale TEXT NOT NULL,
    log TEXT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    order_id TEXT NOT NULL,
    cart TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (sale)
) WITHOUT ROWID;

CREATE INDEX carts_changed ON carts (log, changed);

CREATE INDEX carts_order ON carts (log, order_id);

CREATE TABLE receipt_jobs (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    log TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    receipt TEXT NOT NULL,
    copy INTEGER NOT NULL,
    printer TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    detail TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (n),
    CONSTRAINT receipt_jobs_id UNIQUE (id)
);

CREATE INDEX receipt_jobs_state ON receipt_jobs (state);

CREATE INDEX receipt_jobs_subject ON receipt_jobs (log, subject);

CREATE TABLE known_kinds (
    kind TEXT NOT NULL,
    PRIMARY KEY (kind)
) WITHOUT ROWID;

-- What programs of the versions before wrote and read.
INSERT INTO known_kinds (kind) VALUES
    ('event_defined'), ('session_defined'), ('product_defined'), ('list_defined'),
    ('question_defined'), ('gate_defined'), ('layout_defined'), ('order_placed'), ('order_changed'),
    ('ticket_issued'), ('ticket_changed'), ('secret_revoked'), ('medium_linked'),
    ('question_answered'), ('admitted'), ('left'), ('admission_refused'), ('admission_undone'),
    ('badge_printed'), ('guests_imported'), ('staff_defined'), ('quota_defined'), ('quota_used'),
    ('quota_freed'), ('ticket_key_defined'), ('revocations_signed'), ('conflict_settled'),
    ('guest_erased'), ('guests_purged'), ('erasure_confirmed');
