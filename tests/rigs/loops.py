"""The end of an event loop that a rig runs on a thread of its own."""

import asyncio
from typing import Any


async def stop_listening(server: asyncio.Server) -> None:
    """Closes it once whoever knocked before is in: asyncio drops a connection that it accepts while its
    server closes, and leaves its socket open."""
    for sock in server.sockets:
        asyncio.get_running_loop().remove_reader(sock.fileno())
    for _ in range(3):
        await asyncio.sleep(0)
    server.close()


async def let_go() -> None:
    """Aborts every connection of the running loop, also one that was accepted a moment ago.

    A loop that ends with one would say so in a warning, in whichever test runs when Python collects it.
    """
    loop: Any = asyncio.get_running_loop()
    for _ in range(3):  # what is aborted, and what was just accepted, is told in the next rounds
        await asyncio.sleep(0)
        for transport in list(loop._transports.values()):
            transport.abort()
    await asyncio.sleep(0)
