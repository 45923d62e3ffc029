"""Naming a FHIR server: its address, how it lets one in, and what may go there besides."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.filing import MAY_LEAVE, Access, policy_that_allows
from ui.presenters.filing import FilingPageState, NewServer
from ui.prompts.flow import FlowLayout
from ui.tokens import Space
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.fields import CheckBox, FieldRow, LineText, SecretEdit
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, boxed, column
from ui.widgets.text import Caption, SectionTitle, TextLabel
from ui.words import tr

ROOM = "filing"


class ServerForm(Card):
    """``given`` carries a NewServer; the fields stay as typed until the server was added, and are emptied then."""

    given = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Add a server")), name=tr(ROOM, "Add a server"))
        self.setObjectName("filing.form")
        self._is_open = False
        self._make()
        self._arrange()
        for line in (self._url, self._client, self._token_url):
            line.returnPressed.connect(self._on_add)
        self._secret.submitted.connect(self._on_add)
        self._access.answer_given.connect(self._show_access)
        self._add.clicked.connect(self._on_add)
        self._cancel.clicked.connect(self.given_up)
        self._empty()

    def render_state(self, state: FilingPageState) -> None:
        """``state`` decides whether anything is typed here now."""
        if self._is_open and not state.is_adding:
            self._empty()
        if state.is_adding and not self._is_open:
            QTimer.singleShot(0, self, lambda: self._url.setFocus(Qt.FocusReason.OtherFocusReason))
        self._is_open = state.is_adding
        self._bar.show_notice(state.refused)
        self._add.setText(tr(ROOM, "Asking the server…") if state.is_trying else tr(ROOM, "Check and add"))
        for part in (*self._rows, self._permits, self._add):
            part.setEnabled(not state.is_trying)

    def _make(self) -> None:
        self._url = LineText(tr(ROOM, "Address"), placeholder="https://fhir.example.org/r4")
        self._url.setObjectName("filing.url")
        ways = [
            (Access.OPEN.value, tr(ROOM, "Nothing is asked")),
            (Access.TOKEN.value, tr(ROOM, "A token")),
            (Access.CLIENT.value, tr(ROOM, "Client id and secret")),
        ]
        self._access = Segmented(tr(ROOM, "How it lets you in"), ways, layout=FlowLayout())
        self._access.setObjectName("filing.access")
        self._client = LineText(tr(ROOM, "Client id"))
        self._client.setObjectName("filing.client")
        self._token_url = LineText(tr(ROOM, "Address for tokens"), placeholder="https://login.example.org/token")
        self._token_url.setObjectName("filing.token_url")
        self._secret = SecretEdit(tr(ROOM, "Token or secret"))
        self._secret.setObjectName("filing.secret")
        self._allowed = {name: CheckBox(words) for name, words in permit_words().items()}
        for name, box in self._allowed.items():
            box.setObjectName(f"filing.allow.{name}")
        self._bar = QuietBar(stays=True)
        self._add = PrimaryButton("", icon="plus")
        self._add.setObjectName("filing.add.go")
        self._cancel = QuietButton(tr(ROOM, "Cancel"))
        self._cancel.setObjectName("filing.add.cancel")

    def _arrange(self) -> None:
        url = FieldRow(tr(ROOM, "Address"), self._url, help_text=tr(ROOM, "The base address of a FHIR R4 server."))
        access = FieldRow(tr(ROOM, "How it lets you in"), self._access)
        self._client_rows = (
            FieldRow(tr(ROOM, "Client id"), self._client),
            FieldRow(tr(ROOM, "Address for tokens"), self._token_url),
        )
        self._secret_row = FieldRow(tr(ROOM, "Token or secret"), self._secret)
        self._rows: tuple[QWidget, ...] = (url, access, *self._client_rows, self._secret_row)
        self._permits = boxed(column(TextLabel(tr(ROOM, "May go there besides"), "label"), gap=Space.XS))
        permits = self._permits.layout()
        about = Caption(tr(ROOM, "Nothing of this leaves unless your organisation’s policy says so and you tick it."))
        for part in (*self._allowed.values(), about):
            if permits is not None:
                permits.addWidget(part)
        buttons = FlowLayout(gap=Space.S)
        for button in (self._add, self._cancel):
            buttons.addWidget(button)
        self.body.setSpacing(Space.M)
        for part in (*self._rows, self._permits, self._bar, boxed(buttons)):
            self.body.addWidget(part)

    def _empty(self) -> None:
        for line in (self._url, self._client, self._token_url, self._secret):
            line.show_value("")
        for box in self._allowed.values():
            box.show_value(False)
        self._access.show_value(Access.TOKEN.value)
        self._show_access(Access.TOKEN.value)

    def _show_access(self, value: str) -> None:
        for row in self._client_rows:
            row.setVisible(value == Access.CLIENT)
        self._secret_row.setVisible(value in (Access.TOKEN, Access.CLIENT))

    def _on_add(self) -> None:
        access = Access(self._access.value() or Access.OPEN)
        is_client = access is Access.CLIENT
        names = tuple(name for name in MAY_LEAVE if self._allowed[name].isChecked())
        self.given.emit(
            NewServer(
                url=self._url.value(),
                access=access,
                secret="" if access is Access.OPEN else self._secret.value(),
                client_id=self._client.value() if is_client else "",
                token_url=self._token_url.value() if is_client else "",
                policy=policy_that_allows(names),
            )
        )


def permit_words() -> dict[str, str]:
    """What may leave besides, by its name in the policy."""
    return {
        "sensitive_answers": tr(ROOM, "Sensitive answers, such as about domestic abuse"),
        "third_parties": tr(ROOM, "Who told something, visitors, siblings"),
        "staff_safety": tr(ROOM, "The note about staff safety"),
        "contact_details": tr(ROOM, "Address and telephone"),
    }
