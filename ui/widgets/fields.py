"""One-line controls that are safe to scroll past and to paste into, and the row that explains them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import icon, pixmap
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.buttons import IconButton
from ui.widgets.clean_text import clean
from ui.widgets.surface import column, row
from ui.widgets.text import TextLabel, WrappedText
from ui.words import tr


class LineText(QLineEdit):
    """One line of any text. ``edited`` carries the cleaned text, only when a person changed it."""

    edited = Signal(str)

    def __init__(self, name: str = "", *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(2_000_000)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda _: self.edited.emit(self.value()))

    def value(self) -> str:
        return clean(self.text()).text

    def show_value(self, text: str) -> None:
        """Render a value; keeps the cursor and the undo history where nothing changes."""
        if text != self.value():
            self.setText(text)


class SearchBox(LineText):
    """Search as you type: Esc empties it, Down goes to the results."""

    down_pressed = Signal()

    def __init__(self, name: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder=placeholder or name, parent=parent)
        self.setClearButtonEnabled(True)
        self._lens = self.addAction(self._picture(), QLineEdit.ActionPosition.LeadingPosition)
        self._lens.setText(tr("search", "Search"))  # Qt makes a button of every picture in a line, and speaks it
        self._lens.triggered.connect(self.setFocus)
        self._tint_clearing()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.edited.emit("")
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lens"):
            self._lens.setIcon(self._picture())
            self._tint_clearing()

    def _picture(self) -> QIcon:
        return icon("search", theme_now().palette.ink_faint)

    def _tint_clearing(self) -> None:
        """Qt's own clear button gets the icon of our set."""
        action = self.findChild(QAction, "_q_qlineeditclearaction")
        if action is not None:
            action.setText(tr("search", "Empty the search box"))
            action.setIcon(icon("x", theme_now().palette.ink_soft))


class SecretEdit(QWidget):
    """A passphrase: hidden until the eye is pressed, never offered to undo, clipboard or input memory."""

    edited = Signal(str)
    submitted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._eye = IconButton("eye", tr("secret", "Show what I type"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye)
        self.line.textEdited.connect(lambda _: self.edited.emit(self.value()))
        self.line.returnPressed.connect(self.submitted)
        line = row(self.line, self._eye, gap=Space.XS)
        self.setLayout(line)
        self.setFocusProxy(self.line)
        self._on_eye(False)

    def setObjectName(self, name: str) -> None:  # noqa: N802 - the parts are named after the whole
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")
        self._eye.setObjectName(f"{name}.eye")

    def value(self) -> str:
        return clean(self.line.text()).text

    def show_value(self, text: str) -> None:
        if text != self.value():
            self.line.setText(text)

    def reveal(self, shown: bool) -> None:
        self._eye.setChecked(shown)

    def _on_eye(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.show_icon("eye-off" if shown else "eye")
        name = tr("secret", "Hide what I type") if shown else tr("secret", "Show what I type")
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)


class ChoiceBox(QComboBox):
    """A drop-down that the wheel never changes. Choices are (value, words); ``chosen`` carries the value."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.show_choices(choices)
        self.activated.connect(lambda _: self.chosen.emit(self.value()))

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        kept = self.value()
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.show_value(kept)

    def value(self) -> str:
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        self.setCurrentIndex(max(self.findData(value), -1 if self.count() == 0 else 0))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = theme_now()
        size = theme.px(16)
        painter = QPainter(self)
        colour = theme.palette.ink_soft if self.isEnabled() else theme.palette.ink_faint
        left = self.width() - size - Space.S if not self.isRightToLeft() else Space.S
        painter.drawPixmap(left, (self.height() - size) // 2, pixmap("chevron-down", colour, size))
        painter.end()


class CheckBox(QCheckBox):
    """A check box with the set's own mark, large enough to touch. ``answered`` fires only for a person's change."""

    answered = Signal(bool)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._tint)
        self.clicked.connect(self.answered)
        self._tint()

    def show_value(self, checked: bool) -> None:
        self.setChecked(checked)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._tint()

    def _tint(self) -> None:
        theme = theme_now()
        colours = theme.palette
        colour = colours.accent if self.isChecked() else colours.edge
        size = theme.px(20)
        self.setIcon(
            icon("square-check" if self.isChecked() else "square", colour, size, disabled=colours.ink_faint, gap=4)
        )
        self.setIconSize(QSize(size + 4, size))


class FieldRow(QWidget):
    """Label, control, help and problem, one under another; the problem stands beside its field and is read with it."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        help_text: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._label = TextLabel(label, "label")
        self._label.setBuddy(control)
        self._help = WrappedText(help_text, "help")
        self._problem = WrappedText("", "problem")
        self._problem.hide()
        if not control.accessibleName():
            control.setAccessibleName(label)
        head = row(self._label, gap=Space.S)
        if optional:
            head.addWidget(TextLabel(tr("field", "optional"), "caption"))
        head.addStretch(1)
        body = column(gap=Space.XS)
        body.addLayout(head)
        for part in (control, self._help, self._problem):
            body.addWidget(part)
        self.setLayout(body)
        self._help.setHidden(not help_text)
        self._describe()

    def show_problem(self, text: str = "") -> None:
        """Explain what is wrong with the value beside it; "" when nothing is. The value itself is never touched."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        target = self.control.focusProxy() or self.control
        if target.property("problem") != bool(text):
            target.setProperty("problem", bool(text))
            target.style().unpolish(target)
            target.style().polish(target)
        self._describe()

    def show_label(self, text: str) -> None:
        self._label.setText(text)

    def show_help(self, text: str) -> None:
        self._help.setText(text)
        self._help.setVisible(bool(text))
        self._describe()

    @property
    def problem(self) -> str:
        return self._problem.text()

    def _describe(self) -> None:
        spoken = " ".join(part for part in (self._problem.text(), self._help.text()) if part)
        (self.control.focusProxy() or self.control).setAccessibleDescription(spoken)
