"""The tables of the search index. They hold nothing that the tickets and orders do not: `index.rebuild`.

The words are made by `fold.py`; FTS5's `ascii` tokenizer only cuts them at spaces. Each word bears a
mark of its event and field as first letter (`index.py`), so that one event's search and vocabulary
never see another's; the prefix indexes are for one to four letters after the mark.
`detail=none` and no content keep it small. `search_fresh` are words that came since the last
`rebuild` or bulk load, so that a vocabulary held in memory learns them without being read anew.
"""

DDL: tuple[str, ...] = (
    """
    CREATE TABLE search_logs (
        number INTEGER PRIMARY KEY,
        log TEXT NOT NULL UNIQUE,
        generation INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE search_fresh (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        number INTEGER NOT NULL,
        word TEXT NOT NULL
    )
    """,
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='2 3 4 5'
    )
    """,
    # Bytes of new words gathered before they are written, so that an import makes few segments.
    "INSERT INTO search_words (search_words, rank) VALUES ('hashsize', 33554432)",
    "CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_words, row)",
)
