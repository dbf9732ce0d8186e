"""Who may change what the library says for an organisation."""

from __future__ import annotations

from langbord.access.actor import Actor
from langbord.people.models import Organisation


def may_change(actor: Actor, organisation: Organisation) -> bool:
    """Operators, everywhere; coordinators, for the organisation they work in."""
    if actor.person is None or not actor.sets_up:
        return False
    if actor.is_operator:
        return True
    unit = actor.person.unit
    return unit is not None and unit.organisation_id == organisation.pk


def own_organisation_id(actor: Actor) -> object:
    """The organisation whose words this person meets in the library; None for those who work nowhere. At most one query."""
    unit = actor.person.unit if actor.person is not None else None
    return unit.organisation_id if unit is not None else None
