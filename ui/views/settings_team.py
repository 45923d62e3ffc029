"""The cards of Settings about the team file and about one's own laptops."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from homevisit.domain.team import Standing, Team
from homevisit.services.escrow import EscrowStanding
from ui.dialogs.confirm import Confirm, ConfirmSheet, Question
from ui.presenters.family_words import iso_day_words
from ui.presenters.team import LaptopLine, TeamPresenter, TeamState
from ui.tokens import Space
from ui.views.cards import SixWords
from ui.views.exchange_files import FileChooser, FileDialogs
from ui.views.settings_escrow import EscrowWell, EscrowWords
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.surface import Card, Well, row
from ui.widgets.text import BodyText, Caption, SectionTitle, TextLabel, WrappedText
from ui.words import tr, tr_count

ROOM = "team"


class TeamCard(Card):
    """Which team this laptop belongs to, what its file says, and opening one after the six words."""

    def __init__(
        self, presenter: TeamPresenter, *, files: FileChooser | None = None, confirm: Confirm | None = None
    ) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Team")), name=tr(ROOM, "Team"))
        self.setObjectName("settings.team")
        self._presenter, self._files, self._confirm = presenter, files, confirm
        self._bar = QuietBar()
        self._about = WrappedText()
        self._revoked = WrappedText(
            tr(
                ROOM,
                "The team file says that this laptop is lost: what it sends is refused. Ask who keeps the file.",
            ),
            "problem",
        )
        self._lines = WrappedText(style="soft")
        self._question = TeamQuestion()
        self._escrow = EscrowWell()
        self._open = SecondaryButton(tr(ROOM, "Open a team file…"), icon="users-round")
        self._open.setObjectName("settings.team.open")
        self._leave = QuietButton(tr(ROOM, "Leave the team"))
        self._leave.setObjectName("settings.team.leave")
        buttons = row(self._open, self._leave)
        buttons.addStretch(1)
        for part in (self._bar, self._about, self._revoked, self._lines, self._escrow, self._question):
            self.body.addWidget(part)
        self.body.addLayout(buttons)
        self.body.setSpacing(Space.M)
        self._connect()
        self.render_state(presenter.state)

    def render_state(self, state: TeamState) -> None:
        """Show a state; nothing here answers back."""
        self._bar.show_notice(state.notice)
        self._about.setText(_about(state))
        lines = "\n".join(_lines(state.team, state.me)) if state.team else ""
        self._lines.setText(lines)
        self._lines.setVisible(bool(lines))
        self._revoked.setVisible(state.is_revoked)
        self._escrow.show_standing(EscrowStanding.NONE if state.offers_escrow and state.offered else state.escrow)
        self._question.show_team(state)
        self._open.setVisible(state.offered is None)
        self._open.setText(tr(ROOM, "Open a newer file…") if state.team else tr(ROOM, "Open a team file…"))
        self._leave.setVisible(state.team is not None)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._open.clicked.connect(self._ask_file)
        self._leave.clicked.connect(self._ask_leave)
        self._question.yes.clicked.connect(presenter.same_words)
        self._question.no.clicked.connect(presenter.other_words)
        self._escrow.read.connect(presenter.escrow_read)
        self._bar.dismissed.connect(presenter.dismiss)

    def _ask_file(self) -> None:
        files = self._files or FileDialogs(self.window())
        kinds = tr(ROOM, "Team files (*.homevisit-team)")
        files.files(tr(ROOM, "Open a team file"), kinds, lambda paths: self._presenter.read(paths[0]))

    def _ask_leave(self) -> None:
        question = Question(
            title=tr(ROOM, "Leave the team?"),
            consequence=tr(
                ROOM,
                "The team’s places and rules no longer hold on this laptop. People you know stay known, and nothing "
                "that was signed changes.",
            ),
            yes=tr(ROOM, "Leave the team"),
        )
        (self._confirm or ConfirmSheet(self.window())).ask(question, self._presenter.leave)


class TeamQuestion(Well):
    """Are these the six words that whoever keeps the team file reads out? And what is new in it, where that matters."""

    def __init__(self) -> None:
        super().__init__()
        self._asked_about = ""
        self._title = TextLabel(tr(ROOM, "New team"), "overline")
        self._escrow = EscrowWords()
        self._escrow.show_held(False)
        self._who = WrappedText(style="strong")
        self._words = SixWords()
        self.yes = PrimaryButton(tr(ROOM, "Yes, the same"))
        self.yes.setObjectName("settings.team.yes")
        self.no = SecondaryButton(tr(ROOM, "No"))
        self.no.setObjectName("settings.team.no")
        self._asked = WrappedText(tr(ROOM, "Are these the six words that you were told?"), "lead")
        self._how = how = Caption(
            tr(ROOM, "Ask whoever keeps the team file to read theirs aloud, by a phone number that you knew before.")
        )
        how.setWordWrap(True)
        buttons = row(self.yes, self.no)
        buttons.addStretch(1)
        self.body.setSpacing(Space.S)
        for part in (self._title, self._who, self._escrow, self._words, self._asked, how):
            self.body.addWidget(part)
        self.body.addLayout(buttons)

    def show_team(self, state: TeamState) -> None:
        """Ask about a team, or about none."""
        self.setVisible(state.offered is not None)
        name = state.offered.team.fingerprint() if state.offered else ""
        if state.offered is not None:
            team = state.offered.team
            people = tr_count(ROOM, "{count} person", "{count} people", len(team.members))
            self._who.setText(tr(ROOM, "{name}, {people}", name=team.organisation, people=people))
            self._words.show_words(state.offered.words)
            self._escrow.setVisible(state.offers_escrow)
            self._show_kind(state.offered.standing is Standing.FIRST)
            if name != self._asked_about:
                bring_into_view(self, self.no)
        self._asked_about = name

    def _show_kind(self, is_first: bool) -> None:
        """The words are compared once; a newer version asks only where it brings something to be told."""
        for part in (self._words, self._asked, self._how):
            part.setVisible(is_first)
        self._title.setText(tr(ROOM, "New team") if is_first else tr(ROOM, "Newer version"))
        self.yes.setText(tr(ROOM, "Yes, the same") if is_first else tr(ROOM, "I have read this, go on"))
        self.no.setText(tr(ROOM, "No") if is_first else tr(ROOM, "Not now"))


class LaptopsCard(Card):
    """One's own laptops: this one, others, lost ones; and the file from which the next one begins."""

    def __init__(
        self, presenter: TeamPresenter, *, files: FileChooser | None = None, confirm: Confirm | None = None
    ) -> None:
        super().__init__(SectionTitle(tr(ROOM, "My laptops")), name=tr(ROOM, "My laptops"))
        self.setObjectName("settings.laptops")
        self._presenter, self._files, self._confirm = presenter, files, confirm
        self._bar = QuietBar()
        self._rows: dict[str, LaptopRow] = {}
        self._list = Well()
        self._words = NewLaptopWords()
        self._add = SecondaryButton(tr(ROOM, "Add another laptop…"), icon="plus")
        self._add.setObjectName("settings.laptops.add")
        buttons = row(self._add)
        buttons.addStretch(1)
        for part in (self._bar, self._list, self._words):
            self.body.addWidget(part)
        self.body.addLayout(buttons)
        self.body.setSpacing(Space.M)
        presenter.state_changed.connect(self.render_state)
        self._add.clicked.connect(self._ask_file)
        self._words.done.clicked.connect(presenter.forget_words)
        self._bar.dismissed.connect(presenter.dismiss)
        self.render_state(presenter.state)

    def render_state(self, state: TeamState) -> None:
        """Show a state; nothing here answers back."""
        self._bar.show_notice(state.laptop_notice)
        self._show_rows(state.laptops)
        self._words.show_words(state)
        self._add.setVisible(not state.new_words)
        self._add.setEnabled(not state.busy)
        self._add.setText(tr(ROOM, "Writing the file…") if state.busy else tr(ROOM, "Add another laptop…"))

    def _show_rows(self, laptops: tuple[LaptopLine, ...]) -> None:
        self._list.setVisible(bool(laptops))
        for device in self._rows.keys() - {line.device for line in laptops}:
            self._rows.pop(device).deleteLater()
        for line in laptops:
            if line.device not in self._rows:
                self._rows[line.device] = made = LaptopRow()
                made.button.clicked.connect(lambda _=False, device=line.device: self._on_pressed(device))
                self._list.body.addWidget(made)
            self._rows[line.device].show_line(line)

    def _on_pressed(self, device: str) -> None:
        line = next((each for each in self._presenter.state.laptops if each.device == device), None)
        if line is None:
            return
        if line.lost:
            self._presenter.find_again(device)
            return
        question = Question(
            title=tr(ROOM, "Was this laptop lost?"),
            consequence=tr(
                ROOM,
                "What it sends from now on is refused on this laptop, and nothing more is sent to it. What arrived "
                "before stays. Tell your supervisor too, so that others refuse it.",
            ),
            yes=tr(ROOM, "It was lost"),
        )
        (self._confirm or ConfirmSheet(self.window())).ask(question, lambda: self._presenter.lose(device))

    def _ask_file(self) -> None:
        files = self._files or FileDialogs(self.window())
        name = "next.homevisit-laptop"
        files.new_file(tr(ROOM, "Save the file for the next laptop"), name, self._presenter.add_laptop)


