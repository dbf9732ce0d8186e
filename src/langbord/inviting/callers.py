"""Whose name and number stand on a letter, so that they can go from it when that person leaves.

Both are typed freely, and sealed with the process' key: without this a host who has left could be rung for years.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from langbord.access.actor import Actor
from langbord.base.personal_data import Parting, in_scope
from langbord.people.models import Contact, Person
from langbord.processes.models import Membership
from langbord.vault import preload_for
from langbord.vault.fields import Unopenable
from langbord.vault.lookup import phone as as_number

from .actions import preparers
from .models import Letter
from .querysets import INVITING

_WHOSE = "whose name and number stand on a letter; nothing is shown"


def whose(actor: Actor, process_id: UUID, caller: str, phone: str) -> Person | None:
    """The one among those who prepare whose number or first name this is; else whoever writes the letter."""
    if not caller.strip() and not phone.strip():
        return None
    people = [member.person for member in preparers(process_id)]
    people.sort(
        key=lambda person: person.pk != actor.person_id
    )  # one's own name is meant before a namesake's
    numbers = _numbers([person.pk for person in people])
    preload_for(people)
    by_number = [person for person in people if _same_number(numbers.get(person.pk, ""), phone)]
    by_name = [person for person in people if _first(person.shown_name) == _first(caller) != ""]
    return next(iter([*by_number, *by_name]), actor.person)


def empty_of(parting: Parting) -> None:
    """Nobody is named as the one to ring on letters of the one who leaves: theirs by our own mark, by number, or by name
    where no other of that name is meant. The page of the letter then asks for somebody else. Opens nothing after the key
    is gone: then the mark alone counts."""
    roles = Membership.objects.unrestricted(_WHOSE).filter(
        person_id=parting.person_id, role__in=list(INVITING), **in_scope(parting)
    )
    marked = Q(caller_person_id=parting.person_id)
    near = Letter.objects.unrestricted(_WHOSE).filter(
        marked | Q(process_id__in=roles.values("process_id")), **in_scope(parting)
    )
    letters = list(near.with_caller())
    person = Person.objects.unrestricted(_WHOSE).filter(pk=parting.person_id).first()
    if person is None or not letters:
        return
    others = [letter.caller_person for letter in letters if letter.caller_person is not None]
    preload_for([person, *letters, *others])
    number = _numbers([person.pk]).get(person.pk, "")
    theirs = [letter.pk for letter in letters if _is_of(letter, person, number)]
    Letter.objects.unrestricted(_WHOSE).filter(pk__in=theirs).update(caller="", phone="", caller_person=None)


def _is_of(letter: Letter, person: Person, number: str) -> bool:
    marked = letter.caller_person
    if (marked is not None and marked.pk == person.pk) or _same_number(number, letter.phone):
        return True
    name = _first(letter.caller)
    other = marked is not None and _first(marked.shown_name) == name
    return name != "" and name == _first(person.shown_name) and not other


def _numbers(people: list[UUID]) -> dict[UUID, str]:
    rows = list(Contact.objects.unrestricted(_WHOSE).filter(person_id__in=people))
    preload_for(rows)
    return {row.person_id: row.phone for row in rows}


def _same_number(one: str, other: str) -> bool:
    if isinstance(one, Unopenable) or isinstance(other, Unopenable):
        return False
    return as_number(one) == as_number(other) != ""


def _first(name: str) -> str:
    words = [] if isinstance(name, Unopenable) else str(name).split()
    return words[0].casefold() if words else ""
