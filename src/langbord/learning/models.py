"""What is held of learning: notes that only their writer reads, labs, rounds of reflection, a unit's log, questions to a
mentor. Content (the course, the sheets) lies in files and is named by its key."""

from __future__ import annotations

from django.db import models

from langbord.access.gate import GatedModel
from langbord.gatherings.models import Gathering
from langbord.people.models import Person, Unit
from langbord.processes.models import Process
from langbord.rooms.models import Piece, Room
from langbord.vault.fields import SealedTextField

from .enums import Circle, Outcome, Stage
from .querysets import (
    CourseNoteQuerySet,
    CoursePlaceQuerySet,
    LabQuerySet,
    LaidQuerySet,
    MentorAnswerQuerySet,
    MentorQuestionQuerySet,
    OwnMarksQuerySet,
    RoundQuerySet,
    TalkPlanQuerySet,
    UnitEntryQuerySet,
)

KEY = 80


class CourseNote(GatedModel):
    """What somebody wrote to themself at a step of the course. Nobody else reads it: also those who take part in nothing
    can take the course, so it is no piece and lies in no room. piece: what was hung up from it, words of its own."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    unit_key = models.CharField(max_length=KEY)
    step_key = models.CharField(max_length=KEY)
    text = SealedTextField(subject="sealed_by", blank=True, default="")
    written_at = models.DateTimeField()
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(CourseNoteQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "unit_key", "step_key"], name="one_note_a_step")
        ]


class CoursePlace(GatedModel):
    """Where somebody is in a unit, so that they can go on there. Only they see it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    unit_key = models.CharField(max_length=KEY)
    step_key = models.CharField(max_length=KEY)
    done_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(CoursePlaceQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "unit_key"], name="one_place_a_unit")]


class TalkPlan(GatedModel):
    """A talk in stages (multi-stage focus group) in a service room: its gatherings are labs with a stage."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    begun_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()

    objects = models.Manager.from_queryset(TalkPlanQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-begun_at"]


class Lab(GatedModel):
    """That a gathering of a service room is a learning lab, or a stage of a talk: what it is about, and which one went
    before, whose notes are read first. Time, place, agenda, who came and the notes are the gathering's."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="lab")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    unit_key = models.CharField(max_length=KEY, blank=True, default="")
    sheet_key = models.CharField(max_length=KEY, blank=True, default="")
    plan = models.ForeignKey(TalkPlan, null=True, blank=True, on_delete=models.CASCADE, related_name="labs")
    stage = models.CharField(max_length=10, choices=Stage.choices, blank=True, default="")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(LabQuerySet)()

    class Meta(GatedModel.Meta):
        pass


class OwnMarks(GatedModel):
    """Somebody's own marks on a reflection sheet at one time. marks: JSON, question to choice; sealed like words."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    sheet_key = models.CharField(max_length=KEY)
    marks = SealedTextField(subject="sealed_by", blank=True, default="")
    words = SealedTextField(subject="sealed_by", blank=True, default="")
    begun_at = models.DateTimeField()

    objects = models.Manager.from_queryset(OwnMarksQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-begun_at"]


class Round(GatedModel):
    """A sheet that a service room does together: open while people lay their marks, closed once. What it shows is
    decided then (`smallgroups`), and never anew.

    result: JSON, counts of each choice and keyed digests of who laid, so that later rounds can be held against it; never
    who chose what. together: what they filled in aloud, as one."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    sheet_key = models.CharField(max_length=KEY)
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True, default="")
    result = SealedTextField(subject="sealed_by", blank=True, default="")
    together = SealedTextField(subject="sealed_by", blank=True, default="")
    together_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(RoundQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "sheet_key"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_round_a_sheet",
            )
        ]


class Laid(GatedModel):
    """What somebody has laid on the table in a round. Only they see that it is theirs. When the round is closed the marks
    are counted and emptied; the words stay, sealed with their own key, and are shown without a name until taken back."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="laid")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    marks = SealedTextField(subject="sealed_by", blank=True, default="")
    words = SealedTextField(subject="sealed_by", blank=True, default="")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(LaidQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="laid_once")]


class UnitEntry(GatedModel):
    """One short answer of a unit to its standing question. Sealed with the unit's key: it is the unit's, without a name.
    author: so that whoever wrote it can take it away."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    on = models.DateField()
    text = SealedTextField(subject="sealed_by")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(UnitEntryQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-on", "-at"]


class MentorQuestion(GatedModel):
    """What somebody asks one mentor. attached: a copy of words of their own. room: the service room, when all there read
    along. Taken back: the words go; the mentor's answers stay with the mentor."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by", blank=True, default="")
    attached = SealedTextField(subject="sealed_by", blank=True, default="")
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.ME)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(MentorQuestionQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-asked_at"]


class MentorAnswer(GatedModel):
    """What the mentor answers. Sealed with the mentor's key; theirs to take back."""

    question = models.ForeignKey(MentorQuestion, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(MentorAnswerQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["at"]
