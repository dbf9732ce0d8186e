"""What each role sees of a gathering, with canary words in place, food, needs and names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from langbord.access.gate import GateClosed
from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.gatherings import actions, after
from langbord.gatherings.enums import AnswerKind
from langbord.gatherings.models import (
    AgendaItem,
    Answer,
    Attendance,
    CaughtInput,
    Correction,
    Gathering,
    GatheringWords,
    Minutes,
)
from langbord.gatherings.people import head_counts
from langbord.people.models import Person
from tests.cast import TEST, Table

from .helpers import AFTERWARDS, DURING, NOON, WORDS, address, browser, fresh, mark, open_first_door, plan

TOLD = [str(WORDS[name]) for name in ("title", "food", "ground", "practical")] + ["punktkanari", "hvemkanari"]
PEER_READERS = {"citizen", "citizen-2", "citizen-3", "host"}


def pages(table: Table, made: Gathering, rest: str = "") -> dict[str, str]:
    """The page of everybody who gets one."""
    found = {}
    for name in table.cast:
        response = browser(table, name).get(address(table, made, rest))
        if response.status_code == 200:
            found[name] = response.content.decode()
    return found


def test_a_peer_gathering_by_role(table: Table) -> None:
    made = plan(table)
    seen = pages(table, made)
    assert set(seen) == PEER_READERS | {"coordinator", "researcher", "host-waiting"}
    assert all("stedkanari" in page for page in seen.values())
    for name, page in seen.items():
        told = [word for word in TOLD if word in page]
        assert told == (TOLD if name in PEER_READERS else []), name
    assert "Hvor mange" in seen["coordinator"]
    assert "Hvor mange" in seen["researcher"]
    assert "Hvor mange" not in seen["host-waiting"]
    assert "Hvor mange" not in seen["citizen"]


def test_the_rows_behind_the_pages_are_closed_too(table: Table) -> None:
    made = plan(table)
    for name in table.cast:
        actor = table.actor(name)
        reads = name in PEER_READERS
        assert GatheringWords.objects.visible_to(actor).filter(gathering=made).exists() == reads, name
        assert AgendaItem.objects.visible_to(actor).filter(gathering=made).exists() == reads, name
    for model in (
        Gathering,
        GatheringWords,
        AgendaItem,
        Answer,
        Attendance,
        CaughtInput,
        Minutes,
        Correction,
    ):
        with pytest.raises(GateClosed):
            list(model.objects.all())
    with pytest.raises(GateClosed):
        _ = Gathering.objects.visible_to(table.actor("coordinator")).get(pk=made.pk).words


def test_service_and_joint_gatherings_by_role(table: Table) -> None:
    service = plan(table, "host-service", "service")
    assert set(pages(table, service)) == {"host-service", "employee", "partner", "coordinator"}
    open_first_door(table)
    joint = plan(table, "coordinator", "joint")
    seen = pages(table, joint)
    assert set(seen) == PEER_READERS | {"host-service", "employee", "partner", "coordinator", "leader"}
    leader = seen.pop("leader")
    assert all("Matkanari" in page for page in seen.values())
    assert "stedkanari" in leader  # when and where, and later how many
    assert "Matkanari" not in leader


def test_another_process_and_its_address_lead_nowhere(table: Table) -> None:
    made = plan(table)
    wrong = f"/s/{table.other.slug}/samling/{made.pk}/"
    assert browser(table, "citizen").get(wrong).status_code == 404
    assert browser(table, "coordinator-other-process").get(wrong).status_code == 404


def answers(table: Table, made: Gathering) -> None:
    actions.answer(actor=table.actor("citizen"), gathering=made, answer="coming")
    actions.say_needs(
        actor=table.actor("citizen"), gathering=made, needs=["ride", "interpreter"], note="behovkanari"
    )
    actions.answer(actor=table.actor("citizen-2"), gathering=made, answer="cannot")


def test_needs_and_answers_reach_the_hosts_and_oneself_alone(table: Table) -> None:
    made = plan(table)
    answers(table, made)
    for name in table.cast:
        rows = Answer.objects.visible_to(table.actor(name)).filter(gathering=made)
        expected = {"host": 2, "citizen": 1, "citizen-2": 1}.get(name, 0)
        assert rows.count() == expected, name
    for rest in ("", "behov/"):
        for name, page in pages(table, made, rest).items():
            may = (rest == "" and name == "host") or (rest == "behov/" and name == "citizen")
            assert ("behovkanari" in page) == may, (rest, name)
    host = pages(table, made)["host"]
    assert "skyss, tolk" in host
    assert "Amina" in host
    assert "Bjarne" in host
    counts = pages(table, made)["coordinator"]
    assert "Amina" not in counts
    assert "Bjarne" not in counts


def test_which_needs_one_has_is_sealed_with_ones_own_key(table: Table) -> None:
    from langbord.vault import keys

    made = plan(table)
    answers(table, made)
    keys.destroy(table.people["citizen"].pk)
    with keys.ring():
        row = Answer.objects.visible_to(table.actor("host")).get(
            gathering=made, person=table.people["citizen"]
        )
        assert "ride" not in row.needs
        assert "behovkanari" not in row.note
        assert row.need_kinds == []


def test_head_counts_by_side_for_those_who_may_count(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    answers(table, made)
    at.move_to(DURING)
    mark(table, made, "citizen", "citizen-3", "host")
    after.count_others(actor=table.actor("host"), gathering=fresh(made), citizens=2)
    may = {name for name in table.cast if head_counts(table.actor(name), [fresh(made)])}
    assert may == {"host", "coordinator", "researcher"}
    count = head_counts(table.actor("coordinator"), [fresh(made)])[made.pk]
    assert (count.there.citizens, count.there.service, count.there.hosts) == (4, 0, 1)
    assert count.coming.citizens == 1


def test_who_was_there_in_a_citizens_room(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    at.move_to(DURING)
    mark(table, made, "citizen", "citizen-2")
    at.move_to(AFTERWARDS)
    expected = {"host": {"Amina", "Bjarne"}, "citizen": {"Amina", "Bjarne"}, "citizen-2": {"Amina", "Bjarne"}}
    assert names(table, made) == expected


def names(table: Table, made: Gathering) -> dict[str, set[str]]:
    """Whose attendance each member of the cast gets from the gate."""
    found = {}
    for name in table.cast:
        rows = Attendance.objects.visible_to(table.actor(name)).with_person().filter(gathering=made)
        if people := {row.person.shown_name for row in rows}:
            found[name] = people
    return found


def test_names_at_the_joint_table_only_while_it_lasts(table: Table, at: clock.Frozen) -> None:
    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    at.move_to(DURING)
    mark(table, made, "citizen", "partner", "employee", "coordinator")
    everybody = {"Amina", "Petra", "Espen", "Kari"}
    own = {"employee": {"Espen"}, "coordinator": {"Kari"}}
    hosts = {"host": everybody, "host-service": everybody}
    # Espen decides in citizens' cases: no names from the screen, also while he sits there. Nobody who is not there.
    assert names(table, made) == {**hosts, **own, "citizen": everybody, "partner": everybody}
    page = browser(table, "partner").get(address(table, made)).content.decode()
    assert "Amina" in page
    for name in ("employee", "coordinator", "leader"):
        assert "Amina" not in browser(table, name).get(address(table, made)).content.decode(), name
    at.move_to(fresh(made).ends_at)
    assert names(table, made) == {**hosts, **own, "citizen": {"Amina"}, "partner": {"Petra"}}
    for name in ("partner", "employee", "coordinator", "leader", "citizen-2"):
        page = browser(table, name).get(address(table, made)).content.decode()
        assert ("Amina" in page) == (name == "citizen"), name


def test_a_host_with_power_sees_only_citizens_of_groups_that_said_yes(table: Table, at: clock.Frozen) -> None:
    """The daily leader can look up cases, and the group has said yes; another group at the joint table has not."""
    from langbord.access.enums import Role
    from langbord.rooms.seating import open_room, take_in

    kjell = table.actor("coordinator-other-process")
    room = open_room(process=table.other, kind="group", name="En gruppe til", actor=kjell)
    for person, role in (
        (table.people["outsider"], Role.CITIZEN),
        (table.people["host-other-group"], Role.HOST),
    ):
        take_in(process_id=table.other.pk, person=person, role=role, actor=kjell, room=room)
    made = plan(table, "daily-leader", "b-joint")
    actions.say_needs(actor=table.actor("outsider"), gathering=made, needs=["ride"], note="utekanari")
    actions.say_needs(actor=table.actor("paid"), gathering=made, needs=["ride"], note="pålkanari")
    at.move_to(DURING)
    mark(table, made, "outsider", "paid", "employee-other-process", by="host-other-group")
    assert names(table, made)["host-other-group"] == {"Ute", "Pål", "Eva"}
    assert names(table, made)["daily-leader"] == {"Pål", "Eva"}
    page = browser(table, "daily-leader").get(address(table, made)).content.decode()
    assert "pålkanari" in page
    assert "utekanari" not in page
    assert "Ute" not in browser(table, "daily-leader").get(address(table, made, "etterpa/")).content.decode()
    with pytest.raises(NotAllowed):
        mark(table, made, "outsider", by="daily-leader")
    mark(table, made, "paid", by="daily-leader")
    assert names(table, made)["host-other-group"] == {"Ute", "Pål"}


def test_a_seat_that_nobody_in_the_group_has_met_opens_no_names_to_its_host(
    table: Table, at: clock.Frozen
) -> None:
    """A coordinator deals somebody of another group a seat in this one, too: it waits there, and tells its host nothing of
    what they said elsewhere."""
    from langbord.access.enums import Role
    from langbord.rooms import actions as rooms
    from langbord.rooms.enums import PieceKind
    from langbord.rooms.models import Seat
    from langbord.rooms.seating import open_room, take_in

    kjell, ute = table.actor("coordinator-other-process"), table.people["outsider"]
    room = open_room(process=table.other, kind="group", name="En gruppe til", actor=kjell)
    for person, role in ((ute, Role.CITIZEN), (table.people["host-other-group"], Role.HOST)):
        take_in(process_id=table.other.pk, person=person, role=role, actor=kjell, room=room)
    made = plan(table, "daily-leader", "b-joint")
    actions.say_needs(actor=table.actor("outsider"), gathering=made, needs=["ride"], note="utekanari")
    rooms.write(
        actor=table.actor("paid"), room=table.room("b-group"), kind=PieceKind.POST, text="Vi har begynt"
    )
    take_in(process_id=table.other.pk, person=ute, role=Role.CITIZEN, actor=kjell, room=table.room("b-group"))
    seats = Seat.objects.unrestricted(TEST).filter(room=table.room("b-group"), membership__person=ute)
    assert [seat.confirmed_at for seat in seats] == [None]
    at.move_to(DURING)
    mark(table, made, "outsider", "paid", by="host-other-group")
    assert names(table, made)["daily-leader"] == {"Pål"}
    assert "utekanari" not in browser(table, "daily-leader").get(address(table, made)).content.decode()


def test_power_that_comes_later_shuts_out_at_once(table: Table, at: clock.Frozen) -> None:
    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    at.move_to(DURING)
    mark(table, made, "citizen", "partner")
    Person.objects.unrestricted(TEST).filter(pk=table.people["partner"].pk).update(case_power="looks_up")
    table.people["partner"] = Person.objects.unrestricted(TEST).get(pk=table.people["partner"].pk)
    assert names(table, made)["partner"] == {"Petra"}


def test_a_closed_door_hides_joint_gatherings_again(table: Table) -> None:
    from langbord.rooms import door

    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    door.close_door(room=table.room("peer"), actor=table.actor("host"))
    assert pages(table, made) == {}


def test_whoever_knew_of_it_is_told_that_it_waits_behind_the_door(table: Table) -> None:
    """The one who laid it, and those who said whether they come. Nobody else learns that there is one, and nobody sees it."""
    wait = "En samling for alle står på vent."

    def told(name: str) -> bool:
        page = browser(table, name).get(reverse("gatherings", args=[table.process.slug])).content.decode()
        assert "stedkanari" not in page
        return wait in page

    from langbord.rooms import door

    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    actions.answer(actor=table.actor("citizen"), gathering=made, answer=AnswerKind.COMING)
    door.close_door(room=table.room("peer"), actor=table.actor("host"))
    everybody = (
        "coordinator",
        "citizen",
        "citizen-2",
        "citizen-other-group",
        "host",
        "host-other-group",
        "employee",
        "leader",
    )
    assert {name for name in everybody if told(name)} == {"coordinator", "citizen"}
    with clock.frozen(made.ends_at + timedelta(minutes=1)):
        assert not told("coordinator"), "what is over waits for nothing"


def test_a_new_card_opens_the_calendar_and_nothing_older(table: Table, at: clock.Frozen) -> None:
    from langbord.access.actor import actor_of

    made = plan(table)
    answers(table, made)
    new_card = actor_of(table.people["citizen"], NOON + timedelta(minutes=10))
    assert Gathering.objects.visible_to(new_card).filter(pk=made.pk).exists()
    assert not Answer.objects.visible_to(new_card).exists()
    host = actor_of(table.people["host"], NOON + timedelta(minutes=10))
    assert not Answer.objects.visible_to(host).exists()
    assert not Attendance.objects.visible_to(host).exists()


def test_the_calendar_file_says_samling_and_nothing_else(table: Table) -> None:
    made = plan(table)
    response = browser(table, "citizen").get(address(table, made, "samling.ics"))
    body = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Samling" in body
    assert "TZID:Europe/Oslo" in body
    assert "20260312T170000" in body
    assert "kanari" not in body
    assert "LOCATION" not in body
    for name in ("coordinator", "researcher", "host-waiting", "employee", "outsider"):
        assert browser(table, name).get(address(table, made, "samling.ics")).status_code == 404, name
