"""What a unit is shown of many lists: with a yes, of enough, the advisers first, and gone when a yes is taken back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.firstmeeting import actions, releasing
from langbord.firstmeeting.models import Meeting, Release, Thought
from langbord.people.models import Person
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import a_list, somebody

PAGE = "/forste-mote/tall/"
ADVISERS = ("employee", "daily-leader", "employee-other-process")
POINT, SKIPPED = "who-we-are", "when-enough"
ENOUGH = 18
"""Six lists of each of the three, every other one with the point skipped: nine, and six of any two of them."""
START = datetime(2026, 9, 10, 12, tzinfo=clock.OSLO)
NEXT = datetime(2026, 10, 3, 12, tzinfo=clock.OSLO)


def works_since(table: Table, name: str, day: datetime) -> None:
    """Registered on that day."""
    table.people[name].created_at = day
    table.people[name].save(update_fields=["created_at"])


def lists(table: Table, number: int = ENOUGH, answer: str = "yes") -> list[tuple[Meeting, Person]]:
    """So many citizens' lists, closed; all ticked one point, every other one ticked another too."""
    made = []
    for name in (*ADVISERS, "leader"):
        works_since(table, name, START - timedelta(days=30))
    with clock.frozen(START) as at:
        for n in range(number):
            at.move(timedelta(minutes=1))
            citizen = somebody(f"Innbygger {n}")
            adviser = table.actor(ADVISERS[n % 3])
            meeting = actions.begin(actor=adviser, called="R")
            code = actions.make_code(actor=adviser, meeting=meeting)
            meeting = actions.join(actor=actor_of(citizen), code=code, called="I")
            actions.tick(actor=actor_of(citizen), meeting=meeting, point=POINT)
            if n % 2:
                actions.tick(actor=adviser, meeting=meeting, point=SKIPPED)
            actions.close(actor=adviser, meeting=meeting)
            if answer:
                actions.answer_counting(actor=actor_of(citizen), meeting=meeting, answer=answer)
            made.append((meeting, citizen))
    return made


def released(table: Table) -> Release:
    with clock.frozen(NEXT):
        return releasing.make(actor=table.actor("employee"))


def test_enough_who_said_yes_are_enough_when_the_month_is_over(table: Table) -> None:
    held = lists(table)
    with clock.frozen(START + timedelta(days=2)), pytest.raises(NotNow):
        releasing.make(actor=table.actor("employee"))
    made = released(table)
    assert made.lists == ENOUGH
    assert made.figures == {SKIPPED: 9}, "a point that all skipped, or all ticked, is not told"
    assert POINT not in made.figures
    with clock.frozen(NEXT), pytest.raises(NotNow):
        releasing.make(actor=table.actor("employee"))
    assert all(Meeting.objects.unrestricted(TEST).get(pk=m.pk).release_id == made.pk for m, _c in held)


@pytest.mark.parametrize("answer", ["no", ""])
def test_without_a_yes_nobody_is_counted(table: Table, answer: str) -> None:
    lists(table, answer=answer)
    with clock.frozen(NEXT):
        assert releasing.ready(table.actor("employee")) is None


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_says_that_there_is_not_enough_and_never_how_much(table: Table, number: int) -> None:
    """The same page whatever the citizens answered: an adviser who knows whose lists are closed learns no yes and no no."""
    pages = set()
    for answer in ("no", "yes"):
        for meeting, _citizen in lists(table, number, answer):
            assert meeting.first_closed_at is not None
        with clock.frozen(NEXT):
            page = signed_in(table.people["employee"]).get(PAGE).content.decode()
        assert "Det er ikke nok lister ennå." in page
        assert "Innbygger 1" not in page
        assert "Hent tallene" not in page
        pages.add(re.sub(r"<[^>]*>", " ", page.split("<main")[1].split("</main>")[0]))
    assert len(pages) == 1


def test_enough_citizens_but_too_few_advisers_says_the_same(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.firstmeeting.test_releasing.ADVISERS", ("employee", "daily-leader", "employee")
    )
    lists(table)
    with clock.frozen(NEXT):
        page = signed_in(table.people["employee"]).get(PAGE).content.decode()
    assert "Det er ikke nok lister ennå." in page


