"""The cards of Settings that are about the store: backups, the passphrase, who opened what, what ships with it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from homevisit.services.safekeeping import AccessLine
from ui.presenters.family_words import moment_words
from ui.presenters.settings import SettingsState
from ui.tokens import Space
from ui.views.family_parts import ListCard, inset
from ui.widgets.buttons import QuietButton, SecondaryButton
from ui.widgets.fields import FieldRow, SecretEdit
from ui.widgets.rows import Row
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle
from ui.words import tr, tr_count

ROOM = "settings"


class BackupsCard(ListCard):
    """Backups of this home, newest first, and the way to make one now."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr(ROOM, "Backups"), "settings.backups", empty=tr(ROOM, "No backup yet. One is made every day."), first=4
        )
        self.make = SecondaryButton(tr(ROOM, "Back up now"), icon="hard-drive")
        self.make.setObjectName("settings.backups.make")
        self._place = Caption("")
        line = row(BodyText(tr(ROOM, "Made every day after unlocking, checked, and kept for two weeks."), soft=True))
        line.addWidget(self.make)
        line.setStretch(0, 1)
        self.body.insertLayout(1, inset(line))
        self.body.addLayout(inset(column(self._place)))
        self.make.clicked.connect(self.asked)

    def render_state(self, state: SettingsState) -> None:
        self.make.setEnabled(not state.backing_up)
        self.make.setText(tr(ROOM, "Backing up…") if state.backing_up else tr(ROOM, "Back up now"))
        self._place.setText(tr(ROOM, "In the folder “backups” of {place}", place=state.place))
        self._place.setVisible(bool(state.place))
        self.show_rows(
            [
                Row(
                    id=each.folder,
                    title=moment_words(each.made_at),
                    subtitle=tr_count(ROOM, "{count} entry, checked", "{count} entries, checked", each.entries),
                    meta=size_words(each.size),
                    icon="archive",
                )
                for each in state.backups or ()
            ]
        )


class PassphraseCard(Card):
    """Changing the passphrase: the present one, the new one twice, and how strong it is."""

    asked = Signal(str, str, str)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Passphrase")), name=tr(ROOM, "Passphrase"))
        self.setObjectName("settings.passphrase")
        self._done = 0
        self._by_code = False
        self._forgotten = BodyText(
            tr(ROOM, "A code opened this laptop, so the old passphrase is not asked for. Choose a new one now.")
        )
        self._open = SecondaryButton(tr(ROOM, "Change the passphrase"), icon="key-round")
        self._open.setObjectName("settings.passphrase.open")
        self._present = SecretEdit(tr(ROOM, "Present passphrase"))
        self._new = SecretEdit(tr(ROOM, "New passphrase"))
        self._again = SecretEdit(tr(ROOM, "New passphrase again"))
        self._rows = [
            FieldRow(tr(ROOM, "Present passphrase"), self._present),
            FieldRow(tr(ROOM, "New passphrase"), self._new),
            FieldRow(tr(ROOM, "New passphrase again"), self._again),
        ]
        self._change = SecondaryButton(tr(ROOM, "Change it"), icon="check")
        self._drop = QuietButton(tr(ROOM, "Close"))
        for name, part in (
            ("present", self._present),
            ("new", self._new),
            ("again", self._again),
            ("change", self._change),
            ("close", self._drop),
        ):
            part.setObjectName(f"settings.passphrase.{name}")
        foot = row(self._change, self._drop)
        foot.addStretch(1)
        fields = column(*self._rows, gap=Space.M)
        fields.addLayout(foot)
        self._fields = boxed(fields)
        self._fields.setMaximumWidth(440)
        self._fields.hide()
        line = row(self._open)
        line.addStretch(1)
        self.body.addWidget(self._forgotten)
        self.body.addLayout(line)
        self.body.addWidget(self._fields)
        self._connect()

    def begin(self) -> None:
        """Open the fields; the cursor goes into the first."""
        self._fields.show()
        self._open.hide()
        (self._new if self._by_code else self._present).setFocus()

    def render_state(self, state: SettingsState) -> None:
        self._change.setEnabled(not state.changing)
        self._by_code = state.by_code
        self._rows[0].setVisible(not state.by_code)
        self._forgotten.setVisible(state.by_code)
        self._rows[1].show_help(tr(ROOM, "This is {strength}.", strength=state.strength) if state.strength else "")
        self._rows[2].show_problem(state.problem)
        if state.passphrase_changed != self._done:
            self._done = state.passphrase_changed
            self._close()

    def _connect(self) -> None:
        self._open.clicked.connect(self.begin)
        self._drop.clicked.connect(self._close)
        self._new.edited.connect(self.typed)
        self._again.submitted.connect(self._on_change)
        self._change.clicked.connect(self._on_change)

    def _on_change(self) -> None:
        self.asked.emit(self._present.value(), self._new.value(), self._again.value())

    def _close(self) -> None:
        for part in (self._present, self._new, self._again):
            part.show_value("")
        self._fields.hide()
        self._open.show()
        self.typed.emit("")


