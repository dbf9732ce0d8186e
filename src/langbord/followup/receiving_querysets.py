"""Who may see that somebody asks to take an input into the authority's record, and who reads the copy that was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery

from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, Role
from langbord.access.gate import ClosedQuerySet

from .querysets import boards

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Asking, AskingAnswer, Received

SERVES = (Role.EMPLOYEE, Role.COORDINATOR, Role.LEADER)
"""Who can answer for the authority. A partner has a house of their own, and its archive is not the municipality's."""


def coordinated(actor: Actor) -> list[UUID]:
    return [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]


def served(actor: Actor) -> list[UUID]:
    return [s.process_id for s in actor.sittings if s.role in SERVES]


def groups_of(actor: Actor) -> list[UUID]:
    """The citizens' groups in which one sits, as citizen or host, and whose walls one passes."""
    return [
        room.id
        for room in actor.rooms
        if room.kind in CITIZEN_ROOMS
        and actor.may_read(room.id)
        and actor.sits_in(room.id, *CITIZEN_SIDE, *HOST_SIDE)
    ]


def own_groups(actor: Actor) -> list[UUID]:
    """Those of them in which one sits as a citizen: where one's own yes counts."""
    return [pk for pk in groups_of(actor) if actor.sits_in(pk, *CITIZEN_SIDE)]


class AskingQuerySet(ClosedQuerySet["Asking"]):
    def visible_to(self, actor: Actor) -> Self:
        """The one who is asked (the author; a group's citizens and hosts) and those who answer for the service in this
        case. Nobody else on the board learns that anybody was asked, so that a no costs nothing."""
        if actor.person_id is None:
            return self._opened().none()
        on_board = Q(case__piece__room_id__in=boards(actor), case__piece__hidden_at__isnull=True)
        asked = Q(case__piece__author_id=actor.person_id) | Q(room_id__in=groups_of(actor))
        asking = Q(case__process_id__in=coordinated(actor)) | (
            Q(case__process_id__in=served(actor))
            & (Q(case__responder_id=actor.person_id) | Q(asked_by_id=actor.person_id))
        )
        seen = self._opened().filter(on_board, asked | asking)
        if actor.reads_from is not None:
            seen = seen.filter(asked_at__gte=actor.reads_from, case__piece__created_at__gte=actor.reads_from)
        return seen.select_related("case__piece__author", "case__responder", "asked_by")

    def with_answer_of(self, actor: Actor) -> Self:
        """As `own_answer` what this person has answered (None: nothing yet)."""
        answers: Any = apps.get_model("followup", "AskingAnswer")
        own = answers.objects.visible_to(actor).filter(asking=OuterRef("pk")).values("yes")[:1]
        return self.annotate(own_answer=Subquery(own))

    def asks(self, actor: Actor) -> Self:
        """Of what `visible_to` shows, that which asks this very person, who has not answered, about words that still stand.
        Nobody is asked while they are silent for a while; the question waits on the page of the case.

        Opens by itself, and says each thing once: every home page asks it as a part of another query."""
        if actor.person_id is None:
            return self._opened().none()
        answers: Any = apps.get_model("followup", "AskingAnswer")
        answered = answers.objects.visible_to(actor).filter(asking=OuterRef("pk"))
        groups = own_groups(actor)
        author = Q(case__piece__author_id=actor.person_id)
        seen = self._opened().filter(
            author | Q(room_id__in=groups) if groups else author,
            ~Exists(answered),
            settled_at__isnull=True,
            case__piece__room_id__in=boards(actor),
            case__piece__hidden_at__isnull=True,
            case__piece__words_removed_at__isnull=True,
        )
        silent = [pk for pk in actor.process_ids if actor.is_silent(pk)]
        if silent:
            seen = seen.exclude(case__process_id__in=silent)
        if actor.reads_from is not None:
            seen = seen.filter(asked_at__gte=actor.reads_from, case__piece__created_at__gte=actor.reads_from)
        return seen

    def left_by(self, person_id: UUID, process_id: UUID | None) -> Self:
        """What somebody who leaves (one process, or all) has asked, with the case and its piece."""
        asked = self.filter(sealed_by=person_id).select_related("case__piece")
        return asked if process_id is None else asked.filter(case__process_id=process_id)


class AskingAnswerQuerySet(ClosedQuerySet["AskingAnswer"]):
    def visible_to(self, actor: Actor) -> Self:
        """Only one's own answer; on the first day of a new card none from before."""
        own = self._opened().filter(person_id=actor.person_id)
        return own if actor.reads_from is None else own.filter(at__gte=actor.reads_from)

    def with_process(self) -> Self:
        return self.select_related("asking__case__process")

    def in_process(self, process_id: UUID) -> Self:
        return self.filter(asking__case__process_id=process_id)


class ReceivedQuerySet(ClosedQuerySet["Received"]):
    def visible_to(self, actor: Actor) -> Self:
        """The coordinator, the one of the service who answers in the case, and whoever said it: the author, or the group
        whose piece it was. Nobody else in the product; the authority's archive has rules of its own."""
        if actor.person_id is None:
            return self._opened().none()
        seen = self._opened().filter(
            Q(author_id=actor.person_id, process_id__in=actor.process_ids)
            | Q(room_id__in=groups_of(actor))
            | Q(process_id__in=coordinated(actor))
            | Q(process_id__in=served(actor), case__responder_id=actor.person_id)
        )
        if actor.reads_from is not None:
            seen = seen.filter(received_at__gte=actor.reads_from)
        return seen.select_related("organisation", "case")

    def with_organisation(self) -> Self:
        """With the organisation whose record it is."""
        return self.select_related("organisation")
