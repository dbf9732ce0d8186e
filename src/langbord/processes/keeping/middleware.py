"""Somebody writes in a process that was closed a moment ago: said in plain words, and what they wrote is not lost."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from langbord.access.asked import actor_of
from langbord.base.errors import ProcessClosed
from langbord.people.signin import rescue


class ClosedProcessMiddleware:
    """Answers 409 where an action refused because writing has ended and the view had no form to say it in. The text is
    kept, sealed, for a week, and shown to its writer on *Meg*."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ProcessClosed):
            return None
        actor = actor_of(request)
        kept = rescue.keep(request, actor.person) if request.method == "POST" and actor.person else None
        match = request.resolver_match
        slug = match.kwargs.get("process", "") if match is not None else ""
        response = render(request, "retention/closed.html", {"kept": kept, "slug": slug}, status=409)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response
