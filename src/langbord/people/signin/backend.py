"""Who the session belongs to. Nobody signs in through `authenticate()`: each way in has its own steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from langbord.base.often import asked_often
from langbord.people.models import Person


class OwnBackend:
    """For AUTHENTICATION_BACKENDS; the only one."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        return None

    def get_user(self, user_id: Any) -> Person | None:
        try:
            wanted = user_id if isinstance(user_id, UUID) else UUID(str(user_id))
        except ValueError:
            return None
        found = asked_often(_themself, [wanted])
        return found[0] if found else None


def _themself(person_id: UUID) -> QuerySet[Person]:
    """Asked before every page, so compiled once (`base/often.py`)."""
    found: QuerySet[Person] = Person.objects.unrestricted("the session's own person").filter(pk=person_id)
    return found
