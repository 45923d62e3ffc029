"""The first thing that the other person sees: what this is, in which language, and one button."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.prompts.session import Session
from ui.handover.asking import credit_lines
from ui.handover.presenter import ROOM
from ui.prompts.flow import FlowLayout
from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton
from ui.widgets.segmented import Segmented
from ui.widgets.surface import column
from ui.widgets.text import Caption, Heading, WrappedText
from ui.words import tr, tr_count

# Qt names these with a country although the tag says none.
_PLAIN = {"en": "English", "es": "español", "pt": "português", "zh": "中文"}


class Welcome(QWidget):
    """``language_chosen`` carries the tag of a language that the set has."""

    started = Signal()
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = Heading("")
        self._count = WrappedText("", "lead")
        goes = WrappedText(tr(ROOM, "Your answers go to the practitioner who handed you this screen."), "lead")
        self._start = PrimaryButton(tr(ROOM, "Start"))
        self._start.setObjectName("handover.start")
        self._start.clicked.connect(self.started)
        self._credits = Caption("")
        self._languages: Segmented | None = None
        self._body = column(self._title, self._count, goes, gap=Space.L)
        self._body.addWidget(self._start, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addWidget(self._credits)
        self.setLayout(self._body)

    def show_set(self, session: Session, count: int) -> None:
        """Say what will be asked."""
        questionnaire = session.questionnaire
        self._title.setText(questionnaire.title)
        one, many = "One question. You may skip it.", "{count} questions, one at a time. You may skip any of them."
        self._count.setText(tr_count(ROOM, one, many, count))
        self._credits.setText("\n".join(credit_lines(session)))
        if len(questionnaire.languages) > 1 and self._languages is None:
            self._languages = self._make_languages(questionnaire.languages)
            self._body.insertWidget(3, self._languages)
        if self._languages is not None:
            self._languages.show_value(questionnaire.language)

    def _make_languages(self, languages: tuple[str, ...]) -> Segmented:
        choices = [(each, own_name(each)) for each in languages]
        made = Segmented(tr(ROOM, "Language"), choices, layout=FlowLayout())
        made.setObjectName("handover.language")
        made.answer_given.connect(self._on_language)
        return made

    def _on_language(self, language: str) -> None:
        if language:
            self.language_chosen.emit(language)


def own_name(language: str) -> str:
    """A language as those who speak it write it; its tag where that is not known."""
    name = _PLAIN.get(language) or QLocale(language).nativeLanguageName() or language
    return name[:1].upper() + name[1:]
