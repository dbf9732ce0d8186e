"""From the first thing that fits (a card, a link, a code) to being signed in, one step at a time.

What has been shown so far is kept in the session, for a quarter of an hour; nothing is open before the last step.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.people.models import Person

from . import cards, factor, rescue, sessions
from .links import example_data
from .middleware import AWAY, RESCUED
from .models import Card, OneTimeLink

PENDING = "signing_in"
WITHIN = timedelta(minutes=15)


@dataclass
class Pending:
    """Somebody on their way in. Ids only, because sessions are stored as they are."""

    person: str
    at: str
    card: str = ""
    link: str = ""
    email: bool = False
    shared: bool = False
    next: str = ""
    pin_ok: bool = False


def safe_next(request: HttpRequest, wanted: str | None) -> str:
    """The address, if it is a page of ours that can be opened; else nothing."""
    if not wanted or not wanted.startswith("/"):
        return ""
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure()):
        return ""
    try:
        view: Any = resolve(wanted.partition("?")[0].partition("#")[0]).func
    except Resolver404:
        return ""
    return wanted if "GET" in getattr(view, "declared", {}) else ""


def start(
    request: HttpRequest,
    person: Person,
    *,
    card: Card | None = None,
    link: OneTimeLink | None = None,
    email: bool = False,
    shared: bool = False,
    wanted: str = "",
) -> HttpResponse:
    """The first thing fitted. Goes on to the next step."""
    pending = Pending(
        person=str(person.pk),
        at=clock.now().isoformat(),
        card=str(card.pk) if card is not None else "",
        link=str(link.pk) if link is not None else "",
        email=email,
        shared=shared,
        next=safe_next(request, wanted),
        pin_ok=link is not None and link.for_example and example_data(),
    )
    return go_on(request, pending, person)


def current(request: HttpRequest) -> tuple[Pending, Person] | None:
    """Who is on their way in, if it is not too long ago."""
    kept = request.session.get(PENDING)
    if not kept:
        return None
    pending = Pending(**kept)
    if clock.now() - datetime.fromisoformat(pending.at) > WITHIN:
        return None
    person = Person.objects.unrestricted("somebody on their way in").filter(pk=pending.person).first()
    return (pending, person) if person is not None else None


def chooses_pin(pending: Pending, person: Person) -> bool:
    """Whether the step of the PIN is choosing one: a card's first use, or a link or a mail to a citizen who has none.
    Somebody else may have typed the address: what it opens must be no more than what a card does."""
    if pending.card:
        card = cards.card_by_id(UUID(pending.card))
        return card is not None and card.state == "new"
    return bool(pending.link or pending.email) and not pending.pin_ok and not person.has_pin


def go_on(request: HttpRequest, pending: Pending, person: Person) -> HttpResponse:
    """To the next step, or in."""
    request.session[PENDING] = asdict(pending)
    if not pending.pin_ok:
        sent = pending.link or pending.email
        if person.has_pin or pending.card or (sent and not factor.works_here(actor_of(person))):
            return redirect("sign-in-pin")
        pending.pin_ok = True
        request.session[PENDING] = asdict(pending)
    if factor.of(person) is not None and not example_data():
        return redirect("second-factor")
    return finish(request, pending, person, passed_factor=False)


def finish(request: HttpRequest, pending: Pending, person: Person, *, passed_factor: bool) -> HttpResponse:
    """Sign in, and go where they were going: first of all to what they had written."""
    card = None
    if pending.card:
        card = cards.card_by_id(UUID(pending.card))
        if card is None:  # revoked while they were on their way
            request.session.pop(PENDING, None)
            return redirect("sign-in-card")
    kept = request.session.get(RESCUED)
    if SESSION_KEY in request.session:
        sessions.end(request)
    for key in (PENDING, RESCUED, AWAY):
        request.session.pop(key, None)
    sessions.begin(request, person, card=card, shared=pending.shared, passed_factor=passed_factor)
    where = pending.next or reverse("home")
    if kept and any(str(given.id) == kept for given in rescue.rescued_for(_actor(request, person))):
        where = reverse("rescued")
    response = redirect(where)
    if person.language:
        set_language_cookie(response, person.language, shared=pending.shared)
    return response


def _actor(request: HttpRequest, person: Person) -> Any:
    stamp = request.session.get("reads_from")
    return actor_of(person, datetime.fromisoformat(stamp) if stamp else None)


def set_language_cookie(response: HttpResponse, language: str, *, shared: bool) -> None:
    """For the pages before somebody has signed in. On a shared phone it goes when the browser closes."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=None if shared else 365 * 24 * 3600,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
