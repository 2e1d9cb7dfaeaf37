"""Training: a desk of its own, in another process, on another database in another folder."""
