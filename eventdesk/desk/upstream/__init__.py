"""The desk's line to its upstream: pairing, pushing, pulling, claims, and what people see of it."""
