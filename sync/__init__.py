"""Replication of logs between nodes. It knows logs, not tickets."""
