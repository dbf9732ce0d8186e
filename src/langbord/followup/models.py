"""The board: what was carried over to it, what happened to it, and the tasks people share."""

from __future__ import annotations

from typing import Any

from django.db import models

from langbord.access.enums import Side
from langbord.access.gate import GatedModel
from langbord.base.models import AppendOnly
from langbord.people.models import Organisation, Person
from langbord.processes.models import Process
from langbord.rooms.models import Piece, Room
from langbord.vault.fields import SealedTextField

from .enums import Source, State, StepKind
from .querysets import CaseQuerySet, StepQuerySet, TakerQuerySet, TaskQuerySet, is_late
from .receiving_querysets import AskingAnswerQuerySet, AskingQuerySet, ReceivedQuerySet


class Case(GatedModel):
    """Something that was said and carried over to the board, from the day it came (`received_at`).

    side, source: where it came from, worked out when it arrives and not changed by later roles. responder: who has
    promised an answer, by when (`promised_on`, a date in Norway). state and state_at follow the last settling step.
    on_record_at: when a copy became the authority's record, with the author's yes (see `Received`); `received_at` is only
    the day it came to the board.
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
    on_record_at = models.DateTimeField(null=True, blank=True)

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


class Asking(GatedModel):
    """Somebody who answers for the service asks to take an input into the authority's record. One for each case: nobody is
    asked twice.

    reason: why, sealed as the words of the one who asks. room: the citizens' group whose piece it is; empty when one
    person is its author. agreed_*: a host has recorded that the group agreed, which takes effect after seven days without
    a no. settled_at: a copy was taken.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="asking")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    sealed_by = models.UUIDField(editable=False)
    reason = SealedTextField(subject="sealed_by")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(AskingQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["asked_at", "pk"]


class AskingAnswer(GatedModel):
    """One person's own yes or no to an asking. Nobody else ever sees it: a no looks like no answer."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    yes = models.BooleanField()
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(AskingAnswerQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["asking", "person"], name="one_asking_answer_each")]


class Received(GatedModel):
    """What was received by the authority: a copy of the words as they stood, sealed with the organisation's own key.

    It outlives the case, the author and the process: taking back or leaving does not reach it, and the author was told so
    before (2-walls). said_by: whose words, as the board showed it (a first name only if it was signed). author, room: who
    may still read it here; empty when they have left with everything.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="received")
    process = models.ForeignKey(Process, null=True, on_delete=models.SET_NULL, related_name="received")
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="received")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    body = SealedTextField(subject="sealed_by")
    said_by = SealedTextField(subject="sealed_by")
    said_at = models.DateTimeField()
    about = SealedTextField(subject="sealed_by")
    reason = SealedTextField(subject="sealed_by")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by_name = SealedTextField(subject="sealed_by", blank=True, default="")
    received_at = models.DateTimeField()
    archive_reference = SealedTextField(subject="sealed_by", blank=True, default="")

    objects = models.Manager.from_queryset(ReceivedQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["received_at", "pk"]
        indexes = [models.Index(fields=["process", "received_at"], name="received_process_at")]
