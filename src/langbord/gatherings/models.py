"""A gathering: when and where, what is said about it in the room, who answers, who was there, what was noted."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from langbord.access.gate import GatedModel
from langbord.base import clock
from langbord.people.models import Person
from langbord.processes.models import Process
from langbord.rooms.models import Piece, Room
from langbord.vault.fields import SealedTextField

from .enums import AnswerKind, Need, PlanMadeBy, TableSide
from .querysets import (
    AgendaItemQuerySet,
    AnswerQuerySet,
    AttendanceQuerySet,
    CaughtInputQuerySet,
    CorrectionQuerySet,
    GatheringQuerySet,
    GatheringWordsQuerySet,
    MinutesQuerySet,
    QuoteQuerySet,
)


class Gathering(GatedModel):
    """Time and place. Also the coordinator and the researcher may see this row, and a host who still waits for the
    group's yes; the rest lies in `GatheringWords`, which only those who read the room can open.

    moved_at: when the time was last changed; answers given before that count as not given.
    held_at: when a host first said who was there. others_*: heads of people without sign-in, by side.
    needs_gone_at, names_gone_at: when needs and notes, and who came, were taken away (see `retention`); then others_*
    counts everybody.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="gatherings")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="gatherings")
    sealed_by = models.UUIDField(editable=False)
    place = SealedTextField(subject="sealed_by")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    plan_made_by = models.CharField(max_length=10, choices=PlanMadeBy.choices, blank=True, default="")
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    others_citizens = models.PositiveSmallIntegerField(default=0)
    others_service = models.PositiveSmallIntegerField(default=0)
    others_hosts = models.PositiveSmallIntegerField(default=0)
    needs_gone_at = models.DateTimeField(null=True, blank=True)
    names_gone_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(GatheringQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["room", "starts_at"], name="gathering_room_start"),
            models.Index(fields=["process", "starts_at"], name="gathering_process_start"),
        ]

    def is_over(self, at: datetime | None = None) -> bool:
        return self.ends_at <= (at or clock.now())

    def is_on(self, at: datetime | None = None) -> bool:
        at = at or clock.now()
        return self.cancelled_at is None and self.starts_at <= at < self.ends_at


class GatheringWords(GatedModel):
    """What is said about a gathering to those who read its room. Sealed with the room's key."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="words")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    title = SealedTextField(subject="sealed_by", blank=True, default="")
    ground = SealedTextField(subject="sealed_by", blank=True, default="")
    food = SealedTextField(subject="sealed_by", blank=True, default="")
    practical = SealedTextField(subject="sealed_by", blank=True, default="")
    cancelled_why = SealedTextField(subject="sealed_by", blank=True, default="")

    objects = models.Manager.from_queryset(GatheringWordsQuerySet)()

    class Meta(GatedModel.Meta):
        pass


class AgendaItem(GatedModel):
    """One thing to do at a gathering. minutes: how long, about; who: who has wished to do it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="agenda")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    text = SealedTextField(subject="sealed_by")
    who = SealedTextField(subject="sealed_by", blank=True, default="")

    objects = models.Manager.from_queryset(AgendaItemQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["position"]


class Answer(GatedModel):
    """Whether one person comes, and what they need. Sealed with that person's key. needs: values of `Need`, separated
    by spaces; also which needs one has is sealed."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="answers")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=TableSide.choices)
    answer = models.CharField(max_length=10, choices=AnswerKind.choices, blank=True, default="")
    answered_at = models.DateTimeField()
    sealed_by = models.UUIDField(editable=False)
    needs = SealedTextField(subject="sealed_by", blank=True, default="")
    note = SealedTextField(subject="sealed_by", blank=True, default="")

    objects = models.Manager.from_queryset(AnswerQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="one_answer_per_gathering")
        ]

    @property
    def need_kinds(self) -> list[str]:
        return [kind for kind in str(self.needs).split() if kind in Need.values]

    @property
    def shown_needs(self) -> list[str]:
        return [str(Need(kind).label) for kind in self.need_kinds]


class Attendance(GatedModel):
    """One person was at a gathering. Never an export, never a history for those who decide in anybody's case."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendance")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=TableSide.choices)
    marked_at = models.DateTimeField()

    objects = models.Manager.from_queryset(AttendanceQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="there_once")]


class CaughtInput(GatedModel):
    """An input that was noted together after a gathering. Its words are the piece's."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="caught")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="caught_at")

    objects = models.Manager.from_queryset(CaughtInputQuerySet)()

    class Meta(GatedModel.Meta):
        pass


class Minutes(GatedModel):
    """The minutes of a gathering. Unpublished: its piece is a draft that its writer alone reads. Published: its piece
    is the group's, in the gathering's room; one for each gathering."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="minutes")
    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="minutes_of")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(MinutesQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["gathering"],
                condition=models.Q(published_at__isnull=False),
                name="one_published_minutes",
            )
        ]


class Quote(GatedModel):
    """That minutes hold what one person said: which piece, never the words. They are drawn from the piece as it is now,
    and only while the person says yes to standing in minutes (asked when the page is drawn; stored nowhere)."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="quotes")
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="+")

    objects = models.Manager.from_queryset(QuoteQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["minutes", "piece"], name="quoted_once")]


class Correction(GatedModel):
    """«Dette stemmer ikke»: somebody's own words about what the minutes got wrong."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="corrections")
    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="corrects")

    objects = models.Manager.from_queryset(CorrectionQuerySet)()

    class Meta(GatedModel.Meta):
        pass
