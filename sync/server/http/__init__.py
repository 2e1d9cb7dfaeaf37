"""A node over HTTP: `application.application` makes the ASGI app of its parts."""
