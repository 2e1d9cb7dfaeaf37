"""A node that desks meet at, server or hub: put together from `sync` and what tickets mean."""
