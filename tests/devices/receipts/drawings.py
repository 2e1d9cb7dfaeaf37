"""Drawings for the tests of printers."""

from eventdesk.domain.paper import Document, Paper, Raster


class Stripes:
    """As many rows as wanted, no two of them alike within 250."""

    def __init__(self, rows: int = 300) -> None:
        self._rows = rows

    def raster(self, paper: Paper) -> Raster:
        pitch = paper.dots // 8
        return Raster(paper.dots, b"".join(bytes((row % 251,)) * pitch for row in range(self._rows)))

    def pdf(self, paper: Paper) -> Document:
        raise AssertionError(f"nobody asked for sheets of {paper}")