class AboutCard(Card):
    """Version, licences, and the way to where every prompt set comes from."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(SectionTitle(tr(ROOM, "About Homevisit")), name=tr(ROOM, "About Homevisit"))
        self.setObjectName("settings.about")
        self._version = BodyText("")
        self._sets = BodyText("", soft=True)
        self.sources = SecondaryButton(tr(ROOM, "Sources and licences"), icon="library")
        self.sources.setObjectName("settings.sources")
        self.body.addWidget(self._version)
        self.body.addWidget(
            Caption(
                tr(
                    ROOM,
                    "Free software under the Apache Licence 2.0. The font Inter is under the SIL Open Font Licence, "
                    "the icons of Lucide under the ISC Licence. Formulas in prompt sets are worked out by fhirpath.js "
                    "of the U.S. National Library of Medicine; its licences come with the program. Nothing is sent "
                    "anywhere by itself.",
                )
            )
        )
        line = row(self._sets, gap=Space.M)
        line.setStretch(0, 1)
        line.addWidget(self.sources)
        self.body.addLayout(line)
        self.sources.clicked.connect(self.asked)

    def render_state(self, state: SettingsState) -> None:
        self._version.setText(tr(ROOM, "Version {version}", version=state.version or "–"))
        self._sets.setText(
            tr_count(
                ROOM,
                "The library names the licence and the source of its prompt set.",
                "The library names the licence and the source of each of its {count} prompt sets.",
                state.prompt_sets,
            )
        )


def access_row(place: int, line: AccessLine) -> Row:
    """One line of the access log in words."""
    about = line.name or (
        tr(ROOM, "{kind} {id}", kind=kind_words(line.kind), id=line.subject[:8]) if line.subject else ""
    )
    detail = line.detail.replace("=", " ")
    return Row(
        id=str(place),
        title=act_words(line.act),
        subtitle=" · ".join(part for part in (about, detail) if part),
        meta=moment_words(line.at),
    )


def act_words(act: str) -> str:
    """What was done, in the past tense."""
    return {
        "unlocked": tr(ROOM, "Unlocked"),
        "failed-unlock": tr(ROOM, "Wrong passphrase tried"),
        "locked": tr(ROOM, "Locked"),
        "opened": tr(ROOM, "Opened"),
        "printed": tr(ROOM, "Printed"),
        "exported": tr(ROOM, "Exported"),
        "imported": tr(ROOM, "Imported"),
        "confirmed-card": tr(ROOM, "Card confirmed"),
        "installed-pack": tr(ROOM, "Prompt sets installed"),
        "removed-pack": tr(ROOM, "Prompt sets removed"),
        "shared": tr(ROOM, "Shared with a colleague"),
        "ended-share": tr(ROOM, "Sharing ended"),
        "agreed-to-send": tr(ROOM, "Agreed to send"),
        "stopped-sending": tr(ROOM, "Sending stopped"),
        "added-place": tr(ROOM, "Place added"),
        "removed-place": tr(ROOM, "Place removed"),
        "changed-passphrase": tr(ROOM, "Passphrase changed"),
        "made-recovery": tr(ROOM, "New recovery code made"),
        "confirmed-recovery": tr(ROOM, "Recovery code confirmed"),
        "made-escrow": tr(ROOM, "Recovery code for your organisation made"),
        "ended-escrow": tr(ROOM, "Recovery code for your organisation ended"),
        "unlocked-by-escrow": tr(ROOM, "Unlocked with your organisation’s code"),
        "took-team-file": tr(ROOM, "Team file opened"),
        "left-team": tr(ROOM, "Team left"),
        "lost-laptop": tr(ROOM, "Laptop said to be lost"),
        "found-laptop": tr(ROOM, "Laptop found again"),
        "added-laptop": tr(ROOM, "File for a further laptop written"),
        "backed-up": tr(ROOM, "Backed up"),
        "restored": tr(ROOM, "Restored from a backup"),
    }.get(act, act)


def kind_words(kind: str) -> str:
    """What a line of the log is about, where it has no name."""
    return {
        "family": tr(ROOM, "family"),
        "visit": tr(ROOM, "visit"),
        "package": tr(ROOM, "package"),
        "pack": tr(ROOM, "pack"),
        "prompts": tr(ROOM, "prompt sets"),
        "person": tr(ROOM, "person"),
        "team": tr(ROOM, "team"),
        "device": tr(ROOM, "laptop"),
        "place": tr(ROOM, "place"),
    }.get(kind, kind)


def size_words(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"
