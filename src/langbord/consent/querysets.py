"""Who may see consent records: oneself, and the adult who answers beside a child sees the child's head.

Nobody else reads records or events: hosts, coordinators and researchers ask `asking.py`, which gives them a yes or a no
for the purposes they need (2-walls, the row *consents*).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from langbord.access.enums import HOST_SIDE
from langbord.access.gate import ClosedQuerySet
from langbord.base.models import AppendOnly, Event
from langbord.processes.models import Membership, Process

from . import hooks
from .enums import NO_KINDS, YES_KINDS

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import ConsentEvent, ConsentRecord, Guardianship, Witness

FACTS = (
    "pk",
    "process_id",
    "person_id",
    "age_band",
    "process__template",
    "process__used_purposes__off",
    "process__research_ends_on",
)
GUARDS = (
    "guardianships__pk",
    "guardianships__ended_at",
    "guardianships__objected_at",
    "guardianships__guardian_id",
    "adult_here",
)


class ConsentRecordQuerySet(ClosedQuerySet["ConsentRecord"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        if actor.person_id is None:
            return self._opened().none()
        return self._opened().filter(person_id=actor.person_id)

    def of_members(self, process_id: UUID) -> Self:
        """Of those who take part in the process now."""
        here = Membership.objects.unrestricted("who takes part now: a yes ends with it").filter(
            person_id=OuterRef("person_id"), process_id=process_id, ended_at__isnull=True
        )
        return self.filter(Exists(here), process_id=process_id).annotate(
            adult_here=_takes_part("guardianships__guardian_id", "process_id")
        )

    def of_those_who_left(self) -> Any:
        """Of those who take no part in that process now, with when their last role there ended (`left_at`)."""
        roles = Membership.objects.unrestricted("when somebody took part for the last time").filter(
            person_id=OuterRef("person_id"), process_id=OuterRef("process_id")
        )
        return (
            self.exclude(Exists(roles.filter(ended_at__isnull=True)))
            .annotate(left_at=Subquery(roles.order_by("-ended_at").values("ended_at")[:1]))
            .order_by("pk")
        )


class ConsentEventQuerySet(ClosedQuerySet["ConsentEvent"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those about oneself, whoever answered. A new card's first day opens nothing older."""
        if actor.person_id is None:
            return self._opened().none()
        seen = self._opened().filter(record__person_id=actor.person_id)
        return seen if actor.reads_from is None else seen.filter(at__gte=actor.reads_from)

    def in_order(self) -> Self:
        return self.order_by("record_id", "number")

    def with_process(self) -> Self:
        return self.select_related("record__process")

    def about(self, person_id: UUID) -> Self:
        return self.filter(record__person_id=person_id)

    def in_process(self, process_id: UUID) -> Self:
        return self.filter(record__process_id=process_id)

    def of_person(self, person_id: UUID) -> Self:
        """All there is about one person, in order."""
        return self.filter(record__person_id=person_id).in_order()

    def of_record(self, record_id: UUID) -> Self:
        return self.filter(record_id=record_id)

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("what was answered is never changed; add a new event")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("what was answered is never changed; add a new event")

    def delete(self) -> tuple[int, dict[str, int]]:
        from .erasing import must_be_erasing

        must_be_erasing()
        return super().delete()


