"""Open pages are asked for again cheaply: an ETag for those who are not signed in, nothing kept for those who are.

A page holds form keys, language and text size, so it is never shared between people: `private, no-cache`. The tag is made
before the page: a page that has not changed costs neither a query nor a drawing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from langbord.access.asked import actor_of

from . import own_files
from .reading import CONTENT, PACKAGE

View = Callable[..., HttpResponse]
FRAME = ("templates/base.html", "templates/library", "templates/components", "locale")


@cache
def stamp() -> str:
    """What the pages are made of: changes when content, page templates, translations or styles do. Once a process."""
    roots = [CONTENT, own_files.folder(), *(PACKAGE / name for name in FRAME)]
    files = sorted(path for root in roots for path in (root.rglob("*") if root.is_dir() else [root]))
    made = hashlib.sha256(static("css/app.css").encode())
    for path in files:
        if path.is_file() and path.suffix in {".yaml", ".html", ".mo"}:
            found = path.stat()
            made.update(f"{path}:{found.st_mtime_ns}:{found.st_size}\n".encode())
    return made.hexdigest()


def _tag(request: HttpRequest) -> str:
    kept = request.COOKIES
    size = request.session.get("text_size", "") if settings.SESSION_COOKIE_NAME in kept else ""
    parts = (
        stamp(),
        request.get_full_path(),
        get_language() or "",
        size,
        str(request.session.get("shared_phone", "")) if settings.SESSION_COOKIE_NAME in kept else "",
        kept.get(settings.CSRF_COOKIE_NAME, ""),
    )
    return '"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32] + '"'


def open_page(view: View) -> View:
    """For pages of the library whose words come from files only."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actor_of(request).person is not None or "kommune" in request.GET:
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store, private")
            return response
        tag = _tag(request)
        response = get_conditional_response(request, etag=tag) or view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "private, no-cache"
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response

    return shown
