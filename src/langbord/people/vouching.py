"""Does somebody vouch that a person works where they are registered?

Whoever carries a process may register anybody with any unit, and could invent a colleague of others. That gives no way into a
room (decisions 0014, 0018). Where it would give a voice in public, or make an organisation answer for something, somebody
must vouch (decision 0021).
"""

from __future__ import annotations

from uuid import UUID

from langbord.base.models import Event

from .models import Person


def speaks_for(person: Person | None, organisation_id: UUID) -> bool:
    """Whether somebody may say something, or begin something, in the name of an organisation: operators in anybody's, others
    where they work, when somebody there vouches for them."""
    if person is None:
        return False
    if person.is_operator:
        return True
    return person.unit is not None and person.unit.organisation_id == organisation_id and vouched_for(person)


def vouched_for(person: Person) -> bool:
    """Registered as the installation was set up, by an operator, or by somebody of the same organisation for whom the same
    holds. Who registered whom stands in the event log. Two queries for each link of the chain."""
    met = set()
    while not person.is_operator:
        if person.unit is None or person.pk in met:
            return False
        met.add(person.pk)
        made = Event.objects.filter(verb="person.registered", object_id=person.pk).order_by("pk").first()
        if made is None:
            return False
        if made.actor_id is None:
            return True
        before = (
            Person.objects.unrestricted("who registered whom").with_unit().filter(pk=made.actor_id).first()
        )
        if before is None:
            return False
        if not before.is_operator and (
            before.unit is None or before.unit.organisation_id != person.unit.organisation_id
        ):
            return False
        person = before
    return True
