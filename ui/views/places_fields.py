"""The fields of each kind of place; passwords and keys are typed unseen."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.place import FOLDER, S3, WEBDAV
from ui.presenters.places import CERTIFICATES, ROOM, NewPlace
from ui.tokens import Space
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fields import FieldRow, LineText, SecretEdit
from ui.widgets.surface import column, row
from ui.words import tr

OPTIONAL = frozenset({"region", "username", "password"})


class FieldGroup(QWidget):
    """What has to be typed about one kind of place."""

    submitted = Signal()
    file_asked = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self._rows: dict[str, FieldRow] = {}
        self._lines: dict[str, LineText] = {}
        self._secrets: dict[str, SecretEdit] = {}
        self._file: ChosenFile | None = None
        self._body = column(gap=Space.M)
        self.setLayout(self._body)

    def with_line(self, name: str, label: str, example: str = "") -> FieldGroup:
        line = LineText(label, placeholder=example)
        line.returnPressed.connect(self.submitted)
        self._lines[name] = line
        self._add(name, label, line)
        return self

    def with_secret(self, name: str, label: str) -> FieldGroup:
        secret = SecretEdit(label)
        secret.submitted.connect(self.submitted)
        self._secrets[name] = secret
        self._add(name, label, secret)
        return self

    def with_certificates(self) -> FieldGroup:
        """Only Linux lets a program name them; elsewhere the system alone decides whom to trust."""
        if platform.system() != "Linux":
            return self
        self._file = ChosenFile()
        self._file.asked.connect(self.file_asked)
        self._add(CERTIFICATES, tr(ROOM, "Certificates of your organisation"), self._file)
        return self

    def with_browse(self) -> FieldGroup:
        """A path is rarely typed: a button beside it asks."""
        browse = SecondaryButton(tr(ROOM, "Choose…"), icon="folder-open")
        browse.setObjectName(f"places.{self.kind}.browse")
        browse.clicked.connect(self.file_asked)
        line = row(browse)
        line.addStretch(1)
        self._body.addLayout(line)
        return self

    def show_secrets_only(self, only: bool) -> None:
        """For another password everything else stands already."""
        for name, shown in self._rows.items():
            shown.setHidden(only and name not in self._secrets)

    def value(self) -> NewPlace:
        settings = {name: line.value().strip() for name, line in self._lines.items()}
        secret = {name: line.value() for name, line in self._secrets.items()}
        return NewPlace(
            kind=self.kind,
            settings={name: value for name, value in settings.items() if value},
            secret={name: value for name, value in secret.items() if value},
            certificates=self._file.path if self._file is not None else None,
        )

    def missing(self) -> str:
        """The first field that has to be filled in and was not; each says so beside it."""
        typed = {name: bool(line.value().strip()) for name, line in self._lines.items()}
        typed |= {name: bool(line.value()) for name, line in self._secrets.items()}
        asked = {name for name, shown in self._rows.items() if not shown.isHidden()}
        empty = [name for name, has_value in typed.items() if not has_value and name in asked - OPTIONAL]
        for name, shown in self._rows.items():
            shown.show_problem(tr(ROOM, "This is needed.") if name in empty else "")
        return empty[0] if empty else ""

    def blame(self, name: str, words: str) -> bool:
        """Say beside a field what is wrong with it; False where it is none of these."""
        for each, shown in self._rows.items():
            shown.show_problem(words if each == name else "")
        return name in self._rows

    def focus(self, name: str = "") -> None:
        """Go to a field, or to the first one."""
        asked = (shown for shown in self._rows.values() if not shown.isHidden())
        shown = self._rows[name] if name else next(asked)
        shown.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_file(self, path: Path) -> None:
        """What was chosen by the button."""
        if self._file is not None:
            self._file.show_path(path)
        else:
            self._lines["path"].show_value(str(path))
        self.blame("", "")

    def start(self) -> str:
        """Where a search for a file begins."""
        return self._lines["path"].value() if "path" in self._lines else ""

    def clear(self) -> None:
        """Nothing that was typed stays."""
        for line in self._lines.values():
            line.show_value("")
        for secret in self._secrets.values():
            secret.show_value("")
            secret.reveal(False)
        if self._file is not None:
            self._file.show_path(None)
        self.blame("", "")

    def _add(self, name: str, label: str, control: QWidget) -> None:
        control.setObjectName(f"places.{self.kind}.{name}")
        self._rows[name] = FieldRow(label, control, optional=name in OPTIONAL or name == CERTIFICATES)
        self._body.addWidget(self._rows[name])


class ChosenFile(QWidget):
    """The name of a file that was chosen, and the button that asks for it."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self._choose = SecondaryButton("", icon="file-text")
        self._choose.setObjectName("places.certificates")
        self._choose.clicked.connect(self.asked)
        self.setFocusProxy(self._choose)
        line = row(self._choose)
        line.addStretch(1)
        self.setLayout(line)
        self.show_path(None)

    def show_path(self, path: Path | None) -> None:
        self.path = path
        words = path.name if path is not None else tr(ROOM, "Choose a file…")
        self._choose.setText(words.replace("&", "&&"))
        self._choose.setAccessibleName(f"{tr(ROOM, 'Certificates of your organisation')}: {words}")


def kinds() -> list[tuple[str, str]]:
    """The kinds that can be added here; the command line knows more."""
    return [
        (FOLDER, tr(ROOM, "Folder or stick")),
        (WEBDAV, tr(ROOM, "WebDAV, as Nextcloud")),
        (S3, tr(ROOM, "S3 bucket")),
    ]


def groups() -> dict[str, FieldGroup]:
    """The fields of each kind."""
    makers: Sequence[Callable[[], FieldGroup]] = (_folder, _webdav, _s3)
    return {group.kind: group for group in (make() for make in makers)}


def _folder() -> FieldGroup:
    return FieldGroup(FOLDER).with_line("path", tr(ROOM, "Folder or stick")).with_browse()


def _webdav() -> FieldGroup:
    example = "https://cloud.example.org/remote.php/dav/files/…"
    return (
        FieldGroup(WEBDAV)
        .with_line("endpoint", tr(ROOM, "Address of the folder"), example)
        .with_line("username", tr(ROOM, "User name"))
        .with_secret("password", tr(ROOM, "Password, better one for Homevisit alone"))
        .with_certificates()
    )


def _s3() -> FieldGroup:
    return (
        FieldGroup(S3)
        .with_line("endpoint", tr(ROOM, "Address"), "https://s3.example.org")
        .with_line("bucket", tr(ROOM, "Bucket"))
        .with_line("region", tr(ROOM, "Region"))
        .with_secret("access_key_id", tr(ROOM, "Access key"))
        .with_secret("secret_access_key", tr(ROOM, "Secret key"))
        .with_certificates()
    )
