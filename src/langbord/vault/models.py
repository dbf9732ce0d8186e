from __future__ import annotations

import uuid

from django.db import models

from langbord.base import clock


class DataKey(models.Model):
    """One key for one subject's texts: a person's, or a group's. 256 bits, wrapped by the master key.

    `subject` is an id only; the vault does not know who it is. A destroyed key leaves its row behind with
    nothing in it, so that no new key can be made for the same subject by mistake.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField()
    purpose = models.CharField(max_length=32, default="words")
    wrapped = models.BinaryField()
    kek_id = models.CharField(max_length=36)
    created_at = models.DateTimeField(default=clock.now)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "purpose"], name="vault_one_key_per_subject_purpose"),
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped=b""),
                name="vault_destroyed_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.id}"


class KeyCheck(models.Model):
    """A known value made with a key file, so that a wrong file is found before it does harm.

    `key_id` is the id of a master key, or "lookup". Of the master keys one is in force; those it replaced are
    remembered with the time, so that an old key file is told from a foreign one.
    """

    key_id = models.CharField(max_length=36, primary_key=True)
    proof = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"check of {self.key_id}"
