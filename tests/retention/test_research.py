"""The last day of the research: from the day after, nobody's yes counts, and nothing is read or kept."""

from __future__ import annotations

from datetime import timedelta

from langbord.access.enums import RoomKind
from langbord.base import clock
from langbord.consent import asking
from langbord.consent.enums import EventKind, Purpose
from langbord.consent.models import ConsentEvent
from langbord.processes.keeping import actions, research
from langbord.rooms.models import Room
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.consent.helpers import say_yes

from .helpers import fresh, run


def _expired() -> int:
    return ConsentEvent.objects.unrestricted(TEST).filter(kind=EventKind.EXPIRED).count()


def _end(table: Table, days: int) -> None:
    actions.set_research_end(
        actor=table.actor("researcher"),
        process=fresh(table),
        reference="881234",
        ends_on=clock.today() + timedelta(days=days),
    )


def test_a_yes_counts_until_the_last_day_and_not_after(table: Table) -> None:
    person, process = table.people["citizen"], table.process
    with clock.frozen(clock.now()) as stopped:
        say_yes(person, Purpose.RESEARCH, process)
        say_yes(person, Purpose.MINUTES, process)
        _end(table, 10)
        stopped.move(timedelta(days=10))
        run()
        assert asking.says_yes(person.pk, Purpose.RESEARCH, process.pk)
        assert _expired() == 0
        stopped.move(timedelta(days=1))
        assert not asking.says_yes(person.pk, Purpose.RESEARCH, process.pk), "at once, before any job"
        assert person.pk not in asking.who_says_yes(Purpose.RESEARCH, process.pk)
        assert research.is_over(process.pk)
        assert asking.says_yes(person.pk, Purpose.MINUTES, process.pk), "other purposes stand"
        run()
        run()
        assert _expired() == 1, "written down once"
        assert not asking.says_yes(person.pk, Purpose.RESEARCH, process.pk)


def test_a_later_day_asks_again_and_revives_no_yes(table: Table) -> None:
    person, process = table.people["citizen"], table.process
    with clock.frozen(clock.now()) as stopped:
        say_yes(person, Purpose.RESEARCH, process)
        _end(table, 1)
        stopped.move(timedelta(days=2))
        run()
        actions.set_research_end(
            actor=table.actor("coordinator"),
            process=fresh(table),
            reference="881234",
            ends_on=clock.today() + timedelta(days=50),
            reason="Prosjektet er forlenget",
        )
        assert not research.is_over(process.pk)
        assert not asking.says_yes(person.pk, Purpose.RESEARCH, process.pk)
        say_yes(person, Purpose.RESEARCH, process)
        assert asking.says_yes(person.pk, Purpose.RESEARCH, process.pk)


def test_research_in_another_process_goes_on(table: Table) -> None:
    person, process = table.people["citizen-other-process"], table.other
    with clock.frozen(clock.now()) as stopped:
        say_yes(person, Purpose.RESEARCH, process)
        _end(table, 1)
        stopped.move(timedelta(days=2))
        run()
        assert asking.says_yes(person.pk, Purpose.RESEARCH, process.pk) == (
            Purpose.RESEARCH not in asking.purposes_off(process.pk)
        )
        assert not research.is_over(process.pk)


def test_the_researchers_own_room_is_closed_to_them_at_once(table: Table) -> None:
    room = Room(process=table.process, kind=RoomKind.RESEARCH, name="Forskning", created_at=clock.now())
    keys.ensure(room.pk)
    room.save(force_insert=True)
    with clock.frozen(clock.now()) as stopped:
        _end(table, 1)
        stopped.move(timedelta(days=1))
        assert table.actor("researcher").may_read(room.pk)
        stopped.move(timedelta(days=1))
        assert not table.actor("researcher").may_read(room.pk)
