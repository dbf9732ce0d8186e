"""Under which number somebody speaks in the material, and who opened it."""

from __future__ import annotations

from typing import Any

from django.db import models

from langbord.access.gate import GatedModel
from langbord.people.models import Person
from langbord.processes.models import Process

from .enums import Deed
from .querysets import AliasQuerySet, OpeningQuerySet


class Alias(GatedModel):
    """The number of one person in the material of one process: «Innbygger 3». Drawn by lot, so that it tells neither
    when somebody came nor when they said yes; kept, so that it is the same every time. When the row goes, nobody can
    work out whose words they were."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()

    objects = models.Manager.from_queryset(AliasQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["process", "person"], name="one_alias_each"),
            models.UniqueConstraint(fields=["process", "number"], name="each_number_once"),
        ]


class Opening(GatedModel):
    """A researcher opened or took out somebody's words: one row for each author, researcher, deed and day (in Norway).
    For the words of a group, one for each of its citizens. `at`: the first time that day."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    day = models.DateField()
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(OpeningQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "author", "reader", "deed", "day"], name="one_opening_a_day"
            )
        ]
        indexes = [models.Index(fields=["author", "-at"], name="opening_author")]

    @property
    def shown_deed(self) -> Any:
        return Deed(self.deed).label
