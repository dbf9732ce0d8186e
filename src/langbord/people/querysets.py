"""Who may see that a person exists, their name, and how to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Max, Q

from langbord.access.enums import CITIZEN_SIDE, HOST_SIDE, Role
from langbord.access.gate import ClosedQuerySet

from . import hooks

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Contact, Person


class PersonQuerySet(ClosedQuerySet["Person"]):  # type: ignore[type-var]
    def visible_to(self, actor: Actor) -> Self:
        """Oneself, and those with whom one shares a room (see the memberships' own rule)."""
        from django.apps import apps

        membership: Any = apps.get_model("processes", "Membership")
        seen = membership.objects.visible_to(actor).values("person_id")
        return self._opened().filter(Q(pk=actor.person_id) | Q(pk__in=seen))

    def in_nothing(self) -> Self:
        """Who takes part in no process now, with `last_role_ended_at` (None: never had a role). Not
        operators."""
        current = self._opened().filter(memberships__ended_at__isnull=True, memberships__isnull=False)
        return (
            self.filter(is_operator=False)
            .exclude(pk__in=current.values("pk"))
            .annotate(last_role_ended_at=Max("memberships__ended_at"))
            .order_by("pk")
        )

    def with_unit(self) -> Self:
        """With where they work."""
        return self.select_related("unit__organisation")

    def may_get_card_from(self, actor: Actor) -> Self:
        """Those whom this actor may give a card: who take part in a process that the actor coordinates, and who sit in
        a room that the actor hosts.

        Cards are for citizens, and for hosts who have no e-mail. Whoever has a role that asks for a second factor
        signs in by e-mail, so that no card opens what such a role opens.
        """
        coordinated = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]
        hosted = [
            room for s in actor.sittings if s.role in HOST_SIDE for room in s.seats if actor.may_read(room)
        ]
        now = Q(memberships__ended_at__isnull=True)
        here = now & Q(memberships__process_id__in=coordinated)
        here |= now & Q(memberships__seats__room_id__in=hosted, memberships__seats__ended_at__isnull=True)
        for given in hooks.card_givers:
            here |= Q(pk__in=given(actor))
        others = [role for role in Role if role not in CITIZEN_SIDE and role != Role.HOST]
        by_email = self._opened().filter(now, memberships__role__in=others)
        host_with_email = self._opened().filter(
            now, memberships__role=Role.HOST, contact__email_lookup__isnull=False
        )
        return (
            self._opened()
            .filter(here, is_operator=False)
            .exclude(pk=actor.person_id)
            .exclude(pk__in=by_email.values("pk"))
            .exclude(pk__in=host_with_email.values("pk"))
            .distinct()
        )

    def taking_part_in(self, process_id: object) -> Self:
        """Members now, in any role."""
        return self.filter(
            pk__in=self._opened()
            .filter(memberships__process_id=process_id, memberships__ended_at__isnull=True)
            .values("pk")
        )


class ContactQuerySet(ClosedQuerySet["Contact"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; coordinators see those they invite; hosts those who sit in their own room."""
        coordinated = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]
        hosted = [
            room_id
            for s in actor.sittings
            if s.role in (Role.HOST, Role.DAILY_LEADER)
            for room_id in s.seats
            if actor.may_read(room_id)
        ]
        now = Q(person__memberships__ended_at__isnull=True)
        return (
            self._opened()
            .filter(
                Q(person_id=actor.person_id)
                | (now & Q(person__memberships__process_id__in=coordinated))
                | (
                    now
                    & Q(
                        person__memberships__seats__room_id__in=hosted,
                        person__memberships__seats__ended_at__isnull=True,
                    )
                )
            )
            .distinct()
        )
