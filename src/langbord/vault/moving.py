"""Sealing a row's texts anew for another subject: when a key is to be destroyed and some of its words shall stay."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from langbord.vault.errors import KeyMissing
from langbord.vault.fields import Unopenable, sealed_fields


def moved_to(row: models.Model, subject: UUID) -> dict[str, Any] | None:
    """What `QuerySet.update` needs to seal this row's texts with the key of `subject`. Stores nothing.

    None when one of its texts is damaged, or its key destroyed: it cannot be moved. KeyMissing when the key is only
    not there now: then nothing must be done that cannot be undone. The key of `subject` is made if there is none.
    """
    fields = sealed_fields(type(row))
    for field in fields:
        text = getattr(row, field.attname)
        if isinstance(text, Unopenable):
            if text.reason == "missing":
                raise KeyMissing(str(row.pk))
            return None
    values: dict[str, Any] = {}
    for field in fields:
        setattr(row, field.subject, subject)
        values[field.subject] = subject
    for field in fields:
        values[field.name] = field.pre_save(row, add=False)
    return values


def move(row: models.Model, subject: UUID) -> None:
    """Store a row's texts sealed for another subject, past managers and `save`: no word of it changes, and the vault
    knows no gates. A damaged text is only given the new subject; it could not be opened before either.
    """
    model = type(row)
    values = moved_to(row, subject)
    if values is None:
        values = {field.subject: subject for field in sealed_fields(model)}
    models.QuerySet(model).filter(pk=row.pk).update(**values)
