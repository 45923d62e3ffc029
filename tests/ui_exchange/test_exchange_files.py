"""The real file dialogs: they never block, and call back only with what was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.views.exchange_files import FileDialogs


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def dialog_of(host: QWidget) -> QFileDialog:
    found = host.findChild(QFileDialog, "files")
    assert found is not None
    assert found.isVisible()
    return found


def test_a_folder_is_asked_for_without_waiting_and_given_once_chosen(host: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    FileDialogs(host).folder("Folder", str(tmp_path), chosen.append)
    assert chosen == []
    dialog_of(host).accept()
    assert chosen == [tmp_path]


def test_nothing_is_called_back_when_the_person_changes_their_mind(host: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    FileDialogs(host).folder("Folder", str(tmp_path), chosen.append)
    dialog_of(host).reject()
    assert chosen == []


def test_several_files_are_given_as_paths(host: QWidget, tmp_path: Path) -> None:
    (tmp_path / "one.age").write_bytes(b"1")
    chosen: list[list[Path]] = []
    FileDialogs(host).files("Packages", "Packages (*.age)", chosen.append)
    dialog = dialog_of(host)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(tmp_path / "one.age"))
    dialog.accept()
    assert chosen == [[tmp_path / "one.age"]]


def test_a_new_file_is_named_beforehand(host: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    FileDialogs(host).new_file("Save", "homevisit-card.json", chosen.append)
    dialog = dialog_of(host)
    dialog.setDirectory(str(tmp_path))
    dialog.accept()
    assert chosen == [tmp_path / "homevisit-card.json"]
