"""Who may see that a person exists, their name, and how to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, Max, OuterRef, Q

from langbord.access.enums import CITIZEN_SIDE, HOST_SIDE, Role
from langbord.access.gate import ClosedQuerySet

from . import hooks

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Contact, Person


class PersonQuerySet(ClosedQuerySet["Person"]):  # type: ignore[type-var]
    def visible_to(self, actor: Actor) -> Self:
        """Oneself, and those with whom one shares a room (see the memberships' own rule)."""
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
        a room that the actor hosts; and who did not come there from another process.

        A card opens all that somebody has, and sets their PIN anew. Whoever takes somebody in by their address must
        not get at what they have elsewhere, so cards are given where somebody first took part (decision 0006).
        """
        return self.whose_cards_are_shown_to(actor).exclude(pk__in=self._came_from_elsewhere(actor))

    def whose_cards_are_shown_to(self, actor: Actor) -> Self:
        """Others in one's process, and in the room one hosts: see `whose_cards`."""
        return self._opened().filter(whose_cards(actor)).exclude(pk=actor.person_id)

    def _came_from_elsewhere(self, actor: Actor) -> Any:
        """Ids of those who took part in another process, now or before, earlier than in any where this actor coordinates
        or hosts. Ended roles count as well, so that nothing here changes when somebody stops elsewhere."""
        membership: Any = apps.get_model("processes", "Membership")
        rows = membership.objects.unrestricted("where somebody first took part; nothing is shown")
        mine = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR or s.role in HOST_SIDE]
        as_early = rows.filter(
            person_id=OuterRef("person_id"), process_id__in=mine, started_at__lte=OuterRef("started_at")
        )
        return rows.exclude(process_id__in=mine).filter(~Exists(as_early)).values("person_id")

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


def whose_cards(actor: Actor, prefix: str = "") -> Q:
    """Those in one's process, and in the room one hosts: that a card was taken in use is shown, and it can be stopped. Asked
    of persons, or with a `prefix` ("person__") of what belongs to one.

    Cards are for citizens, and for hosts who have no e-mail. Whoever has a role that asks for a second factor
    signs in by e-mail, so that no card opens what such a role opens.
    """
    coordinated = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]
    hosted = [room for s in actor.sittings if s.role in HOST_SIDE for room in s.seats if actor.may_read(room)]
    membership: Any = apps.get_model("processes", "Membership")
    rows = membership.objects.unrestricted(
        "who takes part with one now, and in which roles; nothing is shown"
    )
    theirs = rows.filter(person_id=OuterRef(f"{prefix}pk"), ended_at__isnull=True)
    with_one = Q(process_id__in=coordinated)
    if hosted:
        with_one |= Q(seats__room_id__in=hosted, seats__ended_at__isnull=True)
    seen = Q(Exists(theirs.filter(with_one)))
    for given in hooks.card_givers:
        if (also := given(actor)) is not None:
            seen |= Q(**{f"{prefix}pk__in": also})
    others = [role for role in Role if role not in CITIZEN_SIDE and role != Role.HOST]
    by_email = Q(role__in=others) | Q(role=Role.HOST, person__contact__email_lookup__isnull=False)
    return seen & ~Q(Exists(theirs.filter(by_email))) & Q(**{f"{prefix}is_operator": False})
