"""Sheets that hold several badges, in words."""

from eventdesk.i18n import tr


def sheets(none: str) -> list[tuple[str, str]]:
    """To choose from: name and words; `none` is said of the paper that holds one."""
    return [
        ("", none),
        ("a4-2x4", tr("A4, 8 labels of 99.1 x 67.7 mm")),
        ("a4-2x5", tr("A4, 10 labels of 99.1 x 57 mm")),
        ("a4-2x5-cards", tr("A4, 10 cards of 85 x 54 mm")),
        ("a4-3x7", tr("A4, 21 labels of 63.5 x 38.1 mm")),
        ("letter-2x3", tr("Letter, 6 labels of 4 x 3 in")),
        ("letter-2x4", tr("Letter, 8 labels of 3 3/8 x 2 1/3 in")),
    ]
