"""The style sheet. Screens choose by properties, so that no widget carries colours of its own:

- `kind` of a button: "primary", "danger", "quiet" (none: plain)
- `tone` of a label: "title" (also "title_good", "title_bad"), "heading", "muted", "good", "warn", "bad"
- `card` of a frame: true for a raised surface
"""

from eventdesk import paths
from eventdesk.screens.choosers_sheet import CHOOSERS
from eventdesk.screens.palette import ADMITTED, ASKING, INFORMING, LEFT, Colours, luminance


def sheet(colours: Colours, font_px: int, target_px: int) -> str:
    """Qt style sheet for one appearance; sizes in pixels."""
    values = {name: getattr(colours, name) for name in colours.__slots__}
    coats = {
        "entry": ADMITTED.ground,
        "exit": LEFT.ground,
        "info": INFORMING.ground,
        "entry_ink": ADMITTED.ink,
        "alarm": ASKING.ground,
        "alarm_ink": ASKING.ink,
    }
    sizes = {
        "font": font_px,
        "title": round(font_px * 1.55),
        "heading": round(font_px * 1.15),
        "small": round(font_px * 0.88),
        "tiny": round(font_px * 0.8),
        "whole": target_px,
        # Without the border of 2 px on either side.
        "target": target_px - 4,
        "pad": round(font_px * 0.8),
        "radius": 8,
        "box": round(font_px * 1.2),
        "round": round(font_px * 1.2) // 2 + 2,
        "dot": round(font_px * 0.45),
    }
    dark = luminance(colours.accent) > 0.3
    chevron = (paths.resources() / "icons" / f"chevron_{'light' if dark else 'dark'}.svg").as_posix()
    check = (paths.resources() / "icons" / f"tick_{'dark' if dark else 'light'}.svg").as_posix()
    return "\n".join(
        part % (values | coats | sizes | {"check": check, "chevron": chevron})
        for part in (_LABELS, _BUTTONS, _FIELDS, _LISTS, _FRAMES, CHOOSERS)
    )


_LABELS = """
QLabel { background: transparent; }
QLabel[tone="title"] { font-size: %(title)dpx; font-weight: 700; }
QLabel[tone="title_good"] { font-size: %(title)dpx; font-weight: 700; color: %(good)s; }
QLabel[tone="title_bad"] { font-size: %(title)dpx; font-weight: 700; color: %(bad)s; }
QLabel[tone="heading"] { font-size: %(heading)dpx; font-weight: 600; }
QLabel[tone="muted"] { color: %(muted)s; }
QLabel[tone="small"] { color: %(muted)s; font-size: %(small)dpx; }
QLabel[tone="good"] { color: %(good)s; font-weight: 600; }
QLabel[tone="warn"] { color: %(warn)s; font-weight: 600; }
QLabel[tone="bad"] { color: %(bad)s; font-weight: 600; }
QLabel[tone="code"] { font-size: %(title)dpx; font-weight: 700; font-family: monospace; }
QToolTip { color: %(text)s; background: %(raised)s; border: 1px solid %(control)s; padding: 4px; }
"""

_BUTTONS = """
QPushButton, QToolButton {
    min-height: %(target)dpx; padding: 0 %(pad)dpx; border-radius: %(radius)dpx;
    border: 2px solid %(control)s; background: %(surface)s; color: %(text)s; font-weight: 600;
}
QPushButton:hover, QToolButton:hover { background: %(raised)s; }
QPushButton:pressed, QToolButton:pressed { background: %(line)s; }
QPushButton:focus, QToolButton:focus { border: 2px solid %(accent)s; }
QPushButton:disabled, QToolButton:disabled { color: %(control)s; border-color: %(line)s; }
QPushButton[small="true"] { font-size: %(small)dpx; padding: 0 2px; }
QPushButton[small="tiny"] { font-size: %(tiny)dpx; padding: 0 1px; }
QPushButton[start="true"] { text-align: left; }
QPushButton[kind="primary"] { background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; }
QPushButton[kind="primary"]:hover { border-color: %(text)s; }
QPushButton[kind="primary"]:focus { border: 3px solid %(text)s; }
QPushButton[kind="primary"]:disabled {
    background: %(line)s; color: %(muted)s; border-color: %(line)s;
}
QPushButton[kind="danger"] { color: %(bad)s; border-color: %(bad)s; }
QPushButton[kind="danger"]:disabled { color: %(control)s; border-color: %(line)s; }
QPushButton[kind="danger"]:focus { border: 3px solid %(text)s; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {
    border: 2px solid transparent; background: transparent; color: %(text)s;
}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: %(raised)s; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border: 2px solid %(accent)s; }
QToolButton[tool="true"] { padding: 0 5px; border-radius: 6px; }
QToolButton[tool="true"]:checked { background: %(line)s; border-color: %(control)s; }
QToolButton[tool="true"]:checked:focus { border-color: %(accent)s; }
QPushButton[strip="true"] { padding: 0 4px; font-weight: 400; text-align: left; }
QPushButton[strip_tone="muted"] { color: %(muted)s; }
QPushButton[strip_tone="warn"] { color: %(warn)s; font-weight: 600; }
QPushButton[pad="true"] { font-size: %(title)dpx; padding: 0; }
QPushButton[tab="true"]:checked { border-color: %(accent)s; background: %(raised)s; color: %(accent)s; }
QCheckBox, QRadioButton { min-height: %(whole)dpx; spacing: 10px; padding: 0 6px; border-radius: 6px; }
QCheckBox::indicator, QRadioButton::indicator {
    width: %(box)dpx; height: %(box)dpx; border: 2px solid %(control)s; background: %(surface)s;
}
QCheckBox::indicator { border-radius: 5px; }
QRadioButton::indicator { border-radius: %(round)dpx; }
QCheckBox::indicator:checked { background: %(accent)s; border-color: %(accent)s; image: url(%(check)s); }
QRadioButton::indicator:checked { background: %(surface)s; border: %(dot)dpx solid %(accent)s; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: %(line)s; }
QCheckBox:disabled, QRadioButton:disabled { color: %(muted)s; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid %(accent)s; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    min-height: %(target)dpx; padding: 0 8px; border: 2px solid %(control)s; border-radius: %(radius)dpx;
    background: %(surface)s; color: %(text)s;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit[pad="true"] { font-size: %(title)dpx; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid %(accent)s;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: %(muted)s; background: %(raised)s; border-color: %(line)s;
}
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; border: 0; }
QComboBox QAbstractItemView { background: %(surface)s; border: 1px solid %(control)s; }
QComboBox QAbstractItemView::item { min-height: %(target)dpx; }
"""

