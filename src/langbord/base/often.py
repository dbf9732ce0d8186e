"""A query that pages ask all the time: built and compiled once for each connection, and asked with other ids.

Django makes the SQL anew each time. For the question who acts, which stands before every page, that took a third of the
time of a short page (decision 0027).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, UUIDField

_ID = UUIDField()
_FIRST = UUID("6b1f3f0a-5e0f-4a57-9a55-2f0d00000000").int


def asked_often(build: Callable[..., QuerySet[Any, Any]], ids: Sequence[UUID]) -> Iterable[Any]:
    """The rows of `build(*ids)`, a queryset with `values_list`. One query.

    `build` is called once for each connection and number of ids, with ids that stand for the real ones. So what it makes may
    depend on nothing else: no date, no other id. It may not look at the ids, and must use each as it is."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    kept: dict[Any, Any] = connection.__dict__.setdefault("_langbord_often", {})
    stand_ins = [UUID(int=_FIRST + number) for number in range(len(ids))]
    if (build, len(ids)) not in kept:
        compiler = build(*stand_ins).query.get_compiler(connection=connection)
        kept[build, len(ids)] = (compiler, *compiler.as_sql())
    compiler, sql, params = kept[build, len(ids)]
    real = {
        _value(one, connection): _value(wanted, connection)
        for one, wanted in zip(stand_ins, ids, strict=True)
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(real.get(param, param) for param in params))
        found = cursor.fetchall()
    rows: Iterable[Any] = compiler.results_iter(results=[found], tuple_expected=True)
    return rows


def _value(one: UUID, connection: Any) -> Any:
    return _ID.get_db_prep_value(one, connection)
