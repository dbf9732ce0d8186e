"""Leaving, the file, and time that is up: the list is its citizen's."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.firstmeeting import actions
from langbord.firstmeeting.enums import Kind
from langbord.firstmeeting.models import Entry, Meeting, Party
from langbord.leaving import doing, files
from langbord.leaving.retention import _in_nothing
from langbord.people.models import Person
from langbord.processes.actions import end_membership
from langbord.processes.keeping import job
from langbord.processes.models import Membership
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import PLAN, SAID, a_list, at, fresh, say, sees, somebody, write_plan

PHONED = "Hun sover hos søstera."
PROMISE = "Jeg ringer deg hver mandag."


def leave(table: Table, name: str, way: str = "take") -> None:
    person: Any = Person.objects.unrestricted(TEST).get(pk=table.people[name].pk)
    parting = doing.ask(actor=actor_of(person), way=way, process_id=None, parting_id=uuid4())
    doing.carry_out(parting.pk)
    assert doing.finished(parting.pk)


def test_when_the_citizen_leaves_the_adviser_has_nothing(table: Table) -> None:
    for way, name in (("take", "citizen"), ("keep", "citizen-2")):
        meeting = a_list(table, name)
        say(table, "employee", meeting, PROMISE)
        say(table, name, meeting, SAID)
        leave(table, name, way)
        assert not sees(table, "employee", meeting)
        for model in (Meeting, Party, Entry):
            assert not model.objects.unrestricted(TEST).exists()


def test_when_the_adviser_leaves_the_citizen_keeps_what_was_promised(table: Table) -> None:
    meeting = a_list(table)
    promise = say(table, "employee", meeting, PROMISE, Kind.PROMISE, due_on=clock.today())
    alone = actions.begin(actor=table.actor("employee"), called="Espen")
    leave(table, "employee")
    kept = Entry.objects.unrestricted(TEST).get(pk=promise.pk)
    with keys.ring():
        assert str(kept.text) == PROMISE
    assert kept.author_id is None
    assert kept.sealed_by == table.people["citizen"].sealed_by
    assert sees(table, "citizen", meeting)
    assert not Meeting.objects.unrestricted(TEST).filter(pk=alone.pk).exists()
    code = actions.make_code(actor=table.actor("citizen"), meeting=fresh(meeting))
    actions.join(actor=table.actor("coordinator"), code=code, called="Kari")


def test_back_from_a_backup_a_correction_stays_beside_words_that_nobody_can_open(table: Table) -> None:
    """The adviser's key went when they left; their rows came back under it, and they leave again."""
    meeting = a_list(table)
    alone = say(table, "employee", meeting, PROMISE)
    corrected = say(table, "employee", meeting, "Til den tjuende.", thing="what-matters-now")
    mine = say(table, "citizen", meeting, SAID, Kind.CORRECTION, about=corrected)
    keys.destroy(table.people["employee"].sealed_by)
    leave(table, "employee")
    left = {entry.pk: entry for entry in Entry.objects.unrestricted(TEST).filter(meeting=meeting)}
    assert set(left) == {corrected.pk, mine.pk}, alone
    with keys.ring():
        assert (str(left[mine.pk].text), str(left[corrected.pk].text)) == (SAID, "")
    assert left[corrected.pk].author_id is None
    assert left[corrected.pk].sealed_by == table.people["citizen"].sealed_by
    page = signed_in(table.people["citizen"]).get(at(meeting, "fil/")).content.decode()
    assert SAID in page
    assert "Det er borte." in page


def test_leaving_a_process_leaves_the_list_alone(table: Table) -> None:
    """Also the key: what was sealed with the old one opens with the new."""
    meeting = a_list(table, "citizen", "coordinator")
    write_plan(table, meeting)
    person: Any = table.people["citizen"]
    parting = doing.intend(
        person_id=person.pk, way="take", process_id=table.process.pk, parting_id=uuid4(), only_here=True
    )
    doing.carry_out(parting.pk)
    assert sees(table, "citizen", meeting)
    with keys.ring():
        assert str(Entry.objects.unrestricted(TEST).get(meeting=meeting, kind=Kind.PLAN).text) == PLAN
        assert str(Party.objects.unrestricted(TEST).get(meeting=meeting, side="citizen").called) == "Amina"


def test_the_file_has_the_whole_list_and_the_advisers_only_their_own_words(table: Table) -> None:
    meeting = a_list(table)
    write_plan(table, meeting)
    say(table, "employee", meeting, PROMISE)
    with keys.ring():
        mine = files.as_json(files.sections_of(table.people["citizen"].pk))
        theirs = files.as_json(files.sections_of(table.people["employee"].pk))
    assert PLAN in mine
    assert PROMISE in mine
    assert PROMISE in theirs
    assert PLAN not in theirs
    found = {s["key"]: s["items"] for s in json.loads(mine)["sections"]}
    assert len(found["first_meetings"]) == 1
    assert len(found["first_meeting_words"]) == 2


def test_the_old_adviser_takes_along_only_what_they_wrote(table: Table) -> None:
    meeting = a_list(table)
    write_plan(table, meeting)
    say(table, "citizen", meeting, SAID)
    say(table, "employee", meeting, PROMISE)
    say(table, "employee", meeting, PHONED, by_phone=True)

    def theirs() -> str:
        with keys.ring():
            return files.as_json(files.sections_of(table.people["employee"].pk))

    assert PHONED in theirs(), "while they sit at the list"
    actions.part(actor=table.actor("citizen"), meeting=meeting)
    assert PROMISE in theirs()
    for words in (SAID, PLAN, PHONED):
        assert words not in theirs(), "the citizen's, also in the adviser's hand"


def test_an_adviser_who_works_here_no_longer_takes_along_nothing_said_on_the_telephone(table: Table) -> None:
    meeting = a_list(table)
    say(table, "employee", meeting, PHONED, by_phone=True)
    for held in Membership.objects.unrestricted(TEST).filter(person=table.people["employee"]):
        end_membership(membership=held, actor=table.actor("coordinator"))
    with keys.ring():
        assert PHONED not in files.as_json(files.sections_of(table.people["employee"].pk))
        assert PHONED in files.as_json(files.sections_of(table.people["citizen"].pk))


def run_for(days: int) -> None:
    """The job, once a day."""
    with clock.frozen(clock.now()) as now:
        for _day in range(days):
            now.move(timedelta(days=1))
            job.run()


def test_a_list_that_nobody_touches_goes_after_a_year_and_a_warning(table: Table) -> None:
    meeting = a_list(table)
    with clock.frozen(clock.now() + timedelta(days=370)):
        job.run()
        assert Meeting.objects.unrestricted(TEST).filter(pk=meeting.pk).exists(), "warned first"
        run_for(32)
    assert not Meeting.objects.unrestricted(TEST).filter(pk=meeting.pk).exists()


def test_a_list_to_which_nobody_came_goes_after_a_month(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    with_two = a_list(table)
    run_for(42)
    left = set(Meeting.objects.unrestricted(TEST).values_list("pk", flat=True))
    assert meeting.pk not in left
    assert with_two.pk in left


def test_somebody_with_nothing_but_a_list_is_not_let_go(table: Table) -> None:
    nora: Any = somebody("Nora")
    meeting = actions.begin(actor=actor_of(nora), called="Nora")
    later = clock.now() + timedelta(days=500)
    assert nora.pk not in {thing.person_id for thing in _in_nothing(later)}
    actions.delete(actor=actor_of(nora), meeting=meeting)
    assert nora.pk in {thing.person_id for thing in _in_nothing(later)}
