"""How long somebody is kept who takes part in nothing: a year, and a warning; then as if they had left themself and let
what they gave stay without their name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from langbord.base import retention
from langbord.base.personal_data import Way
from langbord.base.retention import Thing, Went
from langbord.firstmeeting.retention import with_a_list
from langbord.people.models import Person

from . import doing
from .models import Parting

_WHY = "who has taken part in nothing for long; nothing is shown"
SPACE = UUID("5f2b3f0c-6f3e-4f0e-9d53-0c9f7f6c1e11")


def register() -> None:
    # Alone: leaving makes steps of its own, and finishes by itself what was cut off.
    retention.register("person", find=_in_nothing, remove=_let_go, alone=True)


def _in_nothing(before: datetime) -> Iterable[Thing]:
    """From when their last role ended, or else from when they were registered. Operators belong without a role."""
    # Somebody with a list of a first meeting has that: it is let go by itself, a year after it was last used.
    rows = Person.objects.unrestricted(_WHY).in_nothing().exclude(pk__in=with_a_list())
    return [
        Thing(key=str(pk), since=since, person_id=pk)
        for pk, created, last in rows.values_list("pk", "created_at", "last_role_ended_at")
        if (since := max(created, last) if last is not None else created) <= before
    ]


def _let_go(things: list[Thing]) -> Went:
    gone = 0
    for thing in things:
        person_id = UUID(thing.key)
        alone = Person.objects.unrestricted(_WHY).in_nothing().filter(pk=person_id).exists()
        alone = alone and not with_a_list().filter(person_id=person_id).exists()
        under_way = Parting.objects.unrestricted(_WHY).filter(person_id=person_id).exists()
        if under_way or not alone:
            continue  # is in something again, or leaving by their own wish
        parting_id = uuid5(SPACE, thing.key)
        doing.intend(person_id=person_id, way=Way.KEEP, process_id=None, parting_id=parting_id)
        doing.carry_out(parting_id)
        gone += 1
    return Went({"persons": gone})
