"""Facts of kinds that the program did not know when they came: they stand in the log, and are read now.

A desk that was updated holds what newer ones had sent to it before. Which kinds the tables tell of is kept
in the file, so that this is done once, whole or not at all.
"""

from typing import Any

from eventdesk.storage import intake, log, redact
from eventdesk.storage.projections import Target, project
from sync.chain import Record

SELECT_KNOWN = "SELECT kind FROM known_kinds"
INSERT_KNOWN = "INSERT OR IGNORE INTO known_kinds (kind) VALUES (?)"
# A walk over the whole log: once for each update that brings new kinds.
SELECT_OF_KINDS = f"""
    SELECT {log.COLUMNS} FROM facts
    WHERE kind IN (SELECT value FROM json_each(?)) AND redacted < 2 ORDER BY n
"""
UPDATE = "UPDATE facts SET payload = ?, salt = ?, redacted = ? WHERE id = ?"


def learn(connection: Any) -> int:
    """Bring the tables up to date with kinds that are new to the file; returns the number of such facts.

    The connection is in autocommit mode.
    """
    new = log.KINDS - {row[0] for row in connection.execute(SELECT_KNOWN)}
    if not new:
        return 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        number = _read(Target(connection), sorted(new))
        connection.executemany(INSERT_KNOWN, [(kind,) for kind in sorted(new)])
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return number


def _read(target: Target, kinds: list[str]) -> int:
    rows = target.execute(SELECT_OF_KINDS, (log.encode(kinds).decode(),)).fetchall()
    kept = [Record(*row) for row in rows]
    facts = []
    for before, record in zip(kept, redact.forgetting(target.execute, kept), strict=True):
        now, fact, _ = intake.read(record)
        if now != before:
            target.execute(UPDATE, (now.payload, now.salt, now.redacted, now.id))
        if fact is not None:
            facts.append(fact)
    for fact in facts:
        project(target, fact)
    target.flush()
    return len(rows)
