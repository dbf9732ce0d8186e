"""What the group is asked stands on each citizen's first page until they have answered it, with the way to where one answers."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from langbord.access.enums import CasePower
from langbord.leaving.pausing import be_silent
from langbord.rooms import decisions, seating
from langbord.rooms.models import GroupDecision
from tests.cast import Table
from tests.rooms.helpers import PEER_CITIZENS, Queries, browser, fresh, noted, seat_of

LINE = "Gruppa er spurt om noe. Her kan du si ja eller nei."


def home(table: Table, name: str) -> str:
    return browser(table, name).get(reverse("home")).content.decode()


def asked(table: Table) -> GroupDecision:
    return decisions.propose(
        actor=table.actor("host"),
        piece=fresh(noted(table, "host", "peer", "vi vil møtes et annet sted")),
        target=table.room("board"),
        text="vi vil møtes et annet sted",
        decision_id=uuid4(),
    )


def answered_about_the_host(table: Table, *names: str) -> None:
    """The cast begins with a host who waits for the group's yes."""
    seat = seat_of(table, "host-waiting", "peer")
    for name in names:
        seating.answer_host(seat=seat, yes=name != "citizen-3", actor=table.actor(name))


def test_a_host_who_waits_is_told_of_until_one_has_answered(table: Table) -> None:
    page = home(table, "citizen")
    assert page.count(LINE) == 1
    room = reverse("room", args=[table.process.slug, table.rooms["peer"].pk])
    assert f'href="{room}#spurt"' in page
    assert browser(table, "citizen").get(room).content.decode().count('id="spurt"') == 1
    answered_about_the_host(table, "citizen")
    assert LINE not in home(table, "citizen")
    assert LINE in home(table, "citizen-2"), "each answers for themself"


def test_a_decision_of_the_group_is_told_of_until_one_has_answered(table: Table) -> None:
    answered_about_the_host(table, *PEER_CITIZENS)
    assert not any(LINE in home(table, name) for name in PEER_CITIZENS)
    decision = asked(table)
    pages = [home(table, name) for name in PEER_CITIZENS]
    assert all(LINE in page for page in pages)
    assert not any("vi vil møtes" in page for page in pages), "the words stay in the room"
    room = reverse("room", args=[table.process.slug, table.rooms["peer"].pk])
    assert browser(table, "citizen").get(room).content.decode().count('id="spurt"') == 1
    decisions.answer(actor=table.actor("citizen"), decision=decision, yes=True)
    assert LINE not in home(table, "citizen")
    decisions.answer(actor=table.actor("citizen-2"), decision=decision, yes=False)
    assert LINE not in home(table, "citizen-3"), "a no stopped it: nothing is asked any more"


def test_nobody_else_is_told_and_nobody_who_is_silent_for_a_while(table: Table) -> None:
    answered_about_the_host(table, *PEER_CITIZENS)
    asked(table)
    for name in (
        "citizen-other-group",
        "citizen-other-process",
        "host",
        "host-waiting",
        "coordinator",
        "withdrawn",
    ):
        assert LINE not in home(table, name), name
    be_silent(actor=table.actor("citizen"), process_id=table.process.pk)
    assert LINE not in home(table, "citizen")


def test_whom_the_walls_shut_out_is_not_told_also_while_a_seat_stands(table: Table) -> None:
    """The seat of somebody with power over cases ends at once; should it stand, nothing of the room is told."""
    assert LINE in home(table, "citizen")
    person = table.people["citizen"]
    person.case_power = CasePower.DECIDES
    person.save(update_fields=["case_power"])
    assert LINE not in home(table, "citizen")


def test_it_costs_no_query(table: Table) -> None:
    answered_about_the_host(table, *PEER_CITIZENS)
    client = browser(table, "citizen")
    client.get(reverse("home"))
    with Queries() as before:
        client.get(reverse("home"))
    asked(table)
    with Queries() as after:
        assert LINE in client.get(reverse("home")).content.decode()
    assert after.count == before.count
