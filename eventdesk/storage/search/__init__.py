"""Search as one types: folded words in FTS5, typing errors corrected against the index's own words."""
