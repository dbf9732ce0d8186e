"""Friendly pages when something can't be shown. Absent and forbidden look the same."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static

from langbord.people.signin import rescue

log = logging.getLogger("langbord.web")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page whether the thing is missing or belongs to others. Whoever wrote to something that was closed or
    taken away meanwhile gets the words back."""
    return _with_words(request, "web/404.html", 404)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 answers as a missing page, except for what was too much at once: that says so, and how to keep it."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "web/too_much.html", status=413)
    return not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 is never used to tell that something exists: it answers as a missing page."""
    return not_found(request, exception)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer fits (signed in elsewhere, or open for very long). Says what to do; nothing is saved
    yet, and the words stand on the page: a browser that keeps nothing has an empty field one step back."""
    return _with_words(request, "web/form_expired.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without touching the database, and as plain text should the stylesheet be what is missing. Whoever was writing
    gets the words back on the page."""
    try:
        stylesheet = static("css/app.css")
    except ValueError:
        stylesheet = ""
    page = loader.get_template("web/500.html")
    about = {
        "stylesheet": stylesheet,
        "neutral_site": settings.NEUTRAL_SITE,
        "words": _words(request),
    }
    response = HttpResponse(page.render(about), status=500)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _with_words(request: HttpRequest, template: str, status: int) -> HttpResponse:
    words = _words(request)
    response = render(request, template, {"words": words}, status=status)
    if words:
        response.headers["Cache-Control"] = "no-store, private"
    return response


def _words(request: HttpRequest) -> list[str]:
    """What was written in the form that could not be taken. Never a reason for one more fault."""
    try:
        return rescue.words_sent(request) if request.method == "POST" else []
    except Exception:
        log.exception("the words of a form could not be given back")
        return []
