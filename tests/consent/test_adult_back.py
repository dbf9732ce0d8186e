"""An adult who answers beside a young person, stops taking part and gets a role again: asked anew, as anybody who is back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from langbord.access.enums import Role
from langbord.consent import actions, asking, beside, guardians, ledger
from langbord.consent.asking import Said
from langbord.consent.enums import Purpose, Standing
from langbord.consent.models import Guardianship
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.consent import helpers as h
from tests.signin import signed_in


def standing(table: Table, purpose: str = Purpose.PHOTO) -> str:
    return str(asking.state(table.people["citizen"].pk, purpose, table.process.pk).standing)


def both_say_yes(table: Table) -> Guardianship:
    made = h.guardian_for(table)
    h.say_yes(table.people["citizen"], Purpose.PHOTO, table.process)
    say(table, made)
    assert standing(table) == Standing.YES
    return made


def say(table: Table, guardianship: Guardianship, yes: bool = True) -> None:
    actions.answer_as_guardian(
        actor=table.actor("citizen-2"), guardianship=guardianship, purpose=Purpose.PHOTO, yes=yes
    )


def stops(table: Table) -> None:
    adult = table.people["citizen-2"]
    for role in Membership.objects.unrestricted(TEST).with_person().filter(person=adult, ended_at=None):
        end_membership(membership=role, actor=table.actor("coordinator"))


def is_back(table: Table, role: str = Role.CITIZEN) -> None:
    seated: Any = {"room": table.room("peer")} if role == Role.CITIZEN else {}
    take_in(
        process_id=table.process.pk,
        person=table.people["citizen-2"],
        role=role,
        actor=table.actor("coordinator"),
        **seated,
    )


def test_their_yes_ended_with_the_role_and_is_asked_anew(table: Table) -> None:
    beside_amina = both_say_yes(table)
    stops(table)
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN
    for role in (Role.CITIZEN, Role.MENTOR):
        is_back(table, role)
        assert standing(table) == Standing.WAITS_FOR_GUARDIAN, role
    (child,) = beside.children_of(table.actor("citizen-2"))
    own = next(answer for answer in beside.answers(child) if answer.purpose == Purpose.PHOTO)
    assert own.said is Said.STALE
    page = signed_in(table.people["citizen-2"]).get(reverse("child", args=[beside_amina.pk])).text
    assert "Vi spør deg på nytt" in page
    say(table, beside_amina)
    assert standing(table) == Standing.YES
    assert ledger.first_broken_link(h.record_of(table.people["citizen"], table.process)) is None


def test_the_young_persons_own_yes_stands_meanwhile(table: Table) -> None:
    both_say_yes(table)
    stops(table)
    is_back(table)
    state = asking.state(table.people["citizen"].pk, Purpose.PHOTO, table.process.pk)
    assert state.own is Said.YES


def test_a_no_stays_a_no(table: Table) -> None:
    beside_amina = both_say_yes(table)
    say(table, beside_amina, yes=False)
    stops(table)
    is_back(table)
    assert standing(table) == Standing.NO


def test_one_more_role_asks_nothing_anew(table: Table) -> None:
    both_say_yes(table)
    is_back(table, Role.MENTOR)
    assert standing(table) == Standing.YES


def test_a_no_to_the_adult_that_is_taken_back_brings_no_old_yes(table: Table) -> None:
    beside_amina = both_say_yes(table)
    amina = table.actor("citizen")
    guardians.object_to(actor=amina, guardianship=beside_amina)
    stops(table)
    is_back(table)
    guardians.object_to(actor=amina, guardianship=beside_amina, objects=False)
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN
