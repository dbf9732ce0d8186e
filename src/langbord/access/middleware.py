"""Puts the actor on the request, made the first time it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .actor import Actor, actor_of

READS_FROM = "reads_from"
"""Session key: a new card's first day opens only what is written from this moment on (ISO time, UTC)."""


def _load(request: HttpRequest) -> Actor:
    stamp = request.session.get(READS_FROM)
    user: Any = request.user
    # The person themself, not Django's lazy stand-in for them, whose type is not that of a person.
    person = user._wrapped if user.is_authenticated and hasattr(user, "_wrapped") else user
    return actor_of(person, datetime.fromisoformat(stamp) if stamp else None)


class ActorMiddleware:
    """After authentication. `request.actor` is lazy: public pages cost nothing.

    No page of somebody who is signed in stays in the browser, whatever made it: open pages and the friendly pages for faults
    have the same frame, which says what they take part in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _load(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if "Cache-Control" not in response.headers and _is_signed_in(request):
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    """Asked only where the session was read anyway: no query."""
    return bool(request.session.accessed and SESSION_KEY in request.session)
