"""Who may change what the library says for an organisation, and whose words somebody meets there."""

from __future__ import annotations

from uuid import UUID

from langbord.access.actor import Actor
from langbord.people.vouching import speaks_for

from . import hooks


def may_change(actor: Actor, organisation_id: UUID) -> bool:
    """Operators, everywhere; coordinators, for the organisation they work in, when somebody there vouches for them: what
    they write is shown to everybody, under the organisation's name."""
    return actor.sets_up and speaks_for(actor.person, organisation_id)


def works_in(actor: Actor) -> UUID | None:
    """The organisation somebody works in; None for citizens and strangers. At most one query."""
    unit = actor.person.unit if actor.person is not None else None
    return unit.organisation_id if unit is not None else None


def meets_words_of(actor: Actor) -> UUID | None:
    """The organisation whose words this person meets in the library: where they work, else that of their process."""
    if actor.person is None:
        return None
    found = works_in(actor)
    for find in hooks.organisation_finders:
        found = found or find(actor)
    return found
