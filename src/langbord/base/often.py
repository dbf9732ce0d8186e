"""A query that every request asks: built and compiled once for each connection, and asked with other values.

Django makes the SQL anew each time. For the question who acts, which stands before every page, that took a third of the
time of a short page (decision 0027).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, UUIDField

_ID = UUIDField()


def asked_often(build: Callable[[], QuerySet[Any, Any]], stands_for: UUID, value: UUID) -> Iterable[Any]:
    """The rows of `build()`, a queryset with `values_list`, in which the id `stands_for` is replaced by `value`.

    `build` is called once for each connection, so it may not depend on anything but `stands_for`: no date, no other id.
    One query."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    kept: dict[Any, Any] = connection.__dict__.setdefault("_langbord_often", {})
    if build not in kept:
        compiler = build().query.get_compiler(connection=connection)
        kept[build] = (compiler, *compiler.as_sql())
    compiler, sql, params = kept[build]
    placeholder, wanted = (_ID.get_db_prep_value(one, connection) for one in (stands_for, value))
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(wanted if param == placeholder else param for param in params))
        found = cursor.fetchall()
    rows: Iterable[Any] = compiler.results_iter(results=[found], tuple_expected=True)
    return rows
