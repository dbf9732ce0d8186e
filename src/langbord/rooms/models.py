"""Rooms, seats, pieces, group decisions and the door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from langbord.access.enums import RoomKind, shown_room_name
from langbord.access.gate import GatedModel
from langbord.people.models import Person
from langbord.processes.models import Membership, Process
from langbord.vault.fields import SealedTextField

from .enums import DecisionKind, DoorAnswer, PieceKind
from .querysets import (
    DoorWishQuerySet,
    GroupAnswerQuerySet,
    GroupDecisionQuerySet,
    HostYesQuerySet,
    PieceQuerySet,
    RoomQuerySet,
    SeatQuerySet,
)


def stands_open(has_door: bool, opened_at: datetime | None) -> bool:
    """Is the way to the joint table open? True also for a group without a door."""
    return not has_door or opened_at is not None


class Room(GatedModel):
    """A place in a process with a fixed audience. The door belongs to a citizens' room (peer or group)."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="rooms")
    kind = models.CharField(max_length=10, choices=RoomKind.choices)
    name = models.CharField(max_length=80)
    has_door = models.BooleanField(default=False)
    door_opened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = models.Manager.from_queryset(RoomQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["created_at"]

    @property
    def door_is_open(self) -> bool:
        return stands_open(self.has_door, self.door_opened_at)

    @property
    def shown_name(self) -> str:
        return shown_room_name(self.kind, self.name)

    def __str__(self) -> str:
        return self.name


class Seat(GatedModel):
    """A membership in a room. `confirmed_at` is empty while the group has not said yes to a host who is employed by the
    service: until then the seat opens nothing."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="seats")
    started_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(SeatQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["room", "membership"],
                condition=models.Q(ended_at__isnull=True),
                name="one_current_seat",
            )
        ]


class Piece(GatedModel):
    """Anything somebody wrote. In exactly one room, or in none: then it is a draft that only its author reads.

    author: empty for a group's piece. sealed_by: whose key seals the words (the author's, or the group room's own id).
    signed: whether the author's name is shown where it now lies. copied_from: what it was carried over from.
    words_removed_at: the words were taken back after an answer; the answer and the dates stay.
    hidden_*: a host keeps it back until they have talked with its author.
    left_at: its author has left and let it stay without their name. Nobody changes it or carries it on.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="pieces")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="pieces")
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces")
    sealed_by = models.UUIDField(editable=False)
    kind = models.CharField(max_length=20, choices=PieceKind.choices)
    body = SealedTextField(subject="sealed_by", blank=True, default="")
    signed = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )
    words_removed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    hidden_why = SealedTextField(subject="sealed_by", blank=True, default="")

    objects = models.Manager.from_queryset(PieceQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-shared_at", "-created_at"]
        indexes = [
            models.Index(fields=["room", "kind", "-shared_at"], name="piece_room_kind"),
            models.Index(fields=["author", "-created_at"], name="piece_author"),
        ]

    @property
    def is_draft(self) -> bool:
        return self.room_id is None

    @property
    def shown_kind(self) -> Any:
        return PieceKind(self.kind).label


class GroupDecision(GatedModel):
    """The group takes a piece of its own over to another room: recorded by a host, with each citizen's own answer.

    Takes effect when every citizen has said yes, or seven days after a host recorded it if nobody has said no.
    Silence is not a yes: those seven days are for saying no in peace.

    kind back: the group takes its `copy` back from where it lies (`target`). Then every yes is needed here, or a host
    records the group's own word, and it is done at once: what is taken back harms nobody.
    """

    kind = models.CharField(max_length=4, choices=DecisionKind.choices, default=DecisionKind.OVER)

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="decisions")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="decisions")
    target = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by")
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    agreed_at_gathering = models.BooleanField(default=False)
    effective_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    copy = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(GroupDecisionQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-recorded_at"]


class GroupAnswer(GatedModel):
    """One citizen's own yes or no to a group decision. Nobody else sees who answered what."""

    decision = models.ForeignKey(GroupDecision, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    yes = models.BooleanField()
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(GroupAnswerQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="one_answer_each")]


class DoorWish(GatedModel):
    """What one citizen answers at their group's door. Nobody else sees it; only the sum opens anything."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="wishes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=DoorAnswer.choices)
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(DoorWishQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="one_wish_each")]


class HostYes(GatedModel):
    """One citizen's yes (or no) to a host or daily leader who works in the service."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    yes = models.BooleanField()
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(HostYesQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["seat", "person"], name="one_yes_each")]
