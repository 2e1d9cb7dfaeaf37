"""Where a printer puts a page: how a badge that comes out a little off is set right."""

from dataclasses import dataclass

from eventdesk.errors import BadInput

MOST_MM = 50.0
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Place:
    """What is drawn goes `dx` millimetres to the right and `dy` down on the paper; before that it is turned
    clockwise by `turn` degrees, with its page. Raises BadInput."""

    dx: float = 0.0
    dy: float = 0.0
    turn: int = 0

    def __post_init__(self) -> None:
        if self.turn not in TURNS:
            raise BadInput(f"A page can't be turned by {self.turn} degrees.", "Choose 0, 90, 180 or 270.")
        for name, value in (("x", self.dx), ("y", self.dy)):
            if not abs(value) <= MOST_MM:
                raise BadInput(
                    f"A page can't be moved by {value:g} mm in {name}.",
                    f"Choose at most {MOST_MM:g} mm either way.",
                )

    def page(self, width: float, height: float) -> tuple[float, float]:
        """The size of the paper for a page of this size, millimetres."""
        return (height, width) if self.turn % 180 else (width, height)


CENTRED = Place()
