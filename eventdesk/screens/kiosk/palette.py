"""The kiosk's colours. Strangers of every age read them in any light: text reaches 7:1 everywhere."""

from eventdesk.screens.palette import Colours

LIGHT = Colours(
    window="#EEF1F5",
    surface="#FFFFFF",
    raised="#F6F8FA",
    line="#CBD3DD",
    control="#56616E",
    text="#101828",
    muted="#364152",
    accent="#123C9C",
    on_accent="#FFFFFF",
    good="#04492C",
    warn="#692B05",
    bad="#850E09",
)

DARK = Colours(
    window="#0E1319",
    surface="#18202A",
    raised="#222C38",
    line="#3B4858",
    control="#93A2B5",
    text="#F5F8FB",
    muted="#CDD6E1",
    accent="#A9C7FF",
    on_accent="#0B1526",
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
