"""One sheet in two processes: whoever sits in both service rooms can subtract, as if it were one room."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from langbord.access.enums import Role
from langbord.learning import rounds, rules, sheets
from langbord.learning.enums import Outcome
from langbord.learning.models import Round
from langbord.people.models import Person
from langbord.rooms.seating import take_in
from tests.cast import Table
from tests.learning.helpers import CORNERS, SHEET, colleagues, laid, opened


def also_there(table: Table, people: Sequence[Person]) -> None:
    """The same people take part in the other process, too."""
    for person in people:
        take_in(
            process_id=table.other.pk,
            person=person,
            role=Role.EMPLOYEE,
            actor=table.actor("coordinator-other-process"),
        )


def done(table: Table, people: Sequence[Person], there: bool = False) -> Round:
    """A round that these people laid in, each as they always answer, and closed."""
    leads = table.actor("coordinator-other-process" if there else "coordinator")
    found = sheets.find(SHEET)
    assert found is not None
    round_ = (
        rounds.open_round(actor=leads, room=rules.service_rooms(leads)[0], sheet=found)
        if there
        else opened(table)
    )
    for person in people:
        number = int(str(person.name).split()[-1])
        laid(round_, person, CORNERS[number % 3], CORNERS[number % 2])
    return rounds.close(actor=leads, round_=round_)


@pytest.mark.parametrize("there_first", [False, True])
def test_a_round_elsewhere_with_one_more_is_not_shown(table: Table, there_first: bool) -> None:
    people = colleagues(table, 6)
    also_there(table, people)
    assert done(table, people[:5], there=there_first).outcome == Outcome.SHOWN
    second = done(table, people, there=not there_first)
    assert second.outcome == Outcome.ALIKE, "the difference is what the sixth one answered"
    assert not second.result


def test_the_same_people_and_quite_others_are_shown_in_both(table: Table) -> None:
    people = colleagues(table, 10)
    also_there(table, people)
    assert done(table, people[:5]).outcome == Outcome.SHOWN
    assert done(table, people[:5], there=True).outcome == Outcome.SHOWN
    assert done(table, people[5:], there=True).outcome == Outcome.SHOWN
