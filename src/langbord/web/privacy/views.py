"""The privacy statement, for anyone; the record of processing, for operators and coordinators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from langbord.access.asked import actor_of
from langbord.access.enums import Role
from langbord.web.notfound import or_404

from .record import as_json, as_markdown, record
from .statement import statement


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, who sees it, and what they can do."""
    return render(
        request, "web/privacy.html", {"statement": statement(), "sees_record": _sees_record(request)}
    )


def _sees_record(request: HttpRequest) -> bool:
    """Operators and coordinators: those who can fill in what is missing."""
    actor = actor_of(request)
    return actor.is_operator or any(s.role == Role.COORDINATOR for s in actor.sittings)


def processing(request: HttpRequest) -> HttpResponse:
    """The record; `?form=json` or `?form=md` gives it as a file."""
    or_404(_sees_record(request))
    found = record()
    form = request.GET.get("form", "")
    if form in ("json", "md"):
        text, kind = (
            (as_json(found), "application/json") if form == "json" else (as_markdown(found), "text/markdown")
        )
        response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="protokoll.{form}"'
        return response
    return render(request, "web/staff/privacy_record.html", {"record": found})