def test_the_advisers_see_it_first_and_the_leader_when_two_have_looked(table: Table) -> None:
    """Leif leads the housing office in the cast; here he works where the advisers do."""
    table.people["leader"].unit_id = table.people["employee"].unit_id
    table.people["leader"].save(update_fields=["unit"])
    lists(table)
    made = released(table)
    releasing.think(actor=table.actor("employee"), release=made, text="Vi glemmer slutten.")

    def sees(name: str) -> bool:
        return bool(Release.objects.visible_to(table.actor(name)).exists())

    assert {name for name in table.cast if sees(name)} == set(ADVISERS)
    with pytest.raises(NotAllowed):
        releasing.look(actor=table.actor("leader"), release=made)
    releasing.look(actor=table.actor("employee"), release=made)
    releasing.look(actor=table.actor("employee"), release=made)
    assert not sees("leader")
    assert not Thought.objects.visible_to(table.actor("leader")).exists()
    releasing.look(actor=table.actor("daily-leader"), release=Release.objects.unrestricted(TEST).get())
    assert sees("leader")
    page = signed_in(table.people["leader"]).get(PAGE).content.decode()
    assert "Vi glemmer slutten." in page
    assert "9 av 18" in page
    with pytest.raises(NotAllowed):
        releasing.make(actor=table.actor("leader"))
    assert not sees("coordinator"), "another unit"


def test_an_invented_colleague_sees_no_release_from_before_their_day(table: Table) -> None:
    """A coordinator elsewhere can register anybody with any unit (decision 0018)."""
    table.people["leader"].unit_id = table.people["employee"].unit_id
    table.people["leader"].save(update_fields=["unit"])
    lists(table)
    made = released(table)
    releasing.think(actor=table.actor("employee"), release=made, text="Vi glemmer slutten.")
    for name in ("employee", "daily-leader"):
        releasing.look(actor=table.actor(name), release=made)
    for name in ("employee-other-process", "leader"):
        assert Thought.objects.visible_to(table.actor(name)).exists()
        works_since(table, name, NEXT + timedelta(days=1))
        assert not Release.objects.visible_to(table.actor(name)).exists()
        assert not Thought.objects.visible_to(table.actor(name)).exists()
        page = signed_in(table.people[name]).get(PAGE).content.decode()
        assert "9 av 18" not in page
        assert "Vi glemmer slutten." not in page
    with pytest.raises(NotAllowed):
        releasing.look(actor=table.actor("employee-other-process"), release=made)
    day_of_card = actor_of(table.people["employee"], reads_from=NEXT + timedelta(days=1))
    assert not Release.objects.visible_to(day_of_card).exists(), "whoever printed the card"


def stop_advising(table: Table, name: str) -> None:
    for meeting in Meeting.objects.visible_to(table.actor(name)):
        actions.part(actor=table.actor(name), meeting=meeting)


def test_only_those_who_advise_at_a_list_make_figures_and_open_them_to_the_leader(table: Table) -> None:
    """An invented colleague has no citizen. Nor does a list count at which one sits alone, or one with its seat empty."""
    lists(table)
    stop_advising(table, "daily-leader")
    actions.begin(actor=table.actor("daily-leader"), called="Alene")
    with clock.frozen(NEXT):
        assert releasing.ready(table.actor("daily-leader")) is None
        with pytest.raises(NotNow):
            releasing.make(actor=table.actor("daily-leader"))
    made = released(table)
    with pytest.raises(NotNow):
        releasing.look(actor=table.actor("daily-leader"), release=made)
    browser = signed_in(table.people["daily-leader"])
    assert f"{PAGE}{made.pk}/sett/" not in browser.get(PAGE).content.decode()
    told = browser.post(f"{PAGE}{made.pk}/sett/", follow=True).content.decode()
    assert "som har en liste" in told
    assert f"{PAGE}{made.pk}/sett/" in signed_in(table.people["employee"]).get(PAGE).content.decode()

    def opened() -> bool:
        return Release.objects.unrestricted(TEST).get().opened_at is not None

    releasing.look(actor=table.actor("employee"), release=made)
    a_list(table, adviser="daily-leader")
    stop_advising(table, "employee")
    releasing.look(actor=table.actor("daily-leader"), release=made)
    assert not opened(), "one of the two who looked advises nobody now"
    releasing.look(actor=table.actor("employee-other-process"), release=made)
    assert opened()


