"""Closed querysets: a gated model's rows can't be read unless somebody said for whom.

`Model.objects` refuses the database until it is opened by `visible_to(actor)` (the normal way) or by
`unrestricted(reason)` (counted by a test against an allow-list). Inserting is free, since it shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from operator import attrgetter
from typing import Any, Self, TypeVar

from django.db import models
from django.http import Http404

from langbord.base.models import Entity

from .actor import Actor

M = TypeVar("M", bound="GatedModel")

_opened_for: ContextVar[str | None] = ContextVar("gate_opened_for", default=None)


class GateClosed(RuntimeError):
    """Rows of a gated model were asked for without saying who will see them: a fault in the program."""


@contextmanager
def open_for(reason: str) -> Iterator[None]:
    """Open every gate inside the block. For deletions and for reloading an object already held; listed in a test."""
    token = _opened_for.set(reason)
    try:
        yield
    finally:
        _opened_for.reset(token)


class ClosedQuerySet(models.QuerySet[M]):
    """A queryset that raises `GateClosed` when it reaches for the database unopened."""

    _open = False

    def visible_to(self, actor: Actor) -> Self:
        """Rows this actor may see. Must be written by each gated model."""
        raise NotImplementedError(f"{self.model.__name__} has no visible_to")

    def unrestricted(self, reason: str) -> Self:
        """All rows, for work that shows nobody anything (or only what the reason says). The reason is for readers."""
        if not reason:
            raise ValueError("A reason is needed.")
        return self._opened()

    def _opened(self) -> Self:
        clone: Self = self.all()
        clone._open = True
        return clone

    def _check(self) -> None:
        if not self._open and _opened_for.get() is None:
            raise GateClosed(f"{self.model.__name__}: say visible_to(actor) first.")

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._open = self._open
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

    def sorted_here(self, *fields: str) -> list[M]:
        """All rows, sorted by these ("-": the last first; none may be empty). For what is fetched whole and is not long: beside
        many columns Django takes half its time to write the SQL on the ORDER BY."""
        rows = list(self.order_by())
        for field in reversed(fields):
            rows.sort(key=attrgetter(field.removeprefix("-")), reverse=field.startswith("-"))
        return rows

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def contains(self, obj: Any) -> bool:
        self._check()
        return super().contains(obj)

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._check()
        return super().explain(*args, **kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise GateClosed(f"{self.model.__name__}: raw SQL goes around the gate.")

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        return super().resolve_expression(*args, **kwargs)

    def _combine_check(self, other: Any) -> None:
        if isinstance(other, ClosedQuerySet) and self._open != other._open:
            raise GateClosed("An opened and an unopened queryset can't be combined.")

    def __or__(self, other: Any) -> Self:
        self._combine_check(other)
        return super().__or__(other)

    def __and__(self, other: Any) -> Self:
        self._combine_check(other)
        return super().__and__(other)

    def __xor__(self, other: Any) -> Self:
        self._combine_check(other)
        return super().__xor__(other)

    def _combinator_query(self, combinator: str, *others: Any, all: bool = False) -> Self:
        for other in others:
            self._combine_check(other)
        result: Self = super()._combinator_query(combinator, *others, all=all)  # type: ignore[misc]
        return result


class GatedModel(Entity):
    """A model whose rows only come through the gate. Subclasses set `objects` to a closed manager and repeat
    `base_manager_name = "objects"` in their Meta, so that forward relations are closed too."""

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        with open_for("an object already held"):
            super().refresh_from_db(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with open_for("an object already held"):
            return super().delete(*args, **kwargs)


def get_visible_or_404(model: type[M], actor: Actor, *, among: Any = None, **lookup: Any) -> M:
    """The one loader: absent and forbidden look the same. `among`: a narrower opened queryset of the same model."""
    queryset = among if among is not None else model._default_manager.all()
    if not isinstance(queryset, ClosedQuerySet):
        raise GateClosed(f"{model.__name__} is not gated.")
    try:
        found: M = queryset.visible_to(actor).get(**lookup)
        return found
    except (model.DoesNotExist, ValueError):
        raise Http404 from None
