"""Keys, sealing and opening. Knows no domain: a subject is an id, a row is a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from django.db import models

    M = TypeVar("M", bound=models.Model)


def preload_for(objs: Sequence[M]) -> Sequence[M]:
    """Fetch the keys for all sealed texts of these rows in one query (needs a ring). Gives the rows back."""
    from langbord.vault import keys
    from langbord.vault.fields import sealed_fields

    names = {kind: {field.subject for field in sealed_fields(kind)} for kind in {type(obj) for obj in objs}}
    subjects = {getattr(obj, name) for obj in objs for name in names[type(obj)]}
    keys.preload(subject for subject in subjects if subject is not None)
    return objs


def opened(objs: Sequence[M], *fields: str) -> list[tuple[str | None, ...]]:
    """The named texts of each row, in the order of the rows, for sorting and searching in Python."""
    preload_for(objs)
    return [tuple(getattr(obj, name) for name in fields) for obj in objs]
