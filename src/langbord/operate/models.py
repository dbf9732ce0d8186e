from __future__ import annotations

import secrets

from django.db import models

from langbord.base import clock
from langbord.base.models import Entity
from langbord.vault.fields import SealedTextField


class Canary(Entity):
    """One row with a text that is made anew for each backup and sealed like everybody's words. The backup's list of
    contents keeps a hash of it; a drill opens the row and compares.

    `counter` is the number of the backup, in this installation, from 1.
    """

    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by")
    counter = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"canary {self.counter}"


def new_canary() -> Canary:
    """Put a fresh text in the row (made if there is none) and count one further."""
    canary = Canary.objects.order_by("at").first() or Canary()
    canary.sealed_by = canary.id
    canary.text = f"kanari {secrets.token_hex(16)}"
    canary.counter += 1
    canary.at = clock.now()
    canary.save()
    return canary
