"""How long: a note that is touched stays, an old one goes with its words; what hangs in a room stays there."""

from __future__ import annotations

from datetime import timedelta

from langbord.base import clock, retention
from langbord.learning import mentoring, notes, unit_log
from langbord.learning.models import CourseNote, MentorQuestion, UnitEntry
from tests.cast import TEST, Table
from tests.learning.helpers import writing_step


def gone(kind: str) -> None:
    """What the job does when the warning has stood long enough."""
    days = retention.policies()[kind].days
    with clock.frozen(clock.now() + timedelta(days=days + 1)):
        before = clock.now() - timedelta(days=days)
        for handler in retention.handlers()[kind]:
            handler.remove(list(handler.find(before)))


def test_old_notes_entries_and_questions_go(table: Table) -> None:
    unit, step = writing_step()
    notes.keep(actor=table.actor("employee"), unit=unit, step=step, text="gammelt")
    unit_log.note(actor=table.actor("employee"), text="gammelt")
    mentoring.ask(
        actor=table.actor("employee"),
        process_id=table.process.pk,
        mentor=table.people["mentor"],
        text="gammelt",
    )
    for kind, model in (("course", CourseNote), ("unit-log", UnitEntry), ("mentor", MentorQuestion)):
        assert model.objects.unrestricted(TEST).count() == 1  # type: ignore[attr-defined]
        gone(kind)
        assert model.objects.unrestricted(TEST).count() == 0, kind  # type: ignore[attr-defined]


def test_a_note_that_was_touched_meanwhile_stays(table: Table) -> None:
    unit, step = writing_step()
    actor = table.actor("employee")
    notes.keep(actor=actor, unit=unit, step=step, text="gammelt")
    handler = retention.handlers()["course"][0]
    found = list(handler.find(clock.now()))
    notes.keep(actor=actor, unit=unit, step=step, text="nytt")
    handler.remove(found)
    assert CourseNote.objects.unrestricted(TEST).get().text == "nytt"
