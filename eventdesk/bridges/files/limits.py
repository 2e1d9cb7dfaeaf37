"""How much a file may hold. Far above any real guest list, far below what would harm the desk."""

from typing import Final

from eventdesk.errors import BadInput

MIB: Final = 1 << 20

FILE_BYTES: Final = 1024 * MIB
ROWS: Final = 1_048_576  # XLSX holds no more either
COLUMNS: Final = 500
LINE_CHARACTERS: Final = MIB
# What a spreadsheet cell can hold (Excel specifications and limits, Microsoft).
CELL_CHARACTERS: Final = 32_767

# XLSX is a zip archive: what it unpacks to is bounded before anything is unpacked. Sheet XML packs
# some 8 to 30 times; deflate's own limit is 1,032.
UNPACKED_BYTES: Final = 1024 * MIB
UNPACKED_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 8 * MIB
ARCHIVE_ENTRIES: Final = 2_000
# Cells that the reader must make room for, empty ones included.
CELLS: Final = 20_000_000
# A sheet of few cells far apart: more room than this for each of them is refused.
ROOM_FOR_A_CELL: Final = 50
ROOM_COUNTS_FROM: Final = 2_000_000

BAD_ROWS_KEPT: Final = 1_000
PREVIEW_ROWS: Final = 20
# Products, variations, sessions: more new ones than this means the wrong column was chosen.
NEW_PARTS: Final = 500

SPLIT: Final = "Split it into smaller files, or check that it is the guest list."


def too_much(file: str, what: str) -> BadInput:
    return BadInput(f"{file} {what}.", SPLIT)
