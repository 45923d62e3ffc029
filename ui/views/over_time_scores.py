"""The scores of one prompt set over the visits: a plot for the eye, and a table that says the same."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from homevisit.services.over_time import Series
from ui.tokens import Space
from ui.views.family_parts import emptied
from ui.views.over_time_curves import Curve, cells_of, curves_of, direction_words, heads, plot_of, sources_of
from ui.views.score_plot import ScorePlot
from ui.widgets.surface import Card, column
from ui.widgets.text import Caption, SectionTitle, WrappedText
from ui.widgets.word_table import WordTable
from ui.words import tr

ROOM = "over_time"
LABEL_SHARE = 22


class ScoreCards(QWidget):
    """One card for every score of the chosen set; none where it does not score."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("over_time.scores")
        self._shown: Series | None = None
        self._body = column(gap=Space.L)
        self.setLayout(self._body)

    def show_series(self, series: Series | None) -> None:
        curves = curves_of(series) if series else ()
        self.setVisible(bool(curves))
        if series == self._shown:
            return
        self._shown = series
        emptied(self._body)
        for number, curve in enumerate(curves, 1):
            self._body.addWidget(_card(curve, number))


def _card(curve: Curve, number: int) -> Card:
    title = curve.title
    plot = ScorePlot(tr(ROOM, "{score} over time", score=title))
    plot.setObjectName(f"over_time.plot.{number}")
    plot.show_plot(plot_of(curve))
    table = WordTable(tr(ROOM, "{score} as a table", score=title), label_share=LABEL_SHARE)
    table.setObjectName(f"over_time.score_table.{number}")
    table.show_cells(heads(), cells_of(curve))
    card = Card(SectionTitle(title), WrappedText(direction_words(curve.rule), "soft"), plot, table, name=title)
    for source in sources_of(curve.rule):
        card.body.addWidget(Caption(source))
    return card