@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_a_no_at_the_very_moment_of_counting_takes_the_figures_away(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The citizen answers while the release is marked on the lists and not stored yet. (SQLite has one writer.)"""
    if connection.vendor != "postgresql":
        return
    meeting, citizen = lists(table)[3]
    meeting.refresh_from_db()
    actor, record = actor_of(citizen), releasing.events.record

    def no() -> None:
        try:
            actions.answer_counting(actor=actor, meeting=meeting, answer="no")
        finally:
            connection.close()

    other = Thread(target=no)

    def overtaken(person: Any, verb: str, *rest: Any, **more: Any) -> Any:
        if verb == "first-meeting.figures-made":
            other.start()
            other.join(1)
        return record(person, verb, *rest, **more)

    monkeypatch.setattr(releasing.events, "record", overtaken)
    released(table)
    other.join()
    gone = Release.objects.unrestricted(TEST).get()
    assert gone.gone_at is not None
    assert gone.figures == {}
    assert Meeting.objects.unrestricted(TEST).get(pk=meeting.pk).counts == "no"


def test_a_yes_taken_back_takes_the_figures_away_at_once_and_for_good(table: Table) -> None:
    held = lists(table)
    made = released(table)
    releasing.think(actor=table.actor("employee"), release=made, text="Vi glemmer slutten.")
    meeting, citizen = held[3]
    meeting.refresh_from_db()
    with clock.frozen(NEXT + timedelta(days=1)):
        actions.answer_counting(actor=actor_of(citizen), meeting=meeting, answer="no")
        assert not Release.objects.visible_to(table.actor("employee")).exists()
        gone = Release.objects.unrestricted(TEST).get()
        assert (gone.figures, gone.lists) == ({}, 0)
        assert not Thought.objects.unrestricted(TEST).exists()
    with clock.frozen(NEXT + timedelta(days=200)):
        assert releasing.ready(table.actor("employee")) is None, "the others are never shown again"
        actions.answer_counting(actor=actor_of(citizen), meeting=meeting, answer="yes")
        assert releasing.ready(table.actor("employee")) is None, "a list is counted once"


def test_a_deleted_list_takes_them_away_too(table: Table) -> None:
    held = lists(table)
    released(table)
    meeting, citizen = held[0]
    actions.delete(actor=actor_of(citizen), meeting=meeting)
    assert not Release.objects.visible_to(table.actor("employee")).exists()


def test_ticks_that_change_later_change_no_figure(table: Table) -> None:
    held = lists(table)
    made = released(table)
    meeting, citizen = held[0]
    meeting.refresh_from_db()
    actions.reopen(actor=actor_of(citizen), meeting=meeting)
    actions.tick(actor=actor_of(citizen), meeting=meeting, point=SKIPPED)
    assert Release.objects.unrestricted(TEST).get(pk=made.pk).figures == {SKIPPED: 9}


def test_the_adviser_is_not_told_what_the_citizen_answered(table: Table) -> None:
    pages: dict[str, Any] = {}
    for answer in ("yes", "no", ""):
        ((meeting, _citizen),) = lists(table, 1, answer)
        page = signed_in(table.people["employee"]).get(f"/forste-mote/{meeting.pk}/").content.decode()
        assert "telle" not in page
        pages[answer] = page.count("<form"), page.count("<a ")
    assert len(set(pages.values())) == 1


def test_a_second_click_thinks_once(table: Table) -> None:
    lists(table)
    made = released(table)
    one = releasing.think(actor=table.actor("employee"), release=made, text="Tanke")
    assert (
        releasing.think(actor=table.actor("employee"), release=made, text="Tanke", thought_id=one.pk) == one
    )
    with pytest.raises(NotAllowed):
        releasing.think(actor=table.actor("daily-leader"), release=made, text="Min", thought_id=one.pk)
