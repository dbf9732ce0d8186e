"""Friendly pages when something can't be shown. Absent and forbidden look the same."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static

log = logging.getLogger("langbord.web")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page whether the thing is missing or belongs to others."""
    return render(request, "web/404.html", status=404)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 answers as a missing page, except for what was too much at once: that says so, and how to keep it."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "web/too_much.html", status=413)
    return not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 is never used to tell that something exists: it answers as a missing page."""
    return render(request, "web/404.html", status=404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer fits (signed in elsewhere, or open for very long). Says what to do; nothing is saved
    yet, and the browser still has the text."""
    return render(request, "web/form_expired.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without touching the database, and as plain text should the stylesheet be what is missing."""
    try:
        stylesheet = static("css/app.css")
    except ValueError:
        stylesheet = ""
    page = loader.get_template("web/500.html")
    about = {
        "stylesheet": stylesheet,
        "neutral_site": settings.NEUTRAL_SITE,
        "wrote": request.method == "POST",
    }
    return HttpResponse(page.render(about), status=500)
