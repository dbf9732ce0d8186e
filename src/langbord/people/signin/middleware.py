"""What is asked of every request of somebody who is signed in, before the view: is the session within its limits, is a
second factor missing, which language do they read?

Place it after AuthenticationMiddleware, CsrfViewMiddleware and ActorMiddleware, and before LoginRequiredMiddleware.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from langbord.access.asked import actor_of

from . import factor, rescue, sessions

RESCUED, AWAY = "rescued", "was_away"
WAITS = "X-Langbord-Waits"
"""The header of a page that asks by itself."""

ALWAYS_OPEN = frozenset(
    {
        *("second-factor", "second-factor-setup", "second-factor-begin", "sign-out", "leave-page"),
        *("set-language", "set-text-size", "about", "healthz", "readyz"),
        *(
            "sign-in",
            "sign-in-card",
            "sign-in-pin",
            "sign-in-email",
            "sign-in-code",
            "card-link",
            "one-time-link",
        ),
    }
)
"""Names of the addresses that open before the second factor is set up or given. None of them shows anything written."""


class SignInMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and SESSION_KEY in request.session:
            _sent_again(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if SESSION_KEY not in request.session:
            return None
        if sessions.has_expired(request.session):
            return _was_away(request, view)
        if not request.user.is_authenticated:
            return None
        language = request.user.language
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language() or language
        # A page that asks by itself whether something is new is no sign that somebody sits there.
        if WAITS not in request.headers:
            sessions.keep_alive(request.session)
        return _second_factor(request)


def _second_factor(request: HttpRequest) -> HttpResponseBase | None:
    if request.session.get(sessions.FACTOR):
        return None
    match = request.resolver_match
    if match is not None and match.url_name in ALWAYS_OPEN:
        return None
    if not factor.is_required(actor_of(request)):
        return None
    person: Any = request.user
    name = "second-factor" if factor.of(person) is not None else "second-factor-setup"
    return _to(request, reverse(name))


def _was_away(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase | None:
    """The session ran out. What was just sent is kept; then they are signed out, and sent to sign in again."""
    kept: UUID | None = None
    person: Any = request.user
    if request.method == "POST" and person.is_authenticated and not _is_public(view):
        kept = rescue.keep(request, person)
    sessions.end(request)
    if _is_public(view):
        return None
    request.session[AWAY] = True
    if kept is not None:
        request.session[RESCUED] = str(kept)
    where = request.path if request.method in ("GET", "HEAD") else ""
    sign_in = reverse("sign-in")
    return _to(request, f"{sign_in}?{urlencode({'next': where})}" if where else sign_in)


def _sent_again(request: HttpRequest) -> None:
    """A form that was given back has now gone through: what was kept of it is not needed any more."""
    try:
        rescued = UUID(request.POST.get("rescued", ""))
    except ValueError:
        return
    rescue.throw_away(rescued_id=rescued, actor=actor_of(request))


def _is_public(view: Callable[..., Any]) -> bool:
    """Open to everybody, or no page of ours at all (files, in development)."""
    return not getattr(view, "login_required", False) and bool(
        getattr(view, "declared", None) or settings.DEBUG
    )


def _to(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
