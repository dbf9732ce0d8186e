"""Does somebody vouch that a person works where they are registered?

Whoever carries a process may register anybody with any unit, and could invent a colleague of others. That gives no way into a
room (decisions 0014, 0018). Where it would give a voice in public, somebody must vouch (decision 0021).
"""

from __future__ import annotations

from langbord.base.models import Event

from .models import Person


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
