"""Saying yes and no through the product's own actions, for tests that need somebody who has."""

from __future__ import annotations

from langbord.access.actor import actor_of
from langbord.consent import actions, asking, guardians
from langbord.consent.enums import AgeBand, Purpose
from langbord.consent.models import ConsentEvent, ConsentRecord, Guardianship
from langbord.people.models import Person
from langbord.processes.models import Process
from tests.cast import TEST, Table


def say_yes(person: Person, purpose: str, process: Process, language: str = "nb") -> ConsentEvent:
    """This person says yes to a purpose, on the screen."""
    return actions.answer(
        actor=actor_of(person), process_id=process.pk, purpose=purpose, yes=True, language=language
    )


def say_no(person: Person, purpose: str, process: Process, language: str = "nb") -> ConsentEvent:
    """This person says no; after a yes it is taken back."""
    return actions.answer(
        actor=actor_of(person), process_id=process.pk, purpose=purpose, yes=False, language=language
    )


def take_back(person: Person, purpose: str, process: Process) -> ConsentEvent | None:
    return actions.withdraw(actor=actor_of(person), process_id=process.pk, purpose=purpose)


def says_yes(person: Person, purpose: str, process: Process) -> bool:
    return asking.says_yes(person.pk, purpose, process.pk)


def say_yes_to_all(person: Person, process: Process) -> None:
    """Yes to every purpose that the process uses."""
    off = asking.purposes_off(process.pk)
    for purpose in Purpose.values:
        if purpose not in off:
            say_yes(person, purpose, process)


def under_16(person: Person, process: Process) -> None:
    """The person says that they are under 16."""
    actions.say_age(actor=actor_of(person), process_id=process.pk, band=AgeBand.UNDER_16)


def guardian_for(
    table: Table, child: str = "citizen", guardian: str = "citizen-2", host: str = "host"
) -> Guardianship:
    """A host says that the one is the adult beside the other."""
    return guardians.name_guardian(
        actor=table.actor(host),
        process_id=table.process.pk,
        child_id=table.people[child].pk,
        guardian_id=table.people[guardian].pk,
    )


def record_of(person: Person, process: Process) -> ConsentRecord:
    return ConsentRecord.objects.unrestricted(TEST).get(person=person, process=process)


def events_of(person: Person, process: Process, purpose: str = "") -> list[ConsentEvent]:
    found = ConsentEvent.objects.unrestricted(TEST).in_order().filter(record__person=person)
    found = found.filter(record__process=process)
    return list(found.filter(purpose=purpose) if purpose else found)
