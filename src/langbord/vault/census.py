"""Does every sealed text open? Each is opened once and forgotten at once; only counts come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections, models, router

from langbord.vault import keys
from langbord.vault.fields import UNWRITTEN, Held, Place, SealedTextField, Unopenable

CHUNK = 500
OUTCOMES = ("opened", "empty", "destroyed", "missing", "damaged", "unknown")


def columns() -> Iterator[tuple[type[models.Model], SealedTextField]]:
    """Every column with sealed text, in the model whose table has it."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedTextField):
                yield model, field


def openings() -> dict[str, int]:
    """How many sealed texts open, are empty, have a destroyed or a missing key, are damaged (or moved), or could not be
    asked ("unknown": the subject is not a column of the same table). Reads past every manager, and shows nothing.
    """
    counted: Counter[str] = Counter()
    for model, field in columns():
        names = {f.attname: f.column for f in model._meta.local_concrete_fields}
        if field.subject not in names:
            counted["unknown"] += 1
            continue
        for row, subject, raw in _rows(model, field, str(names[field.subject])):
            counted[outcome(field, (row, subject), raw)] += 1
    return {name: counted[name] for name in OUTCOMES}


def outcome(field: SealedTextField, place: Place, raw: bytes) -> str:
    if raw == UNWRITTEN:
        return "empty"
    text = field.opened_at(Held(raw, place))
    return text.reason if isinstance(text, Unopenable) else "opened"


def _rows(
    model: type[models.Model], field: SealedTextField, subject: str
) -> Iterator[tuple[UUID | None, UUID | None, bytes]]:
    connection = connections[router.db_for_read(model) or "default"]
    quote = connection.ops.quote_name
    table, key, column = (
        quote(str(name)) for name in (model._meta.db_table, model._meta.pk.column, field.column)
    )
    # A plain cursor of PostgreSQL would fetch the whole column at once.
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {key}, {quote(subject)}, {column} FROM {table} WHERE {column} IS NOT NULL")
        while chunk := cursor.fetchmany(CHUNK):
            rows = [(_uuid(row), _uuid(whose), bytes(raw)) for row, whose, raw in chunk]
            with keys.ring():
                keys.preload(whose for _, whose, _ in rows if whose is not None)
                yield from rows


def _uuid(value: Any) -> UUID | None:
    return value if value is None or isinstance(value, UUID) else UUID(str(value))
