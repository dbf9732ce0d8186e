"""After each step of a process that began empty: the way to the next one stands there, and none that leads nowhere."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from langbord.access.actor import actor_of
from langbord.inviting import actions
from langbord.inviting.actions import Name
from langbord.inviting.enums import Side, Step
from langbord.rooms.seating import answer_host
from tests.cast import Table
from tests.rooms.helpers import PEER_CITIZENS, browser, open_first_door, seat_of

WAITS = "Du venter på at gruppa sier ja til deg."


def page(table: Table, person: str, name: str, *args: object) -> str:
    return browser(table, person).get(reverse(name, args=args)).content.decode()


def test_from_an_open_door_one_comes_to_the_table_behind_it(table: Table) -> None:
    slug, peer = table.process.slug, table.rooms["peer"].pk
    way = f'href="{reverse("room", args=[slug, table.rooms["joint"].pk])}"'
    for name in ("citizen", "host"):
        assert way not in page(table, name, "door", slug, peer)
        assert way not in page(table, name, "room", slug, peer)
    open_first_door(table)
    for name in ("citizen", "host"):
        assert page(table, name, "door", slug, peer).count(way) == 1
        assert page(table, name, "room", slug, peer).count(way) == 1
    other = table.rooms["peer-2"].pk
    assert way not in page(table, "citizen-other-group", "door", slug, other), "their own door is closed"


def test_a_host_who_waits_for_the_group_is_told_so_where_they_begin(table: Table) -> None:
    slug = table.process.slug
    for name, args in (("home", ()), ("process", (slug,))):
        assert WAITS in page(table, "host-waiting", name, *args)
        assert WAITS not in page(table, "host", name, *args)
    for name in PEER_CITIZENS:
        answer_host(seat=seat_of(table, "host-waiting", "peer"), yes=True, actor=table.actor(name))
    for name, args in (("home", ()), ("process", (slug,))):
        assert WAITS not in page(table, "host-waiting", name, *args)


def test_a_seat_is_offered_to_the_side_that_has_said_yes(table: Table) -> None:
    seats = reverse("inviting-seat", args=[table.process.slug])
    to_citizens, to_service = f'href="{seats}"', f'href="{seats}?side=service"'

    def says_yes(name: str, side: str) -> str:
        (row,) = actions.note(
            actor=actor_of(table.people["coordinator"]),
            process_id=table.process.pk,
            households=[[Name(name, False)]],
            side=side,
            once=uuid4(),
        )
        actions.set_step(actor=table.actor("coordinator"), invitee=row, step=Step.YES)
        return page(table, "coordinator", "inviting", table.process.slug)

    first = says_yes("Espen", Side.SERVICE)
    assert (to_citizens in first, to_service in first) == (False, True)
    both = says_yes("Zahra", Side.CITIZEN)
    assert (to_citizens in both, to_service in both) == (True, True)
