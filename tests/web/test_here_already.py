"""Taking in somebody who is here already, and saying what they can do in people's cases."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from langbord.access.enums import CasePower, Role
from langbord.processes.models import Membership
from tests.cast import TEST, Table

from .helpers import client, html, invite, people_named


def test_somebody_who_is_here_already_is_invited_by_their_address(table: Table) -> None:
    first = client(table, "coordinator")
    address = reverse("process-invite", args=[table.process.slug])
    first.post(address, invite(table, role=Role.EMPLOYEE, email="nina@eksempel.example"))
    nina = people_named("Nina")[0]
    other = client(table, "coordinator-other-process")
    elsewhere = reverse("process-invite", args=[table.other.slug])
    answer = other.post(elsewhere, invite(table, name="N", role=Role.EMPLOYEE, email="Nina@eksempel.example"))
    assert answer.status_code == 302
    assert people_named("Nina") == [nina]
    assert not people_named("N")
    assert Membership.objects.unrestricted(TEST).filter(person=nina).count() == 2


def test_what_is_said_of_somebody_who_is_here_already_keeps_them_out_too(table: Table) -> None:
    """Registered elsewhere by somebody who did not know that they decide in people's cases."""
    first = client(table, "coordinator-other-process")
    address = reverse("process-invite", args=[table.other.slug])
    first.post(address, invite(table, role=Role.EMPLOYEE, email="nina@eksempel.example"))
    nina = people_named("Nina")[0]
    assert nina.case_power == CasePower.NONE
    answer = client(table, "coordinator").post(
        reverse("process-invite", args=[table.process.slug]),
        invite(
            table,
            role=Role.HOST,
            room=str(table.rooms["peer"].pk),
            email="nina@eksempel.example",
            case_power=CasePower.DECIDES,
        ),
    )
    assert answer.status_code == 422
    assert "kan ikke sitte i dette rommet" in html(answer)
    assert Membership.objects.unrestricted(TEST).filter(person=nina).count() == 1


def test_what_somebody_can_do_in_cases_is_said_later_too(table: Table) -> None:
    """A host who begins to work with people's cases: the coordinator says so where roles are given, and the seat in the
    citizens' room ends at once. No other role need be given for that."""
    browser, host = client(table, "coordinator"), table.people["host"]
    people = html(browser.get(reverse("process-people", args=[table.process.slug])))
    mine = Membership.objects.unrestricted(TEST).get(person=host)
    address = reverse("process-invite", args=[table.process.slug]) + f"?person={mine.pk}"
    assert f"{address}#id_case_power" in people
    assert 'value="none" selected' in html(browser.get(address))
    nothing = {"once": str(uuid4()), "role": "", "room": "", "case_power": CasePower.NONE}
    for empty in (nothing, {**nothing, "case_power": ""}, {**nothing, "room": str(table.rooms["peer"].pk)}):
        assert browser.post(address, empty).status_code == 422
    assert table.actor("host").may_read(table.rooms["peer"].pk)
    assert browser.post(address, {**nothing, "case_power": CasePower.LOOKS_UP}).status_code == 302
    table.people["host"].refresh_from_db()
    assert not table.actor("host").may_read(table.rooms["peer"].pk)
    assert 'value="looks_up" selected' in html(browser.get(address))
    # It was written here, so it is taken away here. The seat does not come back by that.
    assert browser.post(address, nothing).status_code == 302
    table.people["host"].refresh_from_db()
    assert table.people["host"].case_power == CasePower.NONE
    assert not table.actor("host").may_read(table.rooms["peer"].pk)


def test_a_coordinator_elsewhere_says_more_of_somebody_and_never_less(table: Table) -> None:
    kari, kjell = client(table, "coordinator"), client(table, "coordinator-other-process")
    here, there = (reverse("process-invite", args=[p.slug]) for p in (table.process, table.other))
    kari.post(here, invite(table, role=Role.EMPLOYEE, email="nina@eksempel.example"))
    kjell.post(
        there,
        invite(table, role=Role.EMPLOYEE, email="nina@eksempel.example", case_power=CasePower.DECIDES),
    )
    (nina,) = people_named("Nina")
    assert nina.case_power == CasePower.DECIDES, (
        "what is typed of somebody who is here already is not thrown away"
    )
    mine = Membership.objects.unrestricted(TEST).get(person=nina, process=table.other)
    less = {"once": str(uuid4()), "role": "", "room": "", "case_power": CasePower.NONE}
    answer = kjell.post(f"{there}?person={mine.pk}", less)
    assert answer.status_code == 422
    assert "Dette ble skrevet et annet sted" in html(answer)
    again = invite(table, role=Role.PARTNER, email="nina@eksempel.example", case_power=CasePower.NONE)
    assert kjell.post(there, again).status_code == 302
    (nina,) = people_named("Nina")
    assert nina.case_power == CasePower.DECIDES
    mine = Membership.objects.unrestricted(TEST).get(person=nina, process=table.process)
    assert kari.post(f"{here}?person={mine.pk}", less).status_code == 302
    (nina,) = people_named("Nina")
    assert nina.case_power == CasePower.NONE
