"""The agenda is worked out anew exactly when something was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.assembly import Services
from tests.desks import add_family, open_desks


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    desks = open_desks(tmp_path)
    yield desks.practitioner
    desks.close()


def test_the_same_agenda_is_given_while_nothing_is_written(services: Services) -> None:
    assert services.today.agenda() is services.today.agenda()


def test_a_draft_written_since_is_on_the_agenda(services: Services) -> None:
    family = add_family(services)
    assert services.today.agenda().drafts == ()
    visit = services.drafting.start(family).visit
    assert [named.draft.visit for named in services.today.agenda().drafts] == [visit]


def test_a_family_entered_since_makes_a_new_agenda(services: Services) -> None:
    before = services.today.agenda()
    add_family(services, "Another")
    assert services.today.agenda() is not before
