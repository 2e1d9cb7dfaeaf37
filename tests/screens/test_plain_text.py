"""What people typed is shown as typed: no screen takes a name for HTML, which could load files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.verdicts import Words
from eventdesk.screens.kiosk.window import KioskWindow
from eventdesk.screens.messages import Messages
from eventdesk.screens.window import MainWindow
from eventdesk.screens.words import in_cell, tip
from tests.screens.kiosk.making import guest, state
from tests.screens.making import Desk, app

SCREENS = Path(__file__).resolve().parents[2] / "eventdesk" / "screens"
EVIL = '<h1>Ada</h1><img src="file:///etc/passwd"><a href="https://example.org">x</a>'
# These put what they are given on the screen as HTML, or may.
MAKERS = {"QLabel", "QTextBrowser", "QErrorMessage", "QWhatsThis", "QWebEngineView"}
CALLS = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "openUrl", "setOpenExternalLinks"}


def names() -> Iterator[tuple[Path, ast.Call, str]]:
    for file in SCREENS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                yield file, node, name


def test_texts_are_made_by_the_one_that_makes_them_plain() -> None:
    found = [
        f"{file.relative_to(SCREENS)}:{node.lineno} {name}"
        for file, node, name in names()
        if name in CALLS or (name in MAKERS and node.args and not isinstance(node.args[0], ast.Name))
    ]
    assert found == []


def test_no_screen_opens_anything_of_the_system() -> None:
    assert not [file for file in SCREENS.rglob("*.py") if "QDesktopServices" in file.read_text("utf-8")]


def test_a_tool_tip_shows_what_was_typed() -> None:
    document = QTextDocument()
    document.setHtml(tip(EVIL + "\nsecond"))
    assert document.toPlainText() == EVIL + "\nsecond"
    assert tip("Fish & chips") == "Fish & chips"
    assert in_cell(EVIL, Qt.ItemDataRole.DisplayRole) == EVIL
    assert in_cell(EVIL, Qt.ItemDataRole.ToolTipRole) == tip(EVIL)


def rich(widget: QWidget) -> list[str]:
    labels = widget.findChildren(QLabel)
    found = [one.text() for one in labels if one.text() and one.textFormat() is not Qt.TextFormat.PlainText]
    return found + [one.toPlainText() for one in widget.findChildren(QTextEdit) if one.acceptRichText()]


@pytest.mark.parametrize("page", list(Page))
def test_no_page_of_the_kiosk_takes_a_name_for_html(
    desk: Desk, kiosk_window: KioskWindow, page: Page
) -> None:
    evil = Words("{name}", {"name": EVIL})
    guests = () if page in (Page.WELCOME, Page.FINDING, Page.BUYING) else (guest(1, EVIL, company=EVIL),)
    desk.hooks.kiosk_changed(state(page, guests=guests, words=evil, remedy=evil, next=EVIL, event=EVIL))
    assert rich(kiosk_window) == []


def test_no_text_of_the_desks_own_window_may_be_html(qtbot: QtBot, desk: Desk) -> None:
    window = MainWindow(desk.bridge, Messages())
    qtbot.addWidget(window)
    assert window.findChildren(QLabel)
    assert rich(window) == []


@pytest.fixture
def kiosk_window(qtbot: QtBot, desk: Desk) -> Iterator[KioskWindow]:
    made = KioskWindow(app(), desk.bridge, "en")
    qtbot.addWidget(made, before_close_func=KioskWindow.close_for_good)
    made.resize(1280, 800)
    made.show()
    yield made
    made.close_for_good()
