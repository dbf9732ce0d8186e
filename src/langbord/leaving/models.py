"""Leaving: the intent while it is carried out, the receipt after, and a request that a host wrote down."""

from __future__ import annotations

from typing import Any

from django.db import models

from langbord.access.gate import GatedModel
from langbord.base.personal_data import Way
from langbord.people.models import Person
from langbord.processes.models import Process

from .querysets import HelpedQuerySet, PartingQuerySet, ReceiptQuerySet


class Parting(GatedModel):
    """Somebody leaves, and it is not finished yet. The row goes with the act: afterwards there is only a receipt.

    Its id is the key of the form, known to the person alone; the code of the receipt is made from it. person_id,
    process_id: bare ids, because the row must outlive what they point to; process_id empty: all of Langbord. subject:
    whose key dies; fresh: what takes its place in other processes. numbers: what was done so far. kept_at: what stays
    has been sealed anew, and the key may be destroyed.
    """

    person_id = models.UUIDField()
    process_id = models.UUIDField(null=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    subject = models.UUIDField()
    fresh = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    numbers = models.JSONField(default=list)
    stayed = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager.from_queryset(PartingQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["asked_at"]
        constraints = [models.UniqueConstraint(fields=["person_id"], name="one_parting_at_a_time")]


class Receipt(GatedModel):
    """That somebody left: how, when, and how much. No name, nobody's id, nothing sealed by a key that is gone.

    code_lookup: keyed digest of the code on the paper. whole: all of Langbord, or one of several processes. numbers:
    [fate, thing, how many]. stayed: how many things stayed because the municipality had received them.
    """

    code_lookup = models.CharField(max_length=64, unique=True, editable=False)
    way = models.CharField(max_length=10, choices=Way.choices)
    whole = models.BooleanField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField()
    numbers = models.JSONField(default=list)
    stayed = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager.from_queryset(ReceiptQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["done_at"]

    @property
    def told(self) -> list[Any]:
        return list(self.numbers)


class Helped(GatedModel):
    """Somebody asked a host, on paper or aloud, to help them leave. See docs/decisions/0014.

    Nothing happens to anything until `due_at`; the person can read and write as before, sees this at every page of
    *Meg*, and stops or hastens it with one tap. Any sign of life stops the clock: then it waits for their own answer.
    agreed_*: another host has heard the same from the person. stopped_at: by the person, or by a host.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="helped_to_leave")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(HelpedQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "process"],
                condition=models.Q(stopped_at__isnull=True),
                name="one_helped_request",
            )
        ]
