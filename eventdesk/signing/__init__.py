"""Signed tickets and signed lists of revoked ones, as `docs/tickets.md` tells third parties."""
