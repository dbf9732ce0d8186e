"""A sealed note, and what stands of it in the databases."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from django.db import connections, models

from .models import Note

CANARY = "kanarifugl-i-kjøkkenet"


def note(text: str | None = CANARY, **kwargs: Any) -> Note:
    return Note.objects.create(sealed_by=kwargs.pop("sealed_by", None) or uuid.uuid4(), text=text, **kwargs)


def raw(row: models.Model, column: str = "text") -> bytes | None:
    with connections["default"].cursor() as cursor:
        key = row.pk.hex if connections["default"].vendor == "sqlite" else row.pk
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [key])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def put_raw(row: models.Model, value: bytes | None, column: str = "text") -> None:
    with connections["default"].cursor() as cursor:
        key = row.pk.hex if connections["default"].vendor == "sqlite" else row.pk
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, key])


def stored() -> bytes:
    """All bytes of both databases."""
    found = b""
    for alias in ("default", "vault"):
        connection = connections[alias]
        if connection.vendor == "sqlite":
            found += connection.connection.serialize()
        else:
            with connection.cursor() as cursor:
                for table in connection.introspection.table_names(cursor):
                    cursor.execute(f'SELECT t::text FROM "{table}" t')
                    found += "\n".join(str(row[0]) for row in cursor.fetchall()).encode()
    return found


def in_any_shape(text: str) -> list[bytes]:
    plain = text.encode()
    return [plain, text.encode("utf-16-le"), base64.b64encode(plain)[:-4], plain.hex().encode()]
