"""Taking people off the list for good: those who did not join, and those who ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.errors import NotAllowed
from langbord.people import mailed
from langbord.people.models import Person
from langbord.vault import keys, preload_for

from .actions import email_of, lists_of, may_change
from .enums import Side
from .models import Household, Invitee, TakingPart, WhoToAsk

_GONE = "somebody who did not join goes; nothing is shown"
GONE_COLUMN = {
    Side.CITIZEN: "gone_citizens",
    Side.SERVICE: "gone_service",
    Side.PARTNER: "gone_partners",
}


def forget(*, actor: Actor | None, invitees: Iterable[Invitee]) -> int:
    """Take people off the list for good; how many. Their keys die first, so that no older copy opens their names; of each
    stays a head by side. `actor` None: they asked for it themselves with the code on their letter. Also when the process is
    over."""
    chosen = list(invitees)
    if actor is not None and not all(may_change(actor, invitee) for invitee in chosen):
        raise NotAllowed()
    with transaction.atomic():
        # Held first: whoever got a seat since the page was loaded has the same key, and keeps it.
        rows = Invitee.objects.unrestricted(_GONE).filter(pk__in=[invitee.pk for invitee in chosen])
        there = list(rows.select_for_update().order_by("pk"))
        for row in preload_for(there):
            mailed.forget(email_of(row))
        subjects = {row.sealed_by for row in there}
        people = Person.objects.unrestricted(_GONE).filter(Q(pk__in=subjects) | Q(sealed_by__in=subjects))
        for pk, subject in people.values_list("pk", "sealed_by"):
            subjects -= {pk, subject}
        for subject in subjects:
            keys.destroy(subject)
        return remove_rows([row.pk for row in there], actor)


def remove_rows(ids: Iterable[UUID], actor: Actor | None = None) -> int:
    """The rows of people whose keys are dead or about to die. Each leaves a head by side."""
    gone = 0
    with transaction.atomic():
        rows = Invitee.objects.unrestricted(_GONE).filter(pk__in=list(ids)).select_for_update()
        for row in list(rows):
            lists = lists_of(row.process_id)
            column = GONE_COLUMN[Side(row.side)]
            WhoToAsk.objects.unrestricted(_GONE).filter(pk=lists.pk).update(**{column: F(column) + 1})
            events.record(
                actor.person_id if actor is not None else None,
                "invitee.forgotten",
                row,
                process_id=row.process_id,
            )
            home = row.household_id
            row.delete()
            gone += 1
            _tidy(home)
    return gone


def _tidy(household_id: UUID | None) -> None:
    """A household that nobody is in goes."""
    if household_id is None:
        return
    here = Invitee.objects.unrestricted(_GONE).filter(household_id=household_id).exists()
    if not here and not TakingPart.objects.unrestricted(_GONE).filter(household_id=household_id).exists():
        for home in Household.objects.unrestricted(_GONE).filter(pk=household_id):
            home.delete()
