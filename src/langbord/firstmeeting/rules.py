"""Who advises, and who leads those who do. Nothing here asks the database."""

from __future__ import annotations

from langbord.access.actor import Actor
from langbord.access.enums import AT_WORK, Role


def _roles(actor: Actor) -> set[str]:
    return {sitting.role for sitting in actor.sittings}


def advises(actor: Actor) -> bool:
    """Works in a unit, and has a role of the service somewhere now."""
    if actor.person is None or actor.person.unit_id is None:
        return False
    return not AT_WORK.isdisjoint(_roles(actor))


def leads(actor: Actor) -> bool:
    """A leader in their unit: sees figures when the advisers have looked at them."""
    return advises(actor) and Role.LEADER in _roles(actor)


def sees_figures_first(actor: Actor) -> bool:
    """An adviser who leads nobody."""
    return advises(actor) and not leads(actor)
