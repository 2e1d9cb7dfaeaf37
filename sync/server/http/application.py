"""The ASGI application of a node: from a request to its answer, for every endpoint alike."""

from collections import defaultdict
from typing import Any

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.server.claiming import Claiming
from sync.server.http import openapi
from sync.server.http.answering import Door, no_such_path
from sync.server.http.asking import Parts, Standing
from sync.server.http.endpoints import ENDPOINTS, Endpoint
from sync.server.http.limits import Limits
from sync.server.http.metrics import Metrics
from sync.server.http.principals import Doorkeeper
from sync.server.http.waiting import Room
from sync.server.ports import Accounts, Beyond, Logs
from sync.server.settings import Settings


class Application:
    """An ASGI app. `stop` once, in its event loop, before the server waits for its connections."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._router = _router(parts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._router(scope, receive, send)

    async def stop(self) -> None:
        """Ends every wait with an empty answer; `/health` says so from now on."""
        self.parts.standing.stopping = True
        await self.parts.room.close()


def application(logs: Logs, accounts: Accounts, beyond: Beyond | None, settings: Settings) -> Application:
    room = Room(logs, accounts, settings.most_waiting)
    standing = Standing()
    return Application(
        Parts(
            logs=logs,
            accounts=accounts,
            beyond=beyond,
            settings=settings,
            claiming=Claiming(logs, beyond),
            doorkeeper=Doorkeeper(accounts, settings.token_s),
            room=room,
            metrics=Metrics(lambda: room.waiting, lambda: standing.connections),
            openapi=openapi.description(settings.version),
            standing=standing,
        )
    )


def _router(parts: Parts) -> ASGIApp:
    by_path: dict[str, dict[str, Endpoint]] = defaultdict(dict)
    for endpoint in ENDPOINTS:
        by_path[endpoint.path][endpoint.method] = endpoint
    limits = Limits(parts.settings)
    routes: list[Any] = [Route(path, Door(parts, limits, path, of)) for path, of in by_path.items()]
    # The two that are asked all the time come first: routes are tried in their order.
    routes.sort(key=lambda route: not route.path.endswith(("/pull", "/facts", "/claims")))
    return Router(routes, redirect_slashes=False, default=no_such_path(parts))
