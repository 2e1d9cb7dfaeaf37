"""The part of the style sheet for what one chooses in: combo boxes, date fields, tabs, tables, lists."""

CHOOSERS = """
QComboBox::drop-down, QDateTimeEdit::drop-down {
    subcontrol-origin: padding; subcontrol-position: center right; border: 0; width: 30px;
}
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: url(%(chevron)s); width: 16px; height: 16px; }
QTabBar::tab {
    border: 0; border-bottom: 3px solid transparent; background: transparent; color: %(muted)s;
    font-weight: 600; padding: 0 14px; margin-right: 6px;
}
QTabBar::tab:selected { color: %(text)s; border-bottom: 3px solid %(accent)s; }
QTabBar::tab:hover { color: %(text)s; }
QTabBar::tab:focus { color: %(accent)s; }
QTabBar[narrow="true"] { font-size: %(small)dpx; }
QTabBar[narrow="true"]::tab { padding: 0 5px; margin-right: 0; }
QTabWidget::pane { border: 0; border-top: 1px solid %(line)s; }
QTableView::item { padding: 0 8px; border: 0; }
QTableView::item:selected, QListWidget::item:selected {
    background: %(accent)s; color: %(on_accent)s;
}
QListWidget::item { min-height: %(target)dpx; padding: 0 8px; }
QListWidget::indicator {
    width: %(box)dpx; height: %(box)dpx; border: 2px solid %(control)s; border-radius: 5px;
    background: %(surface)s;
}
QListWidget::indicator:checked {
    background: %(accent)s; border-color: %(accent)s; image: url(%(check)s);
}
"""
