"""Who may see what of learning. Notes and marks: their writer alone. What belongs to a service room: who reads that room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from langbord.access.enums import AT_WORK, CITIZEN_SIDE, Role
from langbord.access.gate import ClosedQuerySet

from . import rules

if TYPE_CHECKING:
    from uuid import UUID

    from langbord.access.actor import Actor
    from langbord.people.models import Person

    from .models import (
        CourseNote,
        CoursePlace,
        Lab,
        Laid,
        MentorAnswer,
        MentorQuestion,
        OwnMarks,
        Round,
        TalkPlan,
        UnitEntry,
    )


def service_rooms(actor: Actor) -> list[UUID]:
    """The service rooms this person reads now."""
    return [room.id for room in rules.service_rooms(actor)]


def unit_of(actor: Actor) -> Any:
    """The unit whose log this person reads: where they work, while they have a role of the service somewhere. A citizen, or
    somebody paid to take part, has none here, whatever is registered: the log is the service's talk with itself."""
    roles = {sitting.role for sitting in actor.sittings}
    if actor.person is None or roles & CITIZEN_SIDE or not roles & AT_WORK:
        return None
    return actor.person.unit_id


class CourseNoteQuerySet(ClosedQuerySet["CourseNote"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own. On the first day of a new card nothing older."""
        if actor.person_id is None:
            return self._opened().none()
        rows = self._opened().filter(person_id=actor.person_id)
        return rows if actor.reads_from is None else rows.filter(written_at__gte=actor.reads_from)

    def with_piece(self) -> Self:
        return self.select_related("piece__room")

    def of_person(self, person_id: object) -> Self:
        return self.filter(person_id=person_id).order_by("unit_key", "written_at")


class CoursePlaceQuerySet(ClosedQuerySet["CoursePlace"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; on the first day of a new card nothing older. Nobody else sees how far anybody has come."""
        if actor.person_id is None:
            return self._opened().none()
        rows = self._opened().filter(person_id=actor.person_id)
        return rows if actor.reads_from is None else rows.filter(at__gte=actor.reads_from)


class TalkPlanQuerySet(ClosedQuerySet["TalkPlan"]):
    def visible_to(self, actor: Actor) -> Self:
        """The service room, also on a card's first day: a plan holds no words, and its gatherings are the calendar's."""
        return self._opened().filter(room_id__in=service_rooms(actor))


class LabQuerySet(ClosedQuerySet["Lab"]):
    def visible_to(self, actor: Actor) -> Self:
        """The service room, also on a card's first day: a lab belongs to the calendar. Its notes have a gate of their own."""
        return self._opened().filter(room_id__in=service_rooms(actor))

    def laid(self) -> Self:
        """With the gathering and its words, which the same people read."""
        return self.select_related("gathering__words", "plan")

    def in_process(self, process_id: object) -> Self:
        return self.filter(gathering__process_id=process_id).laid().order_by("-gathering__starts_at", "pk")

    def held_before(self, room_id: object, starts_at: object) -> Self:
        """Labs of the room that were not called off and begin before this time, the last first."""
        return (
            self.filter(
                room_id=room_id, gathering__starts_at__lt=starts_at, gathering__cancelled_at__isnull=True
            )
            .laid()
            .order_by("-gathering__starts_at", "pk")
        )


class OwnMarksQuerySet(ClosedQuerySet["OwnMarks"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own. On the first day of a new card nothing older."""
        if actor.person_id is None:
            return self._opened().none()
        rows = self._opened().filter(person_id=actor.person_id)
        return rows if actor.reads_from is None else rows.filter(begun_at__gte=actor.reads_from)


class RoundQuerySet(ClosedQuerySet["Round"]):
    def visible_to(self, actor: Actor) -> Self:
        """The service room. On the first day of a new card nothing older: a round shows what others have filled in."""
        rows = self._opened().filter(room_id__in=service_rooms(actor))
        return rows if actor.reads_from is None else rows.filter(opened_at__gte=actor.reads_from)

    def that_these_may_compare(self, round_: Round, people: list[UUID]) -> Self:
        """Other rounds on the same sheet, in the same room or with marks of one of these people."""
        near = Q(room_id=round_.room_id) | Q(laid__person_id__in=people)
        return self.filter(near, sheet_key=round_.sheet_key).exclude(pk=round_.pk).order_by("pk").distinct()


class LaidQuerySet(ClosedQuerySet["Laid"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own: nobody sees who has laid anything, nor what. On the first day of a new card nothing older."""
        if actor.person_id is None:
            return self._opened().none()
        rows = self._opened().filter(person_id=actor.person_id)
        return rows if actor.reads_from is None else rows.filter(at__gte=actor.reads_from)

    def with_round(self) -> Self:
        return self.select_related("round")

    def left_behind(self, actor: Actor) -> Self:
        """What this person has on the table where they read no longer: marks in an open round, words in a closed one. (When
        fewer than five had laid, the words went as it closed.)"""
        on_table = Q(round__closed_at__isnull=True) | Q(round__outcome="shown")
        return self.filter(on_table).exclude(round__room_id__in=service_rooms(actor)).with_round()

    def of_person(self, person_id: object) -> Self:
        return self.filter(person_id=person_id).select_related("round").order_by("at")


class UnitEntryQuerySet(ClosedQuerySet["UnitEntry"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own people, from the day they were registered on. Older entries wait behind that day: a coordinator
        elsewhere could invent a colleague, as for the groups (decision 0018). A leader reads it as one of the unit. And
        whoever wrote it, also after they have stopped there: it is theirs to take away."""
        if actor.person is None:
            return self._opened().none()
        seen = Q(author_id=actor.person_id)
        if (unit_id := unit_of(actor)) is not None:
            seen |= Q(unit_id=unit_id, at__gte=actor.person.created_at)
        rows = self._opened().filter(seen)
        return rows if actor.reads_from is None else rows.filter(at__gte=actor.reads_from)

    def of_unit(self, unit_id: object) -> Self:
        return self.filter(unit_id=unit_id)

    def left_behind(self, actor: Actor) -> Self:
        """What this person wrote in the log of a unit where they work no longer."""
        mine = self.filter(author_id=actor.person_id)
        unit_id = unit_of(actor)
        return mine if unit_id is None else mine.exclude(unit_id=unit_id)


class MentorQuestionQuerySet(ClosedQuerySet["MentorQuestion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever asked, also after their role has ended, since others may still be reading and the words are theirs; the
        service room, where that was chosen; and the mentor who was asked, while they are one. Taken back: only the
        mentor, who has their own answer there and no words of the question."""
        if actor.person_id is None:
            return self._opened().none()
        rings = [sitting.process_id for sitting in actor.mentoring]
        mine = Q(asker_id=actor.person_id, taken_back_at__isnull=True)
        along = Q(circle="service", room_id__in=service_rooms(actor), taken_back_at__isnull=True)
        asked = Q(mentor_id=actor.person_id, process_id__in=rings)
        answered = Q(taken_back_at__isnull=True) | Q(
            pk__in=_answers().filter(author_id=actor.person_id).values("question_id")
        )
        rows = self._opened().filter(mine | along | (asked & answered))
        return rows if actor.reads_from is None else rows.filter(asked_at__gte=actor.reads_from)

    def with_people(self) -> Self:
        """With who asks whom: those who read the question may know both."""
        return self.select_related("asker", "mentor", "process")

    def left_behind(self, actor: Actor) -> Self:
        """What this person has asked in a service room they read no longer: the mentor's page there does not open to them."""
        here = {room.process_id for room in actor.rooms if room.id in service_rooms(actor)}
        return self.filter(asker_id=actor.person_id).exclude(process_id__in=here)

    def answers_go_to(self, actor: Actor) -> Self:
        """Questions whose answers this person reads. Whoever asked and has stopped has their own words left, no others'."""
        return self.exclude(Q(asker_id=actor.person_id) & ~Q(process_id__in=actor.process_ids))

    def of_person(self, person_id: object) -> Self:
        return self.filter(asker_id=person_id).order_by("asked_at")


class MentorAnswerQuerySet(ClosedQuerySet["MentorAnswer"]):
    def visible_to(self, actor: Actor) -> Self:
        """With the question, while one takes part; and the mentor who wrote it, also after they have stopped: it is theirs to
        take back. Nobody else reads an answer to what was taken back."""
        if actor.person_id is None:
            return self._opened().none()
        questions: Any = apps.get_model("learning", "MentorQuestion")
        seen = questions.objects.visible_to(actor).answers_go_to(actor).values("pk")
        rows = self._opened().filter(Q(question_id__in=seen) | Q(author_id=actor.person_id))
        return rows if actor.reads_from is None else rows.filter(at__gte=actor.reads_from)

    def left_behind(self, actor: Actor) -> Self:
        """What this person answered where they are a mentor no longer."""
        rings = [sitting.process_id for sitting in actor.mentoring]
        return self.filter(author_id=actor.person_id).exclude(question__process_id__in=rings)

    def of_person(self, person_id: object) -> Self:
        return self.filter(author_id=person_id).order_by("at")


def _answers() -> Any:
    answers: Any = apps.get_model("learning", "MentorAnswer")
    return answers.objects.unrestricted("which questions a mentor has answered themself")


def mentors_in(process_id: object) -> list[Person]:
    """Those whom the process may ring. Whoever may ask must know whom."""
    members: Any = apps.get_model("processes", "Membership")
    rows = (
        members.objects.unrestricted("whom one may ask")
        .filter(process_id=process_id, role=Role.MENTOR, ended_at__isnull=True)
        .select_related("person")
        .order_by("started_at", "pk")
    )
    return [row.person for row in rows]


def colleagues(unit_id: object) -> list[Person]:
    """Those who work in a unit now, for the line that says who reads its log. The same people as `unit_of` lets in."""
    people: Any = apps.get_model("people", "Person")
    members: Any = apps.get_model("processes", "Membership")
    rows = people.objects.unrestricted("who reads the unit's log").filter(unit_id=unit_id)
    now = members.objects.unrestricted("who reads the unit's log").filter(ended_at__isnull=True)
    works = now.filter(role__in=list(AT_WORK)).values("person_id")
    among = now.filter(role__in=list(CITIZEN_SIDE)).values("person_id")
    return list(rows.filter(pk__in=works).exclude(pk__in=among).order_by("created_at", "pk"))
