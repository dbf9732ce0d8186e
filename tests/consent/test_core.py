"""A first look at the whole core: asked, answered, taken back; who says yes; the chain."""

from __future__ import annotations

from langbord.access.actor import actor_of
from langbord.access.enums import Role
from langbord.consent import asking, ledger
from langbord.consent.enums import Purpose, Standing
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.consent import helpers as h


def test_yes_and_back(table: Table, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    amina, process = table.people["citizen"], table.process
    assert asking.state(amina.pk, Purpose.RESEARCH, process.pk).standing == Standing.NOT_ASKED
    h.say_yes(amina, Purpose.RESEARCH, process)
    with django_assert_num_queries(1):
        assert asking.says_yes(amina.pk, Purpose.RESEARCH, process.pk)
    with django_assert_num_queries(2):
        assert asking.who_says_yes(Purpose.RESEARCH, process.pk) == {amina.pk}
    assert asking.who_says_yes(Purpose.QUOTES, process.pk) == frozenset()
    h.take_back(amina, Purpose.RESEARCH, process)
    assert not h.says_yes(amina, Purpose.RESEARCH, process)
    assert asking.who_says_yes(Purpose.RESEARCH, process.pk) == frozenset()
    assert ledger.first_broken_link(h.record_of(amina, process)) is None


def test_under_16_both_say_yes(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.under_16(amina, process)
    h.say_yes(amina, Purpose.PHOTO, process)
    assert asking.state(amina.pk, Purpose.PHOTO, process.pk).standing == Standing.WAITS_FOR_GUARDIAN
    guardianship = h.guardian_for(table)
    from langbord.consent import actions

    actions.answer_as_guardian(
        actor=table.actor("citizen-2"), guardianship=guardianship, purpose=Purpose.PHOTO, yes=True
    )
    assert h.says_yes(amina, Purpose.PHOTO, process)
    assert asking.who_says_yes(Purpose.PHOTO, process.pk) == {amina.pk}
    actions.withdraw_as_guardian(
        actor=table.actor("citizen-2"), guardianship=guardianship, purpose=Purpose.PHOTO
    )
    assert not h.says_yes(amina, Purpose.PHOTO, process)


def test_a_yes_does_not_come_to_life_because_somebody_gives_a_role_again(table: Table) -> None:
    amina, process, kari = table.people["citizen"], table.process, table.actor("coordinator")
    h.say_yes(amina, Purpose.RESEARCH, process)
    h.say_no(amina, Purpose.PHOTO, process)
    mine = Membership.objects.unrestricted(TEST).get(person=amina, process=process)
    end_membership(membership=mine, actor=actor_of(amina))
    assert not h.says_yes(amina, Purpose.RESEARCH, process)
    take_in(process_id=process.pk, person=amina, role=Role.CITIZEN, actor=kari)
    assert not h.says_yes(amina, Purpose.RESEARCH, process)
    assert asking.state(amina.pk, Purpose.RESEARCH, process.pk).standing == Standing.ASK_AGAIN
    assert asking.state(amina.pk, Purpose.PHOTO, process.pk).standing == Standing.NO
    h.say_yes(amina, Purpose.RESEARCH, process)
    take_in(process_id=process.pk, person=amina, role=Role.PAID, actor=kari)
    assert h.says_yes(amina, Purpose.RESEARCH, process), "one role more is no coming back"
    assert ledger.first_broken_link(h.record_of(amina, process)) is None
