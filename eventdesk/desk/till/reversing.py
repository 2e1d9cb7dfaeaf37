"""What is given back of a sale."""

from typing import Any

from eventdesk.desk.lane import Handlers


class Reversing:
    def __init__(self, *_: Any) -> None: ...

    def handlers(self) -> Handlers:
        return {}
