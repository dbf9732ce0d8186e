"""A query that pages ask all the time: built and compiled once for each connection, and asked with other ids.

Django makes the SQL anew each time. For the question who acts, which stands before every page, that took a third of the
time of a short page (decision 0027).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet, UUIDField

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

_ID = UUIDField()
_FIRST = UUID("6b1f3f0a-5e0f-4a57-9a55-2f0d00000000").int


def asked_often(build: Callable[..., QuerySet[M, Row]], ids: Sequence[UUID]) -> list[Row]:
    """The rows of `build(*ids)`. One query, of the database where people's things are.

    `build` is called once for each connection and number of ids, with ids that stand for the real ones. So what it makes may
    depend on nothing else: no date, no other id. It may not look at the ids, and must use each as it is."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    kept: dict[Any, Any] = connection.__dict__.setdefault("_langbord_often", {})
    stand_ins = [UUID(int=_FIRST + number) for number in range(len(ids))]
    if (build, len(ids)) not in kept:
        rows = build(*stand_ins)
        compiler = rows.query.get_compiler(connection=connection)
        kept[build, len(ids)] = (rows, compiler, *compiler.as_sql())
    rows, compiler, sql, params = kept[build, len(ids)]
    real = {
        _value(one, connection): _value(meant, connection) for one, meant in zip(stand_ins, ids, strict=True)
    }
    asked: Any = rows.all()
    # Not through the property, which would make dicts of the rows of a values_list.
    asked._query = copy(rows.query)
    asked._query.get_compiler = _Compiled(compiler, sql, tuple(real.get(param, param) for param in params))
    return list(asked)


class _Compiled:
    """Stands in for the making of a compiler: one that has its SQL already."""

    def __init__(self, compiler: Any, sql: str, params: tuple[Any, ...]) -> None:
        self._compiler = copy(compiler)
        self._compiler.as_sql = lambda *args, **kwargs: (sql, params)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._compiler


def _value(one: UUID, connection: Any) -> Any:
    return _ID.get_db_prep_value(one, connection)
