"""Asking for a file or a folder. A port, so that tests answer without a dialog; the real one never blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.words import tr

Chosen = Callable[[Path], None]
Several = Callable[[list[Path]], None]


class FileChooser(Protocol):
    """Calls back with what was chosen; not at all where the person changed their mind."""

    def folder(self, title: str, start: str, chosen: Chosen) -> None: ...

    def files(self, title: str, kinds: str, chosen: Several) -> None: ...

    def new_file(self, title: str, name: str, chosen: Chosen) -> None: ...


class FileDialogs:
    """The FileChooser of real windows. Qt's own dialog: it can be covered, locked and read by a screen reader."""

    def __init__(self, host: QWidget) -> None:
        self._host = host

    def folder(self, title: str, start: str, chosen: Chosen) -> None:
        dialog = self._dialog(title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if start and Path(start).is_dir():
            dialog.setDirectory(start)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        dialog.open()

    def files(self, title: str, kinds: str, chosen: Several) -> None:
        dialog = self._dialog(title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([kinds, tr("files", "All files (*)")])
        dialog.filesSelected.connect(lambda paths: chosen([Path(path) for path in paths]))
        dialog.open()

    def new_file(self, title: str, name: str, chosen: Chosen) -> None:
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._host, title)
        dialog.setObjectName("files")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.finished.connect(dialog.deleteLater)
        return dialog
