"""Words on a list: said, corrected beside, kept, taken in, taken away. Nobody loses anything by another's hand."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.models import Event
from langbord.firstmeeting import actions, writing
from langbord.firstmeeting.enums import Kind
from langbord.firstmeeting.models import Entry
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import PLAN, SAID, a_list, at, say, write_plan


def test_words_are_sealed_with_the_key_of_who_wrote_them(table: Table) -> None:
    meeting = a_list(table)
    for name in ("citizen", "employee"):
        assert say(table, name, meeting, SAID).sealed_by == table.people[name].sealed_by


def test_nobody_changes_anothers_words_and_a_correction_stands_beside(table: Table) -> None:
    meeting = a_list(table)
    said = say(table, "employee", meeting, "Hun vil ha kurs.")
    with pytest.raises(NotAllowed):
        writing.remove(actor=table.actor("citizen"), entry=said)
    beside = say(table, "citizen", meeting, "Jeg vil ha jobb.", Kind.CORRECTION, about=said)
    assert beside.about_id == said.pk
    assert str(Entry.objects.unrestricted(TEST).get(pk=said.pk).text) == "Hun vil ha kurs."
    with pytest.raises(NotAllowed):
        say(table, "employee", meeting, "Nei.", Kind.CORRECTION, about=said)


def test_whoever_takes_away_their_own_words_takes_nothing_of_anothers_along(table: Table) -> None:
    """Also where they were said on the telephone. The row stays, empty, as long as a correction stands beside it."""
    meeting = a_list(table)
    for by_phone in (False, True):
        said = say(
            table, "employee", meeting, "Hun vil ha kurs.", thing="what-matters-now", by_phone=by_phone
        )
        beside = say(table, "citizen", meeting, SAID, Kind.CORRECTION, about=said, thing=said.thing)
        writing.remove(actor=table.actor("employee"), entry=said)
        left = {entry.pk: entry for entry in Entry.objects.unrestricted(TEST).filter(meeting=meeting)}
        with keys.ring():
            assert {pk: str(entry.text) for pk, entry in left.items()} == {said.pk: "", beside.pk: SAID}
        assert left[said.pk].author_id == table.people["employee"].pk
        for name in ("citizen", "employee"):
            page = signed_in(table.people[name]).get(at(meeting, "om/what-matters-now/")).content.decode()
            assert SAID in page
            assert "Tatt bort." in page
            assert "Hun vil ha kurs." not in page
            assert f"{said.pk}/rett/" not in page
            assert f"{said.pk}/ta-bort/" not in page
        with pytest.raises(NotAllowed):
            writing.remove(actor=table.actor("employee"), entry=left[said.pk])
        with pytest.raises(NotAllowed):
            say(table, "citizen", meeting, "En til", Kind.CORRECTION, about=left[said.pk])
        writing.remove(actor=table.actor("citizen"), entry=left[beside.pk])
        assert not Entry.objects.unrestricted(TEST).filter(meeting=meeting).exists(), (
            "nothing is left to keep"
        )


def test_words_with_nothing_beside_them_go_whole(table: Table) -> None:
    meeting = a_list(table)
    for name in ("citizen", "employee"):
        writing.remove(actor=table.actor(name), entry=say(table, name, meeting, SAID))
    assert not Entry.objects.unrestricted(TEST).filter(meeting=meeting).exists()


def test_what_the_citizen_said_on_the_telephone_and_found_right_stays(table: Table) -> None:
    """The adviser takes away what they wrote down wrongly, until the citizen has said that it is right."""
    meeting = a_list(table)
    said = say(table, "employee", meeting, SAID, thing="what-matters-now", by_phone=True)
    page = at(meeting, "om/what-matters-now/")
    assert f"{said.pk}/ta-bort/" in signed_in(table.people["employee"]).get(page).content.decode()
    actions.heard(actor=table.actor("citizen"), meeting=meeting)
    assert f"{said.pk}/ta-bort/" not in signed_in(table.people["employee"]).get(page).content.decode()
    with pytest.raises(NotAllowed):
        writing.remove(actor=table.actor("employee"), entry=said)
    later = say(table, "employee", meeting, "Feil.", by_phone=True)
    writing.remove(actor=table.actor("employee"), entry=later)
    assert [entry.pk for entry in Entry.objects.unrestricted(TEST).filter(meeting=meeting)] == [said.pk]


def test_a_promise_that_was_taken_away_waits_for_nobody(table: Table) -> None:
    meeting = a_list(table)
    day = clock.today() + timedelta(days=3)
    promise = say(table, "employee", meeting, "Jeg ringer.", Kind.PROMISE, due_on=day)
    proposal = say(table, "employee", meeting, "Søk praksis.", Kind.FOR_PLAN)
    for entry in (promise, proposal):
        say(table, "citizen", meeting, SAID, Kind.CORRECTION, about=entry)
        writing.remove(actor=table.actor("employee"), entry=entry)
    adviser, citizen = signed_in(table.people["employee"]), signed_in(table.people["citizen"])
    page = adviser.get(at(meeting, "lofter/")).content.decode()
    assert SAID in page
    assert "Tatt bort." in page
    assert f"{promise.pk}/holdt/" not in page
    assert "det neste" not in citizen.get(at(meeting)).content.decode()
    page = citizen.get(at(meeting, "plan/")).content.decode()
    assert SAID in page
    assert f"{proposal.pk}/ta-inn/" not in page
    for entry in (promise, proposal):
        entry.refresh_from_db()
    with pytest.raises(NotAllowed):
        writing.kept(actor=table.actor("employee"), entry=promise)
    with pytest.raises(NotAllowed):
        writing.take_in(actor=table.actor("citizen"), entry=proposal)


def test_a_correction_beside_words_of_another_list_is_refused(table: Table) -> None:
    mine, other = a_list(table), a_list(table, "citizen-2", "coordinator")
    said = say(table, "coordinator", other, "Ikke her.")
    with pytest.raises(NotAllowed):
        say(table, "citizen", mine, "Inn bakveien", Kind.CORRECTION, about=said)


def test_what_is_being_written_is_saved_before_a_proposal_is_taken_in(table: Table) -> None:
    meeting = a_list(table)
    write_plan(table, meeting)
    proposal = say(table, "employee", meeting, "Se på stedet først.", Kind.FOR_PLAN)
    citizen = signed_in(table.people["citizen"])
    page = citizen.get(at(meeting, "plan/")).content.decode()
    button = re.search(rf'<button[^>]*formaction="[^"]*{proposal.pk}/ta-inn/"[^>]*>', page)
    assert button is not None
    assert 'form="skriv"' in button[0]
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    where = at(meeting, f"ord/{proposal.pk}/ta-inn/")
    stale = citizen.post(where, {"text": "Ikke lagret ennå", "version": "99"})
    assert (stale.status_code, "Ikke lagret ennå" in stale.content.decode()) == (422, True)
    sent = {"text": "Ikke lagret ennå", "version": version[1]}
    assert citizen.post(where, sent).status_code == 302
    plan = Entry.objects.unrestricted(TEST).get(meeting=meeting, kind=Kind.PLAN)
    assert str(plan.text).splitlines() == ["Ikke lagret ennå", "", "Se på stedet først."]
    assert signed_in(table.people["employee"]).post(where, sent).status_code == 404


def test_the_plan_is_the_citizens(table: Table) -> None:
    meeting = a_list(table)
    with pytest.raises(NotAllowed):
        writing.write_own(
            actor=table.actor("employee"), meeting=meeting, kind=Kind.PLAN, text="Min", version=0
        )
    write_plan(table, meeting)
    proposal = say(table, "employee", meeting, "Se på stedet først.", Kind.FOR_PLAN)
    with pytest.raises(NotAllowed):
        writing.take_in(actor=table.actor("employee"), entry=proposal)
    writing.take_in(actor=table.actor("citizen"), entry=proposal)
    writing.take_in(actor=table.actor("citizen"), entry=proposal)
    plan = Entry.objects.unrestricted(TEST).get(meeting=meeting, kind=Kind.PLAN)
    assert str(plan.text) == f"{PLAN}\n\nSe på stedet først."
    assert plan.sealed_by == table.people["citizen"].sealed_by
    with pytest.raises(NotAllowed):
        say(table, "citizen", meeting, "Til meg selv", Kind.FOR_PLAN)


def test_two_screens_do_not_write_over_each_other(table: Table) -> None:
    meeting = a_list(table)
    write_plan(table, meeting)
    with pytest.raises(NotNow):
        write_plan(table, meeting, "Noe helt annet", version=0)
    write_plan(table, meeting, "Noe helt annet", version=1)
    write_plan(table, meeting, "Noe helt annet", version=1)  # a second click
    assert Entry.objects.unrestricted(TEST).get(meeting=meeting, kind=Kind.PLAN).version == 2


def test_nobody_plans_for_somebody_who_is_not_there(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    with pytest.raises(NotNow):
        say(table, "employee", meeting, "Praksis", Kind.FOR_PLAN)


def test_whoever_promised_says_when_it_is_done(table: Table) -> None:
    meeting = a_list(table)
    due = clock.today() + timedelta(days=3)
    promise = say(table, "employee", meeting, "Jeg ringer boligkontoret.", Kind.PROMISE, due_on=due)
    with pytest.raises(NotAllowed):
        writing.kept(actor=table.actor("citizen"), entry=promise)
    writing.kept(actor=table.actor("employee"), entry=promise)
    assert Entry.objects.unrestricted(TEST).get(pk=promise.pk).kept_at is not None


def test_a_second_click_says_it_once_and_anothers_key_opens_nothing(table: Table) -> None:
    meeting = a_list(table)
    one = say(table, "citizen", meeting, SAID)
    assert say(table, "citizen", meeting, SAID, entry_id=one.pk) == one
    with pytest.raises(NotAllowed):
        say(table, "employee", meeting, "Lånt nøkkel", entry_id=one.pk)


def test_the_log_has_no_words(table: Table) -> None:
    meeting = a_list(table)
    say(table, "citizen", meeting, SAID)
    write_plan(table, meeting)
    told = " ".join(str(vars(event)) for event in Event.objects.all())
    assert SAID not in told
    assert PLAN not in told
    assert "first-meeting.said.comment" in told
