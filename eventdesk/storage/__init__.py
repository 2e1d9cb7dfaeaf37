"""The desk's own database: the log of facts, its projections, search and backups."""
