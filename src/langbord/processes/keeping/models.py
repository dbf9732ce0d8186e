"""Lengths that were changed, closings, the end of research, the warnings that were given, and what went."""

from __future__ import annotations

from django.db import models

from langbord.access.gate import GatedModel
from langbord.base.models import Entity
from langbord.vault.fields import SealedTextField

from .enums import BoardAfter
from .querysets import ClosingQuerySet, NoticeQuerySet, ResearchEndQuerySet, TermQuerySet


class Term(GatedModel):
    """A length that a process, or the organisation for all of its processes, has chosen for a kind. Only added to: the
    last one counts. `days` empty: back to what would count otherwise. The reason is sealed with the key of the process
    or organisation; needed when it is longer than it was."""

    process = models.ForeignKey("processes.Process", null=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=20)
    days = models.PositiveIntegerField(null=True)
    sealed_by = models.UUIDField(editable=False)
    reason = SealedTextField(subject="sealed_by", blank=True, default="")
    set_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField()

    objects = models.Manager.from_queryset(TermQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-set_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(process__isnull=True) ^ models.Q(organisation__isnull=True),
                name="term_of_one",
            )
        ]


class Closing(GatedModel):
    """A process was closed: writing ends at once, the rooms go on `goes_on` (a date in Norway). Until the first of them
    has gone (`begun_at`) it can be reopened. `emptied_at`: all of it has gone."""

    process = models.ForeignKey("processes.Process", on_delete=models.CASCADE, related_name="closings")
    sealed_by = models.UUIDField(editable=False)
    reason = SealedTextField(subject="sealed_by")
    board = models.CharField(max_length=10, choices=BoardAfter.choices, default=BoardAfter.NAMELESS)
    goes_on = models.DateField()
    closed_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField()
    reopened_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    names_gone_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(ClosingQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-closed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=models.Q(reopened_at__isnull=True), name="closed_once"
            )
        ]


class ResearchEnd(GatedModel):
    """The reference and last day of the notification to Sikt. Only added to: the last one counts, and the process
    carries it (`research_reference`, `research_ends_on`). A later day than before says why."""

    process = models.ForeignKey("processes.Process", on_delete=models.CASCADE, related_name="research_ends")
    reference = models.CharField(max_length=60)
    ends_on = models.DateField()
    sealed_by = models.UUIDField(editable=False)
    reason = SealedTextField(subject="sealed_by", blank=True, default="")
    set_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField()

    objects = models.Manager.from_queryset(ResearchEndQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-set_at", "pk"]


class Notice(GatedModel):
    """A warning: that something will go, first given on `first_on`, and not before `goes_on`.

    days: on how many different days the job has seen it standing, `counted_on` the last of them. Nothing goes before
    that number is as high as the file asks, so that a clock that leaps takes nothing with it.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    process = models.ForeignKey("processes.Process", null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    room_ref = models.UUIDField(null=True)
    first_on = models.DateField()
    goes_on = models.DateField()
    days = models.PositiveIntegerField(default=0)
    counted_on = models.DateField()

    objects = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["goes_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_notice_each")]


class Gone(Entity):
    """That things went: which kind, from which process, how many. Never whose, never what. `keys`: subjects whose keys
    are destroyed because of it; written before they are, and `done_at` after, so that what was cut off is finished."""

    kind = models.CharField(max_length=20)
    process_ref = models.UUIDField(null=True)
    counts = models.JSONField(default=dict)
    keys = models.JSONField(default=list)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "pk"]
