"""Who may see that somebody leaves: nobody while it is carried out; a receipt only with its code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from langbord.access.enums import CITIZEN_SIDE, HOST_SIDE, Role
from langbord.access.gate import ClosedQuerySet
from langbord.base import clock
from langbord.people.signin.querysets import NobodyQuerySet

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Helped, Parting, Receipt

WAITS = timedelta(days=7)
"""Until hosts of a new seat know somebody, and until what one host alone wrote down takes effect."""


class PartingQuerySet(NobodyQuerySet["Parting"]):
    """It is there for moments, and what it leads to is told by the receipt."""


class ReceiptQuerySet(NobodyQuerySet["Receipt"]):
    """Found by its code alone, whoever asks."""


class HelpedQuerySet(ClosedQuerySet["Helped"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; and for the hosts of the room where the person sits as a citizen of that process, and sat when it was
        written down, or has sat for a week. The coordinator sees none, and seats nobody with a host of their choosing to
        see it: who leaves is between the person and their hosts until it is done."""
        hosted = [
            room.id for room in actor.rooms if actor.may_read(room.id) and actor.sits_in(room.id, *HOST_SIDE)
        ]
        since = Q(person__memberships__seats__started_at__lte=F("recorded_at"))
        since |= Q(person__memberships__seats__started_at__lte=clock.now() - WAITS)
        hosts = since & Q(
            person__memberships__process_id=F("process_id"),
            person__memberships__seats__room_id__in=hosted,
            person__memberships__seats__ended_at__isnull=True,
            person__memberships__ended_at__isnull=True,
            person__memberships__role__in=[str(Role(role)) for role in CITIZEN_SIDE],
        )
        own = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
        return self._opened().filter(own | hosts).distinct()

    def waiting(self) -> Self:
        return self.filter(stopped_at__isnull=True)

    def with_people(self) -> Self:
        """With the person, the process, and the hosts who wrote."""
        return self.select_related("person", "process", "recorded_by", "agreed_by")