class GuardianshipQuerySet(ClosedQuerySet["Guardianship"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those about oneself; and, while one takes part in the same process, those in which one is the adult and
        counts. A new card's first day opens nothing older."""
        if actor.person_id is None:
            return self._opened().none()
        mine = Q(record__person_id=actor.person_id)
        guards = Q(
            guardian_id=actor.person_id,
            ended_at__isnull=True,
            objected_at__isnull=True,
            record__process_id__in=list(actor.process_ids),
        )
        seen = self._opened().filter(mine | guards)
        return seen if actor.reads_from is None else seen.filter(made_at__gte=actor.reads_from)

    def about(self, person_id: UUID) -> Self:
        return self.filter(record__person_id=person_id)

    def guarded_by(self, person_id: UUID) -> Self:
        return self.filter(guardian_id=person_id)

    def standing_in(self, process_id: UUID) -> Self:
        """Not ended, in this process; with the young person's head."""
        return self.filter(record__process_id=process_id, ended_at__isnull=True).select_related("record")

    def with_people(self) -> Self:
        """With child, process and adult, and whether an adult who signs in takes part there (`adult_here`)."""
        found = self.select_related("record__person", "record__process", "guardian")
        return found.with_adult_here()

    def with_adult_here(self) -> Self:
        return self.annotate(adult_here=_takes_part("guardian_id", "record__process_id"))


class WitnessQuerySet(ClosedQuerySet["Witness"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who heard one's own answers."""
        if actor.person_id is None:
            return self._opened().none()
        seen = self._opened().filter(event__record__person_id=actor.person_id)
        return seen if actor.reads_from is None else seen.filter(event__at__gte=actor.reads_from)

    def about(self, person_id: UUID) -> Self:
        return self.filter(event__record__person_id=person_id)

    def of_person(self, person_id: UUID) -> Self:
        return self.filter(event__record__person_id=person_id)


def _takes_part(person: str, process: str) -> Exists:
    """Whether the person in that column takes part now in the process in the other."""
    return Exists(
        Membership.objects.unrestricted("does the adult beside still take part?").filter(
            person_id=OuterRef(person), process_id=OuterRef(process), ended_at__isnull=True
        )
    )


_NOWHERE = Value(None, output_field=UUIDField())


def own_heads(person_id: UUID, *process_ids: UUID) -> QuerySet[Process, tuple[Any, ...]]:
    """One row per process × guardianship × event: the process' choice of purposes, the person's head if there is one,
    the adults beside, the events in order, and where something else waits for an answer (`hooks`). One query, since the home page asks it too, and compiled once
    (`base/often.py`): nothing in it depends on anything but these ids."""
    return (
        Process.objects.unrestricted("a person's own answers, and which purposes their processes use")
        .filter(pk__in=process_ids)
        .annotate(
            own=FilteredRelation("consent_records", condition=Q(consent_records__person_id=person_id)),
            here=Exists(
                Membership.objects.unrestricted("who takes part now: a yes ends with it").filter(
                    person_id=person_id, process_id=OuterRef("pk"), ended_at__isnull=True
                )
            ),
            unseen=Exists(written_for(person_id).filter(record__process_id=OuterRef("pk"))),
            adult_here=_takes_part("own__guardianships__guardian_id", "pk"),
            waits=Coalesce(*(Subquery(make(person_id)) for make in hooks.waits_in), _NOWHERE, _NOWHERE),
        )
        .order_by("pk", "own__events__number")
        .values_list(
            "own__pk",
            "pk",
            "own__person_id",
            "own__age_band",
            "template",
            "used_purposes__off",
            "research_ends_on",
            "here",
            "unseen",
            "waits",
            "own__guardianships__pk",
            "own__guardianships__ended_at",
            "own__guardianships__objected_at",
            "own__guardianships__guardian_id",
            "adult_here",
            "own__events__number",
            "own__events__purpose",
            "own__events__kind",
            "own__events__by",
            "own__events__guardianship_id",
            "own__events__notice_version",
            "own__events__at",
        )
    )


LOOKED_AT = ("consent.said-right", "consent.said-not")
"""What the log says when somebody has looked at an answer that another wrote down for them."""


def written_for(person_id: UUID) -> QuerySet[ConsentEvent]:
    """Answers that somebody else wrote down for this person, and that the person has not looked at yet."""
    model: Any = apps.get_model("consent", "ConsentEvent")
    looked_at = Event.objects.filter(actor_id=person_id, verb__in=LOOKED_AT, object_id=OuterRef("pk"))
    found: QuerySet[ConsentEvent] = (
        model.objects.unrestricted("one's own answers, written down by somebody else")
        .filter(
            record__person_id=person_id,
            kind__in=[*YES_KINDS, *NO_KINDS],
            recorded_by__isnull=False,
            guardianship_id__isnull=True,
        )
        .exclude(recorded_by=person_id)
        .exclude(Exists(looked_at))
    )
    return found


def with_controller(actor: Actor) -> QuerySet[Process]:
    """The processes one takes part in, with who answers for them and how to ask about personal data."""
    found: QuerySet[Process] = Process.objects.visible_to(actor).select_related(
        "organisation__controller_contact"
    )
    return found


def people_one_hosts(actor: Actor, process_id: UUID) -> QuerySet[Membership]:
    """Memberships of those who sit now, with a confirmed seat, in a room of the process that this actor hosts."""
    rooms = [
        room
        for sitting in actor.sittings_in(process_id)
        if sitting.role in HOST_SIDE
        for room in sitting.seats
        if actor.may_read(room)
    ]
    found: QuerySet[Membership] = (
        Membership.objects.unrestricted("whose host am I?")
        .filter(
            process_id=process_id,
            ended_at__isnull=True,
            seats__room_id__in=rooms,
            seats__ended_at__isnull=True,
            seats__confirmed_at__isnull=False,
        )
        .distinct()
    )
    return found