class LaptopRow(QWidget):
    """One laptop with what can be said about it."""

    def __init__(self) -> None:
        super().__init__()
        self._text = WrappedText()
        self.button = QuietButton("")
        kept = self.button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # rows with and without it are equally tall
        self.button.setSizePolicy(kept)
        line = row(gap=Space.M)
        line.addWidget(self._text, 1)
        line.addWidget(self.button)
        self.setLayout(line)

    def show_line(self, line: LaptopLine) -> None:
        since = iso_day_words(line.made_at[:10])
        if line.here:
            words = tr(ROOM, "This laptop, since {day}", day=since)
        elif line.lost:
            words = tr(ROOM, "Another laptop of yours, since {day} – lost: what it sends is refused", day=since)
        else:
            words = tr(ROOM, "Another laptop of yours, since {day}", day=since)
        self._text.setText(words)
        self.button.setText(tr(ROOM, "It was found") if line.lost else tr(ROOM, "It was lost…"))
        self.button.setVisible(not line.here and not line.by_team)
        self.button.setAccessibleName(f"{self.button.text()} {words}")
        name = "here" if line.here else "found" if line.lost else "lost"
        self.button.setObjectName(f"settings.laptops.{name}")


class NewLaptopWords(Well):
    """The words of the file that was just written, shown this once."""

    def __init__(self) -> None:
        super().__init__()
        self._file = BodyText()
        self._words = SixWords()
        self.done = SecondaryButton(tr(ROOM, "I have written them down"), icon="check")
        self.done.setObjectName("settings.laptops.done")
        how = Caption(
            tr(
                ROOM,
                "On the next laptop choose “I already use Homevisit on another laptop”. Carry the file and the words "
                "apart, and remove the file afterwards.",
            )
        )
        how.setWordWrap(True)
        buttons = row(self.done)
        buttons.addStretch(1)
        self.body.setSpacing(Space.S)
        for part in (self._file, self._words, how):
            self.body.addWidget(part)
        self.body.addLayout(buttons)

    def show_words(self, state: TeamState) -> None:
        """Show them, or nothing."""
        is_new = bool(state.new_words) and self.isHidden()
        self.setVisible(bool(state.new_words))
        self._words.show_words(state.new_words or ("",) * 6)
        self._file.setText(tr(ROOM, "These words open “{name}”. They are shown this once:", name=state.new_file))
        if is_new:
            bring_into_view(self, self.done)


