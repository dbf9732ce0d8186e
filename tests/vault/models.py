"""Rows with sealed texts, for the tests of the vault only."""

from __future__ import annotations

import uuid

from django.db import models

from langbord.base.models import Entity
from langbord.vault.fields import SealedTextField


class Note(Entity):
    sealed_by = models.UUIDField(null=True)
    title = SealedTextField(blank=True, default="")
    text = SealedTextField(null=True, blank=True, max_length=5000)
    colour = models.CharField(max_length=10, blank=True)

    class Meta:
        app_label = "vaulttest"


class Self(models.Model):
    """A row that is its own subject, as a person's name is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = SealedTextField(subject="id")
    text = SealedTextField(subject="id", null=True)

    class Meta:
        app_label = "vaulttest"


class Plain(Entity):
    text = models.TextField()

    class Meta:
        app_label = "vaulttest"


ALL = [Note, Self, Plain]
