"""Planning, changing, calling off: who may, when it makes sense, and a second click."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.gatherings import actions, calendar
from langbord.gatherings.models import AgendaItem, Gathering, GatheringWords
from langbord.rooms import door
from langbord.rooms.enums import DoorAnswer
from tests.cast import TEST, Table

from .helpers import (
    AFTERWARDS,
    DURING,
    EVENING,
    TWO_HOURS,
    WORDS,
    address,
    browser,
    form,
    fresh,
    open_first_door,
    plan,
)

PLANS = {
    "peer": {"host", "host-waiting"},
    "peer-2": {"host-other-group"},
    "service": {"host-service", "coordinator"},
    "b-group": {"daily-leader"},
    "b-service": {"coordinator-other-process"},
    "b-joint": {"coordinator-other-process", "daily-leader"},
    "b-steering": {"coordinator-other-process"},
    "board": set(),
    "joint": set(),
}


@pytest.mark.parametrize("room", PLANS)
def test_who_plans_where(table: Table, room: str) -> None:
    planned = set()
    for name in table.cast:
        try:
            plan(table, name, room)
        except (NotAllowed, NotNow):
            continue
        planned.add(name)
    assert planned == PLANS[room]


def test_the_joint_table_waits_for_the_door_and_says_why(table: Table) -> None:
    told = set()
    for name in table.cast:
        try:
            plan(table, name, "joint")
        except NotNow as refusal:
            told.add((name, "Døra er ikke åpnet" in str(refusal)))
        except NotAllowed:
            pass
    assert told == {(name, True) for name in ("coordinator", "host", "host-other-group", "host-service")}
    open_first_door(table)
    for name in ("coordinator", "host", "host-service"):
        plan(table, name, "joint")
    with pytest.raises(NotAllowed):
        plan(table, "host-other-group", "joint")


def test_somebody_hesitates_and_no_new_joint_gathering_is_planned(table: Table) -> None:
    open_first_door(table)
    door.answer(room=table.room("peer"), wish=DoorAnswer.NOT_YET, actor=table.actor("citizen-2"))
    with pytest.raises(NotNow):
        plan(table, "coordinator", "joint")


def test_a_host_who_waits_gives_time_and_place_alone(table: Table) -> None:
    made = plan(table, "host-waiting")
    words = GatheringWords.objects.unrestricted(TEST).get(gathering=made)
    assert made.place == "stedkanari"
    assert (words.title, words.food, words.ground, words.practical) == ("", "", "", "")
    assert not AgendaItem.objects.unrestricted(TEST).filter(gathering=made).exists()
    waiting = table.actor("host-waiting")
    actions.move(
        actor=waiting, gathering=made, starts_at=EVENING, ends_at=EVENING + TWO_HOURS, place="et annet sted"
    )
    with pytest.raises(NotAllowed):
        actions.tell(actor=waiting, gathering=made, title="ord")
    with pytest.raises(NotAllowed):
        actions.cancel(actor=waiting, gathering=made, why="ord")
    with pytest.raises(NotAllowed):
        actions.answer(actor=waiting, gathering=made, answer="coming")


@pytest.mark.parametrize(
    "facts",
    [
        {"ends_at": EVENING},
        {"ends_at": EVENING - timedelta(minutes=1)},
        {"starts_at": EVENING - timedelta(days=1), "ends_at": EVENING - timedelta(hours=20)},
        {"place": "  "},
    ],
)
def test_what_makes_no_sense_is_refused_in_plain_words(table: Table, facts: dict[str, object]) -> None:
    with pytest.raises(NotNow):
        plan(table, **facts)
    assert not Gathering.objects.unrestricted(TEST).exists()


def test_a_second_click_makes_nothing_new_and_nobody_takes_anothers_id(table: Table) -> None:
    key = uuid4()
    first = plan(table, gathering_id=key)
    assert plan(table, gathering_id=key).pk == first.pk
    assert Gathering.objects.unrestricted(TEST).count() == 1
    with pytest.raises(NotAllowed):
        plan(table, "host-other-group", "peer-2", gathering_id=key)


def test_the_agenda_is_kept_in_order_with_minutes_and_who(table: Table) -> None:
    made = plan(table)
    items = AgendaItem.objects.visible_to(table.actor("citizen")).filter(gathering=made)
    assert [(i.minutes, i.text, i.who) for i in items] == [
        (20, "punktkanari", "hvemkanari"),
        (None, "Oppvask", ""),
    ]
    actions.tell(actor=table.actor("host"), gathering=made, agenda=["Bare prat"])
    items = AgendaItem.objects.visible_to(table.actor("citizen")).filter(gathering=made)
    assert [i.text for i in items] == ["Bare prat"]


def test_when_the_time_changes_people_are_asked_anew(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    actions.answer(actor=table.actor("citizen"), gathering=made, answer="coming")
    card = calendar.next_gathering(table.actor("citizen"))
    assert card is not None
    assert card.answer == "coming"
    at.move(timedelta(minutes=5))
    later = EVENING + timedelta(hours=1)
    actions.move(
        actor=table.actor("host"),
        gathering=made,
        starts_at=later,
        ends_at=later + TWO_HOURS,
        place="stedkanari",
    )
    card = calendar.next_gathering(table.actor("citizen"))
    assert card is not None
    assert (card.answer, card.moved) == ("", True)
    actions.answer(actor=table.actor("citizen"), gathering=fresh(made), answer="cannot")
    card = calendar.next_gathering(table.actor("citizen"))
    assert card is not None
    assert (card.answer, card.moved) == ("cannot", False)


def test_calling_off_says_why_to_those_who_read_and_happens_once(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    for name in ("citizen", "coordinator", "researcher", "host-other-group"):
        with pytest.raises(NotAllowed):
            actions.cancel(actor=table.actor(name), gathering=made, why="ord")
    actions.cancel(actor=table.actor("host"), gathering=made, why="avlystkanari")
    actions.cancel(actor=table.actor("host"), gathering=made, why="avlystkanari")
    with pytest.raises(NotNow):
        actions.cancel(actor=table.actor("host"), gathering=made, why="noe annet")
    assert "avlystkanari" in browser(table, "citizen").get(address(table, made)).content.decode()
    assert "avlystkanari" not in browser(table, "coordinator").get(address(table, made)).content.decode()
    assert calendar.next_gathering(table.actor("citizen")) is None
    with pytest.raises(NotNow):
        actions.answer(actor=table.actor("citizen"), gathering=fresh(made), answer="coming")
    with pytest.raises(NotNow):
        actions.move(
            actor=table.actor("host"),
            gathering=fresh(made),
            starts_at=EVENING,
            ends_at=EVENING + TWO_HOURS,
            place="x",
        )
    at.move_to(AFTERWARDS)
    over = plan(table, starts_at=AFTERWARDS + timedelta(hours=1), ends_at=AFTERWARDS + timedelta(hours=2))
    at.move_to(AFTERWARDS + timedelta(hours=3))
    with pytest.raises(NotNow):
        actions.cancel(actor=table.actor("host"), gathering=over, why="for sent")


def test_upcoming_on_past_and_overdue_have_one_definition_each(table: Table, at: clock.Frozen) -> None:
    made, off = plan(table), plan(table)
    actions.cancel(actor=table.actor("host"), gathering=off, why="ord")
    seen = Gathering.objects.visible_to(table.actor("host"))

    def states() -> list[str]:
        names = ("not_over", "upcoming", "on_now", "past", "overdue")
        found = {name: list(getattr(seen, name)()) for name in names}
        assert all(off not in rows for rows in found.values())
        return [name for name in names if made in found[name]]

    assert states() == ["not_over", "upcoming"]
    at.move_to(EVENING)
    assert states() == ["not_over", "on_now"]
    at.move_to(DURING)
    assert states() == ["not_over", "on_now"]
    at.move_to(EVENING + TWO_HOURS)
    assert states() == ["past", "overdue"]
    assert [g.pk for g in calendar.overdue_for(table.actor("host"))] == [made.pk]
    assert calendar.overdue_for(table.actor("coordinator")) == []
    Gathering.objects.unrestricted(TEST).filter(pk=made.pk).update(held_at=clock.now())
    assert states() == ["past"]


def new_address(table: Table, room: str) -> str:
    slug = table.other.slug if room.startswith("b-") else table.process.slug
    return f"/s/{slug}/rom/{table.rooms[room].pk}/ny-samling/"


def test_the_form_plans_once_and_shows_the_gathering(table: Table) -> None:
    host = browser(table, "host")
    data = form(agenda="20 Suppe – Amina")
    for _click in range(2):
        response = host.post(new_address(table, "peer"), data, follow=True)
        assert response.status_code == 200
        assert "Suppe" in response.content.decode()
    assert Gathering.objects.unrestricted(TEST).count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"date": "2026-03-11"}, "Den dagen har vært"),
        ({"date": "31.2.2026"}, "Skriv en dag som finnes"),
        ({"date": ""}, "Velg en dag"),
        ({"end": "16:30"}, "Slutten må komme etter begynnelsen"),
        ({"start": "9.00", "end": "10.00"}, "Den tida har vært"),
        ({"start": "kveld"}, "Skriv et klokkeslett"),
        ({"place": ""}, "Skriv hvor dere skal møtes"),
    ],
)
def test_a_wrong_form_says_so_next_to_the_field_and_keeps_what_was_typed(
    table: Table, change: dict[str, str], message: str
) -> None:
    response = browser(table, "host").post(new_address(table, "peer"), form(**change))
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "Matkanari" in page
    assert "tittelkanari" in page
    assert not Gathering.objects.unrestricted(TEST).exists()


def test_an_empty_form_is_answered_too(table: Table) -> None:
    assert browser(table, "host").post(new_address(table, "peer"), {}).status_code == 422


def test_the_closed_door_is_told_on_the_page_and_what_was_typed_is_kept(table: Table) -> None:
    response = browser(table, "coordinator").post(new_address(table, "joint"), form())
    page = response.content.decode()
    assert response.status_code == 422
    assert "Døra er ikke åpnet" in page
    assert "Matkanari" in page or "stedkanari" in page
    for name in ("citizen", "employee", "leader", "host-waiting", "researcher"):
        assert browser(table, name).post(new_address(table, "joint"), form()).status_code == 404, name


def test_the_edit_form_shows_what_is_there_and_saves(table: Table) -> None:
    made = plan(table)
    host = browser(table, "host")
    page = host.get(address(table, made, "endre/")).content.decode()
    assert all(
        word in page
        for word in ("stedkanari", "Matkanari", "20 punktkanari – hvemkanari", "2026-03-12", "17:00")
    )
    response = host.post(address(table, made, "endre/"), form(place="nytt sted", food="Ny mat"))
    assert response.status_code == 302
    page = host.get(address(table, made)).content.decode()
    assert "nytt sted" in page
    assert "Ny mat" in page
    assert "Matkanari" not in page
    waiting = browser(table, "host-waiting").get(address(table, made, "endre/")).content.decode()
    assert "Ny mat" not in waiting
    assert "nytt sted" in waiting
    assert browser(table, "citizen").get(address(table, made, "endre/")).status_code == 404
    assert WORDS["food"] not in waiting