def bring_into_view(well: Well, button: QWidget) -> None:
    """What has just appeared may lie below the fold: it has its place only after this event."""

    def show() -> None:
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        parent = well.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(well, 0, Space.M)

    button.setFocus(Qt.FocusReason.OtherFocusReason)
    QTimer.singleShot(0, well, show)


def _about(state: TeamState) -> str:
    if state.team is None:
        return tr(
            ROOM,
            "Your organisation may have a team file: it says who belongs to the team, who supervises whom and where "
            "packages go. Without one, cards are enough.",
        )
    team = state.team
    people = tr_count(ROOM, "{count} person", "{count} people", len(team.members))
    about = tr(
        ROOM, "{name}, version {version}, {people}.", name=team.organisation, version=team.version, people=people
    )
    if not state.runs_out:
        return about
    day = iso_day_words(team.expires[:10])
    return f"{about} " + tr(ROOM, "It runs out on {day}: ask for a new one.", day=day)


def _lines(team: Team, me: str) -> Iterator[str]:
    """What the file means for this person, a line each."""
    names = sorted(team.people[person].name for person in team.supervisors_of(me))
    if names:
        yield tr(ROOM, "Supervised by {names}", names=", ".join(names))
    if team.places:
        yield tr(ROOM, "Packages go through {places}", places=", ".join(place.title for place in team.places))
    policy = team.policy
    if minutes := policy.idle_lock:
        yield tr_count(ROOM, "Locks after {count} minute at most", "Locks after {count} minutes at most", minutes)
    if days := policy.retention:
        one, many = "Packages are cleared away after {count} day", "Packages are cleared away after {count} days"
        yield tr_count(ROOM, one, many, days)
    if days := policy.escalation:
        one, many = "Asks for a review within {count} day", "Asks for a review within {count} days"
        yield tr_count(ROOM, one, many, days)
    if team.packs:
        yield tr(ROOM, "Prompt sets: {names}", names=", ".join(pack.name for pack in team.packs))
    for service in team.directory:
        yield " · ".join(part for part in (service.name, service.about, service.contact) if part)
