"""The badge layouts that come with the program, by id and name."""

import json

from eventdesk import paths
from eventdesk.i18n import tr


def layout_names() -> list[tuple[str, str]]:
    """Pairs of id and name, the desk's own choice (an empty id) first."""
    files = sorted((paths.resources() / "layouts").glob("*.json"))
    shipped = [(file.stem, str(json.loads(file.read_text(encoding="utf-8"))["name"])) for file in files]
    return [("", tr("As set for this desk")), *shipped]
