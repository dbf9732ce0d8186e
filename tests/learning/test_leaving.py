"""Leaving: notes and marks go; what was written for the unit stays without a name, or goes as well; the file has it all."""

from __future__ import annotations

import pytest

from langbord.access.enums import Role
from langbord.base import personal_data
from langbord.base.personal_data import Way
from langbord.learning import mentoring, notes, rounds, sheets, unit_log
from langbord.learning.models import (
    CourseNote,
    CoursePlace,
    Laid,
    MentorAnswer,
    MentorQuestion,
    OwnMarks,
    UnitEntry,
)
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.learning.helpers import SHEET, laid, opened, writing_step
from tests.leaving.helpers import leave

WORDS = "Det bare jeg vet"


def lived(table: Table) -> None:
    """The employee has something of everything."""
    actor = table.actor("employee")
    unit, step = writing_step()
    notes.keep(actor=actor, unit=unit, step=step, text=WORDS)
    notes.move_on(actor=actor, unit=unit, step=step)
    sheet = sheets.find(SHEET)
    assert sheet is not None
    rounds.keep_own(actor=actor, sheet=sheet, marks={"place.now": "rules"}, words=WORDS)
    laid(opened(table), table.people["employee"], "rules", words=WORDS)
    unit_log.note(actor=actor, text="Vi spurte tre")
    asked = mentoring.ask(actor=actor, process_id=table.process.pk, mentor=table.people["mentor"], text=WORDS)
    mentoring.answer(actor=table.actor("mentor"), question=asked, text="Vent litt")


@pytest.mark.parametrize("way", [Way.KEEP, Way.TAKE])
def test_what_is_mine_goes_and_the_units_stays_or_goes(table: Table, way: str) -> None:
    lived(table)
    leave(table, "employee", way)
    for model in (CourseNote, CoursePlace, OwnMarks, Laid, MentorQuestion, MentorAnswer):
        assert not model.objects.unrestricted(TEST).exists(), model  # type: ignore[attr-defined]
    entries = list(UnitEntry.objects.unrestricted(TEST).all())
    assert [(str(e.text), e.author_id) for e in entries] == (
        [("Vi spurte tre", None)] if way == Way.KEEP else []
    )


def test_leaving_one_process_keeps_notes_and_marks_readable(table: Table) -> None:
    lived(table)
    take_in(
        process_id=table.other.pk,
        person=table.people["employee"],
        role=Role.EMPLOYEE,
        actor=table.actor("coordinator-other-process"),
    )
    leave(table, "employee", Way.TAKE, table.process.pk)
    fresh = table.actor("employee")
    assert [str(n.text) for n in CourseNote.objects.unrestricted(TEST).all()] == [WORDS]
    assert [str(m.words) for m in OwnMarks.objects.unrestricted(TEST).all()] == [WORDS]
    assert not Laid.objects.unrestricted(TEST).exists()
    assert not MentorQuestion.objects.unrestricted(TEST).exists()
    assert UnitEntry.objects.unrestricted(TEST).get().author_id == fresh.person_id


def test_the_file_for_me_has_all_of_it(table: Table) -> None:
    lived(table)
    register = next(r for r in personal_data.registers() if r.app == "learning")
    told = {
        section.key: " ".join(str(fact.value) for item in section.items for fact in item)
        for section in register.export(table.people["employee"].pk)
    }
    for key in ("course_notes", "reflection", "laid", "mentor_questions"):
        assert WORDS in told[key], key
    assert "Saken" in told["reflection"], "marks in words, not in keys"
    assert "Vi spurte tre" in told["unit_log"]
    assert told["mentor_answers"] == ""
