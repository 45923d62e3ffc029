"""Library: sets are found and explained, tried out without a trace, and packs come in and go by keys and buttons."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from homevisit.prompts.library import TWO_MINUTES
from homevisit.prompts.session import Session
from tests.desks import Desks
from tests.services import packing
from tests.services.packing import questionnaire
from tests.ui_desk.conftest import Room
from tests.ui_desk.test_today_page import words_in
from ui.presenters.library_state import Busy
from ui.presenters.visit_answers import VisitAnswers
from ui.prompts.form import PromptForm
from ui.views.cards import SixWords
from ui.views.library import LibraryPage
from ui.views.library_pages import sets_like
from ui.widgets.rows import RowList

SLEEP = "https://trust.example/fhir/Questionnaire/sleep-diary|1.0"


@pytest.fixture
def page(room: Room) -> LibraryPage:
    return room.go(LibraryPage, "library")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def titles(room: Room) -> list[str]:
    """The sets in the list, without headings."""
    model = room.find(RowList, "library.list").rows
    rows = [model.row_at(place) for place in range(model.rowCount())]
    return [row.title for row in rows if not row.heading]


def look_into(room: Room, page: LibraryPage, path: Path) -> None:
    page.presenter.look_into(path)
    room.settle()


def choose(room: Room, page: LibraryPage, canonical: str) -> None:
    page.presenter.choose(canonical)
    room.settle()


def test_every_set_is_listed_and_a_chosen_one_names_licence_source_and_what_works(
    room: Room, page: LibraryPage
) -> None:
    sets = room.services.library.sets
    assert sorted(titles(room)) == sorted(each.title for each in sets)
    for each in {each.licence_class: each for each in sets}.values():
        choose(room, page, each.canonical)
        said = words_in(page)
        assert each.attribution in said
        assert each.source in said
        assert "works" in room.find(QWidget, "library.verdict").text()


def test_words_and_the_licence_class_narrow_the_list(room: Room, page: LibraryPage) -> None:
    everything = len(titles(room))
    room.type("library.words", "2-minute")
    room.settle()
    assert 0 < len(titles(room)) < everything
    page.presenter.search("zzzz")
    assert titles(room) == []
    page.presenter.search("")
    page.presenter.only("B")
    assert titles(room) == []


def test_a_set_is_tried_out_by_keys_and_nothing_is_kept(room: Room, page: LibraryPage) -> None:
    choose(room, page, room.services.library.get(TWO_MINUTES).canonical)
    listed = room.find(RowList, "library.list")
    listed.setFocus()
    room.qtbot.keyClick(listed, Qt.Key.Key_Return)
    room.settle()
    form = page.findChild(PromptForm, "library.trial.form")
    assert form is not None
    inside = room.desk.focusWidget()
    assert form.isAncestorOf(inside)
    room.qtbot.keyClick(inside, Qt.Key.Key_Escape)
    assert page.presenter.state.trying is None
    assert room.services.store.drafts.all() == ()
    assert room.desk.focusWidget() is listed


def test_a_pack_is_looked_into_installed_tried_and_removed(room: Room, page: LibraryPage, stick: Path) -> None:
    look_into(room, page, packing.make(room.services, stick))
    assert room.services.prompt_library.packs() == ()
    said = words_in(page)
    for words in ("Sleep, version 1", "Example Trust", "Stated right: Example Trust holds the licence"):
        assert words in said
    room.click("library.offer.look.1")
    assert page.findChild(PromptForm, "library.trial.form") is not None
    room.click("library.trial.close")
    room.click("library.offer.install")
    assert [each.manifest.name for each in room.services.prompt_library.packs()] == ["Sleep"]
    assert page.presenter.state.chosen == SLEEP
    assert "Sleep diary" in titles(room)
    room.click("library.remove")
    room.click("confirm.yes")
    assert room.services.prompt_library.packs() == ()
    assert "Sleep diary" not in titles(room)


def test_a_strangers_pack_asks_for_the_six_words_first(
    room: Room, page: LibraryPage, desks: Desks, stick: Path
) -> None:
    path = packing.make(desks.supervisor, stick)
    room.services.store.database.change("DELETE FROM card")
    look_into(room, page, path)
    assert not room.find(QWidget, "library.offer.install").isVisible()
    shown = " ".join(desks.supervisor.cards.mine().words)
    assert any(shown in each.accessibleName() for each in page.findChildren(SixWords))
    room.click("cards.question.no")
    assert page.presenter.state.offer is None
    assert room.services.cards.known() == ()
    look_into(room, page, path)
    room.click("cards.question.yes")
    assert room.desk.focusWidget() is room.find(QWidget, "library.offer.install")
    room.click("library.offer.install")
    assert [each.signer for each in room.services.prompt_library.packs()] == ["Sal Supervisor"]


def test_a_refused_pack_says_why_and_stays_where_it_is(room: Room, page: LibraryPage, stick: Path) -> None:
    taken = packing.make(room.services, stick, questionnaire(TWO_MINUTES))
    look_into(room, page, taken)
    assert "is called like another one" in room.find(QWidget, "library.offer.problem").text()
    assert not room.find(QWidget, "library.offer.install").isVisible()
    room.click("library.offer.close")
    look_into(room, page, packing.cut(taken, signature="00" * 64))
    assert page.presenter.state.offer is None
    assert page.presenter.state.busy is Busy.NOTHING
    assert page.presenter.state.notice is not None
    assert "signature" in page.presenter.state.notice.sentence
    assert taken.exists()


def test_what_the_engine_leaves_inert_is_named_in_words(room: Room, page: LibraryPage, stick: Path) -> None:
    strange = [{"url": "https://elsewhere.example/colour", "valueString": "red"}]
    look_into(room, page, packing.make(room.services, stick, questionnaire(extension=strange)))
    room.click("library.offer.install")
    said = words_in(page)
    assert "these parts of it are shown, but have no effect" in said.lower()
    assert "(https://elsewhere.example/colour)" in said


def test_answers_begun_with_a_version_go_on_with_it_while_new_ones_take_the_newest(
    room: Room, page: LibraryPage, stick: Path
) -> None:
    library = room.services.library
    room.services.prompt_library.install(room.services.prompt_library.preview(packing.make(room.services, stick)))
    begun = Session(library.get(SLEEP).questionnaire).response()
    newer = packing.make(room.services, stick, questionnaire(version="2.0"), name="Sleep again")
    room.services.prompt_library.install(room.services.prompt_library.preview(newer))
    page.presenter.open(SLEEP)
    room.settle()
    assert "Version 2.0: from a pack" in words_in(page)
    assert titles(room).count("Sleep diary") == 1
    answers = VisitAnswers(library, {"sleep-diary/": begun})
    sessions = [answers.session(key) for key in ("sleep-diary/", "sleep-diary/another")]
    assert [each.questionnaire.version for each in sessions if each] == ["1.0", "2.0"]


def test_a_set_is_gone_to_by_a_few_letters_of_its_title(room: Room) -> None:
    [hit] = [hit for hit in sets_like(room.shell, "2-minute obs") if hit.title == "2-minute observation"]
    room.shell.go(hit.page, hit.arg)
    room.settle()
    page = room.desk.page
    assert isinstance(page, LibraryPage)
    assert page.presenter.state.found is room.services.library.get(TWO_MINUTES)
    assert sets_like(room.shell, " ") == []
    assert [each.title for each in sets_like(room.shell, "sources lic")] == ["Sources and licences"]
    room.shell.privacy.enter("")
    assert sets_like(room.shell, "2-minute") == []
