"""Who may see the board: a case, its steps, the tasks. All lean on the wall of the room called board."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import RowNumber

from langbord.access.enums import RoomKind
from langbord.access.gate import ClosedQuerySet
from langbord.base import clock

from .enums import SETTLING, STATE_ORDER, State, StepKind

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Case, Step, Taker, Task


def is_late(state: str, promised_on: date | None) -> bool:
    """The one definition of a late answer: promised for a day that is over in Norway, and still not answered.
    `CaseQuerySet.late` says the same in SQL, and a test holds the two together."""
    return state == State.WAITING and promised_on is not None and promised_on < clock.today()


def boards(actor: Actor) -> list[UUID]:
    """The boards this actor reads now."""
    return [room.id for room in actor.rooms if room.kind == RoomKind.BOARD and actor.may_read(room.id)]


def _on_boards(actor: Actor, prefix: str) -> Q:
    """What lies on a board that this actor reads. A new card's first day opens nothing older."""
    seen = Q(**{f"{prefix}room_id__in": boards(actor), f"{prefix}hidden_at__isnull": True})
    if actor.reads_from is not None:
        seen &= Q(**{f"{prefix}created_at__gte": actor.reads_from})
    return seen


class CaseQuerySet(ClosedQuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """Cases on the boards one reads, with whose words they are and who answers."""
        if actor.person_id is None:
            return self._opened().none()
        return (
            self._opened()
            .filter(_on_boards(actor, "piece__"))
            .select_related("piece", "piece__author", "responder")
        )

    def with_process(self) -> Self:
        return self.select_related("process")

    def answered_or_received(self) -> Self:
        """Answered, or with a copy that the authority has received: what keeps its row when the words go."""
        from django.apps import apps

        step: Any = apps.get_model("followup", "Step")
        answers = step.objects.unrestricted("was it answered? nothing is shown").settling()
        return self.filter(Q(on_record_at__isnull=False) | Q(Exists(answers.filter(case_id=OuterRef("pk")))))

    def late(self) -> Self:
        """See `is_late`: the same in SQL."""
        return self.filter(state=State.WAITING, promised_on__lt=clock.today())

    def unanswered(self) -> Self:
        """Waiting, with words still there to answer."""
        return self.filter(state=State.WAITING, piece__words_removed_at__isnull=True)

    def still_said(self) -> Self:
        """Whose words were not taken back."""
        return self.filter(piece__words_removed_at__isnull=True)

    def waiting_for(self, person_id: UUID | None, coordinated: Iterable[UUID]) -> Self:
        """Unanswered cases that this person answers for, and those nobody answers for where they coordinate."""
        return self.unanswered().filter(
            Q(responder_id=person_id) | Q(responder__isnull=True, process_id__in=list(coordinated))
        )

    def with_asked(self, actor: Actor) -> Self:
        """As `asks_me` the case of the process whose words somebody asks this person to keep, the oldest first (None: none).
        See `AskingQuerySet.asks`."""
        askings: Any = apps.get_model("followup", "Asking")
        first = (
            askings.objects.asks(actor)
            .filter(case__process_id=OuterRef("process_id"))
            .order_by("asked_at", "pk")
        )
        return self.annotate(asks_me=Subquery(first.values("case_id")[:1], output_field=models.UUIDField()))

    def with_promised(self, actor: Actor) -> Self:
        """As `promised_by_me` the earliest day for which this person owes an answer in the process (None: none)."""
        cases: Any = apps.get_model("followup", "Case")
        mine = (
            cases.objects.visible_to(actor)
            .unanswered()
            .filter(responder_id=actor.person_id, process_id=OuterRef("process_id"))
            .order_by("promised_on")
        )
        return self.annotate(promised_by_me=Subquery(mine.values("promised_on")[:1]))

    def as_laid(self) -> Self:
        """In the order of the board: what came of it first; within that the latest first."""
        rank = models.Case(
            *(When(state=state, then=Value(place)) for place, state in enumerate(STATE_ORDER)),
            default=Value(len(STATE_ORDER)),
            output_field=models.IntegerField(),
        )
        return self.order_by(rank, "-state_at", "pk")

    def soonest_first(self) -> Self:
        """What waits first, by the date that was promised (none last); then the rest, latest first."""
        waits = models.Case(
            When(state=State.WAITING, then=Value(0)), default=Value(1), output_field=models.IntegerField()
        )
        return self.order_by(waits, F("promised_on").asc(nulls_last=True), "-state_at", "pk")

    def latest_in_each(self, limit: int) -> Self:
        """The latest `limit` cases of each process, in one query; latest first over all."""
        number = Window(
            RowNumber(), partition_by=F("process_id"), order_by=[F("state_at").desc(), F("pk").asc()]
        )
        return (
            self.annotate(number_in_process=number)
            .filter(number_in_process__lte=limit)
            .order_by("-state_at", "pk")
        )


class StepQuerySet(ClosedQuerySet["Step"]):
    def visible_to(self, actor: Actor) -> Self:
        """Steps of the cases one sees. Whether the words of one may be shown is asked of the piece itself."""
        if actor.person_id is None:
            return self._opened().none()
        steps = self._opened().filter(_on_boards(actor, "case__piece__"))
        if actor.reads_from is not None:
            steps = steps.filter(at__gte=actor.reads_from)
        return steps.select_related("words", "by", "responder")

    def of(self, cases: Iterable[Case]) -> Self:
        return self.filter(case_id__in=[case.pk for case in cases])

    def words_only(self) -> Self:
        """Without the persons, for lists that name nobody."""
        return self.select_related(None).select_related("words")

    def telling(self) -> Self:
        """The steps a list tells of: answers, what came back, in use."""
        return self.filter(kind__in=[*SETTLING, StepKind.CAME_BACK])

    def settling(self) -> Self:
        return self.filter(kind__in=SETTLING)

    def comments(self) -> Self:
        return self.filter(kind=StepKind.COMMENT)

    def with_process(self) -> Self:
        """With the case, what was said and the process."""
        return self.select_related("case__process", "case__piece")

    def left_by(self, person_id: object, process_id: object) -> Self:
        """By one who leaves: everywhere, or in one process."""
        own = self.filter(by_id=person_id)
        return own if process_id is None else own.filter(case__process_id=process_id)

    def on_piece(self, piece_id: UUID) -> Self:
        """Steps of the case that stands on this piece."""
        return self.filter(case__piece_id=piece_id)


class TaskQuerySet(ClosedQuerySet["Task"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.person_id is None:
            return self._opened().none()
        return self._opened().filter(_on_boards(actor, "piece__")).select_related("piece", "piece__author")

    def as_laid(self) -> Self:
        """What is still to do first, oldest first."""
        return self.order_by(F("done_at").asc(nulls_first=True), "proposed_at", "pk")


class TakerQuerySet(ClosedQuerySet["Taker"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who have taken the tasks one sees; their first names stand on the board, as they were told."""
        if actor.person_id is None:
            return self._opened().none()
        return self._opened().filter(_on_boards(actor, "task__piece__")).select_related("person")

    def with_process(self) -> Self:
        return self.select_related("task__process")

    def left_by(self, person_id: object, process_id: object) -> Self:
        """Of one who leaves: everywhere, or in one process."""
        own = self.filter(person_id=person_id)
        return own if process_id is None else own.filter(task__process_id=process_id)