_LISTS = """
QAbstractItemView {
    background: %(surface)s; alternate-background-color: %(raised)s; border: 1px solid %(line)s;
    border-radius: %(radius)dpx; outline: 0;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QAbstractItemView:focus { border: 2px solid %(accent)s; }
QHeaderView::section {
    background: %(raised)s; color: %(muted)s; border: 0; border-bottom: 1px solid %(line)s;
    padding: 8px; font-weight: 600;
}
QScrollBar:vertical { width: 14px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 14px; background: transparent; margin: 0; }
QScrollBar::handle {
    background: %(control)s; border-radius: 5px; margin: 2px; min-height: 32px; min-width: 32px;
}
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
"""

_FRAMES = """
QFrame[bar="nav"] { background: %(surface)s; border: 0; }
QFrame[bar="status"] { background: %(surface)s; border: 0; border-top: 1px solid %(line)s; }
QFrame[bar="nav"] QToolButton {
    border: 2px solid transparent; border-radius: 10px; background: transparent; color: %(muted)s;
    font-size: %(small)dpx; padding: 6px 2px;
}
QFrame[bar="nav"] QToolButton:hover { background: %(raised)s; }
QFrame[bar="nav"] QToolButton:checked { background: %(accent)s; color: %(on_accent)s; }
QFrame[bar="nav"] QToolButton:focus { border-color: %(text)s; }
QFrame[bar="nav"] QToolButton[tight="true"] { padding: 0 2px; }
QFrame[bar="alarm"] { background: %(alarm)s; border: 0; border-bottom: 3px solid %(alarm_ink)s; }
QFrame[bar="alarm"] QLabel { color: %(alarm_ink)s; font-weight: 600; }
QFrame[bar="alarm"] QPushButton { color: %(alarm_ink)s; background: %(alarm)s; border-color: %(alarm_ink)s; }
QFrame[bar="alarm"] QPushButton:focus { border: 3px solid %(alarm_ink)s; }
QFrame[message="notice"] { background: %(raised)s; border-left: 8px solid %(accent)s; }
QFrame[message="good"] { background: %(raised)s; border-left: 8px solid %(good)s; }
QFrame[message="warn"] { background: %(raised)s; border-left: 8px solid %(warn)s; }
QFrame[message="bad"] { background: %(raised)s; border-left: 8px solid %(bad)s; }
QFrame[card="true"] {
    background: %(surface)s; border: 1px solid %(line)s; border-radius: 12px;
}
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QPushButton[mode="entry"]:checked { background: %(entry)s; color: %(entry_ink)s; border-color: %(entry)s; }
QPushButton[mode="exit"]:checked { background: %(exit)s; color: #FFFFFF; border-color: %(exit)s; }
QPushButton[mode="info"]:checked { background: %(info)s; color: #FFFFFF; border-color: %(info)s; }
QPushButton[mode="print"]:checked { background: %(info)s; color: #FFFFFF; border-color: %(info)s; }
QPushButton[mode]:checked:focus { border: 3px solid %(text)s; }
QProgressBar {
    border: 1px solid %(control)s; border-radius: 6px; background: %(surface)s; color: %(text)s;
    text-align: center; min-height: 22px;
}
QProgressBar::chunk { background: %(accent)s; border-radius: 5px; }
QGroupBox { border: 1px solid %(line)s; border-radius: 12px; margin-top: 1.2em; padding: 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 12px; font-weight: 600; }
QTabBar::tab { min-height: %(target)dpx; }
"""
