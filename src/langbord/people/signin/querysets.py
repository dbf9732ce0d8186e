"""Who may see anything about how people sign in: almost only the person themself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Q

from langbord.access.enums import HOST_SIDE, Role
from langbord.access.gate import ClosedQuerySet, GatedModel
from langbord.people.querysets import whose_cards

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Card, OneTimeLink, OwnSession, PersonaKey, Rescued

M = TypeVar("M", bound=GatedModel)


class NobodyQuerySet(ClosedQuerySet[M]):
    """Rows that are never shown to anybody, only looked up by the sign-in itself."""

    def visible_to(self, actor: Actor) -> Self:
        return self._opened().none()


class PersonaKeyQuerySet(NobodyQuerySet["PersonaKey"]):
    def with_person(self) -> Self:
        return self.select_related("person")


class CardQuerySet(ClosedQuerySet["Card"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of the people in one's process or room: that a card is in use, never its code."""
        if actor.person_id is None:
            return self._opened().none()
        if not any(s.role == Role.COORDINATOR or s.role in HOST_SIDE for s in actor.sittings):
            return self._opened().filter(person_id=actor.person_id)
        # Asked for each card, and not the other way round: a home page must not look through everybody there is.
        return self._opened().filter(Q(person_id=actor.person_id) | whose_cards(actor, "person__"))

    def with_person(self) -> Self:
        return self.select_related("person")

    def usable(self, now: datetime) -> Self:
        """In use, or printed and still within the time for a first use."""
        return self.filter(revoked_at__isnull=True).filter(
            Q(first_used_at__isnull=False) | Q(expires_at__gt=now)
        )


class OneTimeLinkQuerySet(NobodyQuerySet["OneTimeLink"]):
    def usable(self, now: datetime) -> Self:
        return self.filter(used_at__isnull=True, expires_at__gt=now)

    def with_person(self) -> Self:
        return self.select_related("person")


class OwnSessionQuerySet(ClosedQuerySet["OwnSession"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(person_id=actor.person_id, ended_at__isnull=True)


class RescuedQuerySet(ClosedQuerySet["Rescued"]):
    def visible_to(self, actor: Actor) -> Self:
        """Only what one wrote oneself. Not on a new card's first day: then nothing older is opened."""
        own: dict[str, Any] = {"person_id": actor.person_id}
        if actor.reads_from is not None:
            own["at__gte"] = actor.reads_from
        return self._opened().filter(**own)
