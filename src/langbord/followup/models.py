"""The board: what was carried over to it, what happened to it, and the tasks people share."""

from __future__ import annotations

from typing import Any

from django.db import models

from langbord.access.enums import Side
from langbord.access.gate import GatedModel
from langbord.base.models import AppendOnly
from langbord.people.models import Person
from langbord.processes.models import Process
from langbord.rooms.models import Piece
from langbord.vault.fields import SealedTextField

from .enums import Source, State, StepKind
from .querysets import CaseQuerySet, StepQuerySet, TakerQuerySet, TaskQuerySet, is_late


class Case(GatedModel):
    """Something that was said and carried over to the board, from the day it came (`received_at`).

    side, source: where it came from, worked out when it arrives and not changed by later roles. responder: who has
    promised an answer, by when (`promised_on`, a date in Norway). state and state_at follow the last settling step.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="cases")
    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="case")
    side = models.CharField(max_length=10, choices=Side.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    responder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    promised_on = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    state_at = models.DateTimeField()

    objects = models.Manager.from_queryset(CaseQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-state_at", "pk"]
        indexes = [
            models.Index(fields=["process", "state", "-state_at"], name="case_process_state"),
            models.Index(fields=["responder", "state", "promised_on"], name="case_responder"),
        ]

    @property
    def is_late(self) -> bool:
        return is_late(self.state, self.promised_on)

    @property
    def words_taken_back(self) -> bool:
        return self.piece.words_removed_at is not None


class Step(GatedModel):
    """One thing that happened to a case: a promise, an answer, what came back, in use, a comment. Only added to.

    words: the piece with the reason or the comment; empty for a promise, or when the one who wrote it erased it (the
    step with its date stays). sent_to: where a question went that is not ours to decide, sealed as its writer's words.
    responder and promised_on: what was promised, by a step of kind promise.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    words = models.OneToOneField(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    responder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    promised_on = models.DateField(null=True, blank=True)
    sealed_by = models.UUIDField(editable=False)
    sent_to = SealedTextField(subject="sealed_by", blank=True, default="")

    objects = models.Manager.from_queryset(StepQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "at"], name="step_case_at")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("what happened to a case is never changed; add a new step")
        super().save(*args, **kwargs)


class Task(GatedModel):
    """Something to be done together. Taken by wish, by anybody who reads the board; it may belong to a case."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="tasks")
    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="task")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks")
    proposed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(TaskQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["proposed_at", "pk"]


class Taker(GatedModel):
    """Somebody who has taken a task because they wanted to. Leaving it removes the row: nobody keeps a score."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="takers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()

    objects = models.Manager.from_queryset(TakerQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["taken_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="taken_once")]
