"""Tables as lines of JSON: how a PostgreSQL database is copied and brought back, and how SQLite moves to PostgreSQL
(docs/decisions/0020).

The first line of a file names the columns, each further line is a row. What JSON has no word for is written as an
object with one key: u UUID, b bytes (base64), t time (UTC), d date, h time of day, n decimal, i microseconds. Rows are
read, written and brought back some at a time: the memory needed does not grow with the tables.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from langbord.operate import tables

FOLDER = "rows"
CHUNK = 1000


def dump(alias: str, into: Path) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Write every table of a database, all as it was at one moment. Gives rows per table and applied migrations."""
    connection = tables.apart(alias)
    one_moment = "" if connection.vendor == "sqlite" else " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    counted = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"BEGIN{one_moment}")
        names = tables.present(connection)
        applied = tables.migrations(connection)
        (into / FOLDER).mkdir(mode=0o700, parents=True)
        for table in names:
            if table != tables.MIGRATIONS:
                counted[table] = _dump_table(connection, table, into / FOLDER / f"{table}.jsonl")
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")
    finally:
        connection.close()
    return counted, applied


def _dump_table(connection: BaseDatabaseWrapper, table: str, file: Path) -> int:
    count = 0
    rows = "WHERE 1 = 0" if table in tables.LEFT_OUT else ""
    # A plain cursor of PostgreSQL would fetch the whole table at once.
    with connection.chunked_cursor() as cursor, open(file, "w", encoding="utf-8") as out:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} {rows}")
        names = [column[0] for column in cursor.description]
        coders = _coders(connection, table, names)
        out.write(json.dumps(names) + "\n")
        while chunk := cursor.fetchmany(CHUNK):
            out.writelines(json.dumps(_line(coders, row)) + "\n" for row in chunk)
            count += len(chunk)
    return count


def _coders(connection: BaseDatabaseWrapper, table: str, names: list[str]) -> list[Callable[[Any], Any]]:
    """How each column is written. PostgreSQL gives every value with its type; of SQLite's, the model knows."""
    if connection.vendor != "sqlite":
        return [_coded] * len(names)
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    model = next(m for m in models if m._meta.db_table == table and not m._meta.proxy)
    kinds = {str(field.column): _kind(field) for field in model._meta.local_concrete_fields}
    return [_OF_SQLITE.get(kinds[name], _coded) for name in names]


def _kind(field: Any) -> str:
    while field.remote_field is not None:
        field = field.target_field
    return str(field.get_internal_type())


def _line(coders: list[Callable[[Any], Any]], row: Sequence[Any]) -> list[Any]:
    return [None if value is None else code(value) for code, value in zip(coders, row, strict=True)]


def load(alias: str, source: Path) -> None:
    """Fill the migrated tables of a database with these rows, and nothing but them: all or none.

    What is in the tables goes; the caller has made sure that nobody's rows are.
    """
    connection = connections[alias]
    decode = _for_sqlite if connection.vendor == "sqlite" else _plain
    quote = connection.ops.quote_name
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        here = [table for table in tables.present(connection) if table != tables.MIGRATIONS]
        for table in here:
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table in here:
            file = source / FOLDER / f"{table}.jsonl"
            if not file.exists():
                continue
            lines = _lines(file)
            columns = next(lines)
            marks = ", ".join(["%s"] * len(columns))
            into = f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES ({marks})"
            for row in lines:
                cursor.execute(into, [decode(value) for value in row])
        from django.apps import apps

        models = [m for m in apps.get_models(include_auto_created=True) if m._meta.db_table in here]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def columns(file: Path, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Some columns of a table that was written by `dump`, row by row."""
    lines = _lines(file)
    head = next(lines)
    places = [head.index(name) for name in names]
    for row in lines:
        yield tuple(_plain(row[place]) for place in places)


def _lines(file: Path) -> Iterator[list[Any]]:
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _coded(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    for kind, (letter, code) in _CODES.items():
        if isinstance(value, kind):
            return {letter: code(value)}
    raise TypeError(f"a column holds {type(value).__name__}, which a backup has no word for")


_CODES: dict[Any, tuple[str, Callable[[Any], Any]]] = {
    UUID: ("u", str),
    bytes | memoryview | bytearray: ("b", lambda v: base64.b64encode(bytes(v)).decode()),
    dt.datetime: ("t", lambda v: v.astimezone(dt.UTC).isoformat()),
    dt.date: ("d", dt.date.isoformat),
    dt.time: ("h", dt.time.isoformat),
    Decimal: ("n", str),
    dt.timedelta: ("i", lambda v: v // dt.timedelta(microseconds=1)),
}

# What a raw row of SQLite has without its type, by the kind of field. Times lie there in UTC.
_OF_SQLITE: dict[str, Callable[[Any], Any]] = {
    "UUIDField": lambda v: {"u": str(UUID(v))},
    "DateTimeField": lambda v: _coded(v.replace(tzinfo=dt.UTC)),
    "DecimalField": lambda v: {"n": str(v)},
    "DurationField": lambda v: {"i": v},
}

_PLAIN: dict[str, Callable[[Any], Any]] = {
    "u": UUID,
    "b": base64.b64decode,
    "t": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "h": dt.time.fromisoformat,
    "n": Decimal,
    "i": lambda v: dt.timedelta(microseconds=v),
}

# As Django itself stores them in SQLite.
_SQLITE: dict[str, Callable[[Any], Any]] = _PLAIN | {
    "u": lambda v: UUID(v).hex,
    "t": lambda v: str(dt.datetime.fromisoformat(v).astimezone(dt.UTC).replace(tzinfo=None)),
    "d": str,
    "h": str,
    "n": str,
    "i": int,
}


def _plain(value: Any) -> Any:
    return _decoded(value, _PLAIN)


def _for_sqlite(value: Any) -> Any:
    return _decoded(value, _SQLITE)


def _decoded(value: Any, words: dict[str, Callable[[Any], Any]]) -> Any:
    if not isinstance(value, dict):
        return value
    ((letter, coded),) = value.items()
    return words[letter](coded)
