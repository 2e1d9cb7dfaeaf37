"""What a kiosk's style sheet adds to that of the desk's screens."""

from eventdesk.screens.palette import Colours


def kiosk_sheet(colours: Colours, font_px: int, target_px: int) -> str:
    """Qt style sheet; sizes in pixels."""
    values = {name: getattr(colours, name) for name in colours.__slots__}
    sizes = {
        "font": font_px,
        "huge": round(font_px * 2.1),
        "heading": round(font_px * 1.15),
        "title": round(font_px * 1.5),
        "sign": round(font_px * 4.5),
        "small": round(font_px * 0.8),
        "target": target_px - 4,
    }
    return _OWN % (values | sizes)


_OWN = """
QWidget[kiosk="whole"] { background: %(window)s; }
QLabel[tone="huge"] { font-size: %(huge)dpx; font-weight: 800; }
QLabel[tone="next"] { font-size: %(huge)dpx; font-weight: 700; color: %(good)s; }
QLabel[tone="wrong"] { font-size: %(heading)dpx; color: %(bad)s; font-weight: 700; }
QLabel[tone="sign"] { font-size: %(sign)dpx; font-weight: 800; color: %(good)s; }
QLabel[tone="event"] { color: %(muted)s; font-weight: 600; }
QLineEdit[kiosk="field"], QPlainTextEdit[kiosk="field"] { font-size: %(font)dpx; }
QPushButton[kiosk="choice"]:checked { background: %(accent)s; border-color: %(accent)s; }
QPushButton[kiosk="choice"]:focus { border: 4px solid %(accent)s; }
QPushButton[kiosk="choice"]:checked:focus { border: 4px solid %(text)s; }
QPushButton[kiosk="start"] { font-size: %(huge)dpx; }
QPushButton[kiosk="start"]:focus { border: 6px solid %(text)s; }
QPushButton[kiosk="way"] { font-size: %(title)dpx; }
QPushButton[kiosk="way"]:focus { border: 4px solid %(accent)s; }
QPushButton[key="true"] { padding: 0; font-size: %(font)dpx; font-weight: 600; }
QPushButton[key="control"] {
    padding: 0; font-size: %(small)dpx; background: %(raised)s;
}
QPushButton[key="control"][kind="primary"] {
    background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s;
}
QPushButton[key="true"]:pressed, QPushButton[key="control"]:pressed {
    background: %(accent)s; color: %(on_accent)s;
}
QToolButton[kiosk="foot"] {
    min-height: %(target)dpx; padding: 2px; font-size: %(small)dpx; font-weight: 600;
    border: 2px solid %(control)s; background: %(surface)s; color: %(text)s;
}
QToolButton[kiosk="foot"]:checked { background: %(accent)s; color: %(on_accent)s; }
QToolButton[kiosk="foot"]:focus { border: 3px solid %(accent)s; }
QToolButton[kiosk="foot"]:checked:focus { border: 3px solid %(text)s; }
QFrame[kiosk="quiet"] { background: %(raised)s; border: 0; border-top: 2px solid %(line)s; }
QTextEdit[kiosk="text"] { border: 2px solid %(control)s; background: %(surface)s; }
"""
