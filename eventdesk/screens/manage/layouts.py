"""The badge layouts that can be chosen, by id and name."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from eventdesk import paths
from eventdesk.i18n import tr


def layout_names(own: Mapping[str, str] = MappingProxyType({})) -> list[tuple[str, str]]:
    """Pairs of id and name, the desk's own choice (an empty id) first, then those of the event (`own`)."""
    files = sorted((paths.resources() / "layouts").glob("*.json"))
    shipped = [(file.stem, tr(json.loads(file.read_text(encoding="utf-8"))["name"])) for file in files]
    others = [(id_, name) for id_, name in shipped if id_ not in own]
    return [("", tr("As set for this desk")), *own.items(), *others]
