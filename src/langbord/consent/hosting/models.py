"""The sheets of paper that hosts print."""

from __future__ import annotations

import base64
import hashlib

from django.db import models

from langbord.access.gate import GatedModel
from langbord.people.models import Person
from langbord.processes.models import Process

from .querysets import SheetQuerySet

_SIGNS = str.maketrans("IO", "89")


class Sheet(GatedModel):
    """A sheet that was printed for one person, or for the adult beside them (`guardianship`), in one language.

    texts: which texts stood on it, as [purpose, version, SHA-256], in order. code: eight signs that are worked out from
    the sheet and its texts and stand on the paper, so that what is keyed in belongs to exactly what was read. signed_on:
    the date on the paper. keyed_once: the key of the form that was sent last. What was answered is not here: it is in the events.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consent_sheets")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="consent_sheets")
    guardianship = models.ForeignKey(
        "consent.Guardianship", null=True, blank=True, on_delete=models.CASCADE, related_name="sheets"
    )
    language = models.CharField(max_length=5)
    texts = models.JSONField()
    code = models.CharField(max_length=8)
    batch = models.UUIDField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    signed_on = models.DateField(null=True, blank=True)
    keyed_by = models.UUIDField(null=True, blank=True)
    keyed_at = models.DateTimeField(null=True, blank=True)
    keyed_once = models.UUIDField(null=True, blank=True)

    objects = models.Manager.from_queryset(SheetQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["process", "person"], name="sheet_process_person")]

    @property
    def shown_code(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"

    def computed_code(self) -> str:
        """Forty bits of the SHA-256 over the sheet's id, language and texts, in signs that are not mistaken on paper."""
        named = "|".join([str(self.pk), self.language, *(":".join(text) for text in self.texts)])
        digest = hashlib.sha256(named.encode("ascii")).digest()
        return base64.b32encode(digest[:5]).decode("ascii").translate(_SIGNS)
