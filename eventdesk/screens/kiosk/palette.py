"""The kiosk's colours. Strangers of every age read them in any light: text reaches 7:1 everywhere."""

from dataclasses import replace

from eventdesk.screens import palette
from eventdesk.screens.palette import Colours

LIGHT = replace(
    palette.LIGHT,
    line="#CBD3DD",
    control="#56616E",
    muted="#364152",
    accent="#123C9C",
    good="#04492C",
    warn="#692B05",
    bad="#850E09",
)

DARK = replace(
    palette.DARK,
    line="#3B4858",
    control="#93A2B5",
    text="#F5F8FB",
    muted="#CDD6E1",
    accent="#A9C7FF",
    good="#86E6B8",
    warn="#FFD391",
    bad="#FFC1BB",
)

HIGH = Colours(
    window="#000000",
    surface="#000000",
    raised="#141414",
    line="#8C8C8C",
    control="#FFFFFF",
    text="#FFFFFF",
    muted="#FFFFFF",
    accent="#FFE100",
    on_accent="#000000",
    good="#8CFFC1",
    warn="#FFE100",
    bad="#FFC9C4",
)
