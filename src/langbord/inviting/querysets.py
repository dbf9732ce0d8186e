"""Who sees the question, the people one thinks of asking, their answers, and how somebody wants to take part."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Value

from langbord.access.enums import CITIZEN_ROOMS, HOST_SIDE, CasePower, Role, side_of
from langbord.access.gate import ClosedQuerySet

from .enums import Side

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Household, Invitee, Letter, Proposal, QuestionVersion, TakingPart, Trace, WhoToAsk

INVITING = (Role.COORDINATOR, *HOST_SIDE)
"""Those who prepare and ask."""


def invites(actor: Actor, process_id: UUID) -> bool:
    return actor.has_role(process_id, *INVITING)


def decides(actor: Actor) -> bool:
    """Decides in people's cases: learns of no citizen whether they were asked, or what they answered."""
    return actor.power == CasePower.DECIDES


def _inviting_in(actor: Actor) -> list[UUID]:
    return [pk for pk in actor.process_ids if invites(actor, pk)]


class QuestionVersionQuerySet(ClosedQuerySet["QuestionVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """All who take part: it is the sign on the table."""
        return self._opened().filter(process_id__in=actor.process_ids)


class ProposalQuerySet(ClosedQuerySet["Proposal"]):
    def visible_to(self, actor: Actor) -> Self:
        """Its author; and those who prepare, as long as they can answer it. A new card's first day opens none older."""
        if actor.person_id is None:
            return self._opened().none()
        mine = Q(author_id=actor.person_id)
        coordinated = [pk for pk in actor.process_ids if actor.has_role(pk, Role.COORDINATOR)]
        seen = self._opened().filter(mine | Q(process_id__in=coordinated))
        return seen if actor.reads_from is None else seen.filter(made_at__gte=actor.reads_from)

    def of_person(self, person_id: UUID) -> Self:
        return self.filter(author_id=person_id).select_related("process")


class HouseholdQuerySet(ClosedQuerySet["Household"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who prepare. A household is a number; its people are behind a gate of their own."""
        return self._opened().filter(process_id__in=_inviting_in(actor))


class InviteeQuerySet(ClosedQuerySet["Invitee"]):
    def visible_to(self, actor: Actor) -> Self:
        """The coordinators of the process, and the person named as the one who asks, while they prepare it. Nobody who
        decides in people's cases sees a citizen here, whatever else they are. A new card's first day opens nobody older."""
        if actor.person_id is None:
            return self._opened().none()
        seen = Q(pk__in=[])
        for process_id in _inviting_in(actor):
            here = Q(process_id=process_id)
            if not actor.has_role(process_id, Role.COORDINATOR):
                here &= Q(asker_id=actor.person_id)
            seen |= here
        if decides(actor):
            seen &= ~Q(side=Side.CITIZEN)
        if actor.reads_from is not None:
            seen &= Q(created_at__gte=actor.reads_from)
        return self._opened().filter(seen)

    def with_asker(self) -> Self:
        return self.select_related("asker", "household", "letter", "process")

    def for_letter(self) -> Self:
        """With what stands on the page of a letter."""
        return self.select_related("letter", "process")

    def sides_steps_homes(self, seated: TakingPartQuerySet) -> list[tuple[str, str, UUID | None]]:
        """Of each: side, step and household; with those of `seated`, whose step is empty. One query, no names."""
        mine = self.order_by().values_list("side", "step", "household_id")
        theirs = seated.order_by().annotate(step=Value("")).values_list("side", "step", "household_id")
        return list(mine.union(theirs, all=True))


class TraceQuerySet(ClosedQuerySet["Trace"]):
    def visible_to(self, actor: Actor) -> Self:
        """As the person they are about."""
        invitee: Any = apps.get_model("inviting", "Invitee")
        return self._opened().filter(invitee__in=invitee.objects.visible_to(actor))


class WhoToAskQuerySet(ClosedQuerySet["WhoToAsk"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who prepare."""
        return self._opened().filter(process_id__in=_inviting_in(actor))


class LetterQuerySet(ClosedQuerySet["Letter"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who prepare; the letter itself goes to those it is written to."""
        return self._opened().filter(process_id__in=_inviting_in(actor))

    def with_question(self) -> Self:
        return self.select_related("question")

    def with_caller(self) -> Self:
        return self.select_related("caller_person")


class TakingPartQuerySet(ClosedQuerySet["TakingPart"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; for hosts that of the people who sit in a room they host; before somebody has a seat, for the one who
        asks them, as far as it was said while they did. Never for the coordinator as such. A new card's first day opens nothing older."""
        if actor.person_id is None:
            return self._opened().none()
        mine = Q(person_id=actor.person_id)
        asked = Q(invitee__asker_id=actor.person_id, heard_by_id=actor.person_id)
        asked &= Q(process_id__in=_inviting_in(actor))
        if decides(actor):
            asked &= ~Q(side=Side.CITIZEN)
        if actor.reads_from is not None:
            # What is said bit by bit counts as written today; the person on the list is from before.
            asked &= Q(invitee__created_at__gte=actor.reads_from)
        seen = self._opened().filter(mine | asked | Q(pk__in=self._hosted(actor)))
        return seen if actor.reads_from is None else seen.filter(written_at__gte=actor.reads_from)

    def _hosted(self, actor: Actor) -> Any:
        """Of those who sit in a room one hosts: where it is the first in which they sat, or what they wrote after they came
        there. Else a coordinator could seat them once more, in a room of its own with a host they made up, and read it."""
        hosted = [
            room for s in actor.sittings if s.role in HOST_SIDE for room in s.seats if actor.may_read(room)
        ]
        seats: Any = apps.get_model("rooms", "Seat").objects.unrestricted("since when do they sit there?")
        theirs = {
            "membership__person_id": OuterRef("person_id"),
            "membership__process_id": OuterRef("process_id"),
        }
        now = seats.filter(
            **theirs,
            room_id__in=hosted,
            ended_at__isnull=True,
            confirmed_at__isnull=False,
            membership__ended_at__isnull=True,
        )
        before = seats.filter(
            membership__person_id=OuterRef("membership__person_id"),
            membership__process_id=OuterRef("membership__process_id"),
            room__kind__in=list(CITIZEN_ROOMS),
            started_at__lt=OuterRef("started_at"),
        ).exclude(room_id=OuterRef("room_id"))
        found = Q(Exists(now.filter(~Exists(before)))) | Q(
            Exists(now.filter(started_at__lte=OuterRef("written_at")))
        )
        model: Any = apps.get_model("inviting", "TakingPart")
        return model.objects.unrestricted("whom do I follow up?").filter(found).values("pk")

    def with_person(self) -> Self:
        return self.select_related("person", "process")

    def of_person(self, person_id: UUID) -> Self:
        return self.filter(person_id=person_id).select_related("process")


def seated_by_side(process_id: UUID) -> dict[str, int]:
    """How many take part already, by side, as counts; nobody twice. One query."""
    membership: Any = apps.get_model("processes", "Membership")
    rows = membership._default_manager.all().unrestricted("how many take part already: counts by role")
    roles: dict[UUID, list[str]] = defaultdict(list)
    for person_id, role in rows.current().filter(process_id=process_id).values_list("person_id", "role"):
        roles[person_id].append(role)
    found = Counter(side_of(held) for held in roles.values())
    return {side: found[side] for side in ("citizen", "service", "host")}
