"""Sessions: begun, kept within their limits, seen and ended by their owner.

The limits: at work 20 minutes without doing anything and 10 hours in all (OWASP ASVS 5.0, level 2); on one's own phone
30 days; on somebody else's phone an hour without doing anything, and until the browser closes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.translation import gettext as _

from langbord.access.actor import Actor, actor_of
from langbord.access.middleware import READS_FROM
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.people.models import Person

from . import factor
from .cards import reads_from_for
from .codes import look_up
from .models import FIRST_DAY, Card, OwnSession

BACKEND = "langbord.people.signin.backend.OwnBackend"
STARTED, SEEN, KIND = "started", "seen", "kind"
SHARED, FACTOR = "shared_phone", "second_factor"

DESK, OWN_PHONE, SHARED_PHONE = "desk", "own", "shared"
LIMITS: dict[str, tuple[timedelta | None, timedelta]] = {
    DESK: (timedelta(minutes=20), timedelta(hours=10)),
    OWN_PHONE: (None, timedelta(days=30)),
    SHARED_PHONE: (timedelta(hours=1), timedelta(hours=10)),
}
"""Kind of session → (longest without a request, longest in all)."""

RESCUE_TIME = timedelta(days=7)
"""The cookie outlives the session by so much: what is sent too late can be kept, because we know for whom."""

_WHY = "the sign-in keeps the person's own sessions"


def begin(
    request: HttpRequest,
    person: Person,
    *,
    card: Card | None = None,
    shared: bool = False,
    passed_factor: bool = False,
) -> None:
    """Sign the person in, under a new session key. Side effects: an event, a row among their own sessions."""
    login(request, person, backend=BACKEND)
    now = clock.now()
    kind = SHARED_PHONE if shared else DESK if factor.works_here(actor_of(person)) else OWN_PHONE
    session = request.session
    session[STARTED] = session[SEEN] = now.isoformat()
    session[KIND], session[SHARED], session[FACTOR] = kind, shared, passed_factor
    session.pop(READS_FROM, None)
    reads_from = reads_from_for(person)
    if reads_from is not None:
        session[READS_FROM] = reads_from.isoformat()
    session.set_expiry(0 if kind != OWN_PHONE else LIMITS[kind][1] + RESCUE_TIME)
    session.save()
    OwnSession.objects.create(
        person=person,
        key_lookup=look_up("session", str(session.session_key)),
        card=card,
        device=device(request),
        shared=shared,
        started_at=now,
        seen_at=_hour(now),
    )
    events.record(person.pk, "session.begun", person)


def new_key(request: HttpRequest) -> None:
    """A new key for the running session: after the PIN or the second factor was set."""
    before = look_up("session", str(request.session.session_key))
    request.session.cycle_key()
    after = look_up("session", str(request.session.session_key))
    OwnSession.objects.unrestricted(_WHY).filter(key_lookup=before).update(key_lookup=after)


def keep_after_new_pin(request: HttpRequest, person: Person) -> None:
    """A new PIN ends all sessions of the person, but not the one in which they chose it."""
    before = look_up("session", str(request.session.session_key))
    update_session_auth_hash(request, person)
    after = look_up("session", str(request.session.session_key))
    own = OwnSession.objects.unrestricted(_WHY)
    own.filter(key_lookup=before).update(key_lookup=after)
    own.filter(person_id=person.pk, ended_at__isnull=True).exclude(key_lookup=after).update(
        ended_at=clock.now()
    )


def has_expired(session: SessionBase) -> bool:
    """Whether the session is past one of its limits. One that was not begun here has none."""
    if STARTED not in session:
        return False
    now = clock.now()
    idle, longest = LIMITS[session.get(KIND, DESK)]
    if now - datetime.fromisoformat(session[STARTED]) > longest:
        return True
    return idle is not None and now - datetime.fromisoformat(session[SEEN]) > idle


def keep_alive(session: SessionBase) -> None:
    """Note that it is in use, at most once a minute (once an hour where nothing depends on it), and let a new card's first
    day end when it is over."""
    now = clock.now()
    if READS_FROM in session and now - datetime.fromisoformat(session[READS_FROM]) >= FIRST_DAY:
        del session[READS_FROM]
    if SEEN not in session:
        return
    seen = datetime.fromisoformat(session[SEEN])
    idle, _longest = LIMITS[session.get(KIND, DESK)]
    if now - seen < (timedelta(minutes=1) if idle else timedelta(hours=1)):
        return
    session[SEEN] = now.isoformat()
    if _hour(now) != _hour(seen):
        OwnSession.objects.unrestricted(_WHY).filter(
            key_lookup=look_up("session", str(session.session_key))
        ).update(seen_at=_hour(now))


def end(request: HttpRequest) -> None:
    """Sign out here and now; nothing of the session is left."""
    key = request.session.session_key
    if key:
        OwnSession.objects.unrestricted(_WHY).filter(
            key_lookup=look_up("session", key), ended_at__isnull=True
        ).update(ended_at=clock.now())
    logout(request)


def is_here(request: HttpRequest, own: OwnSession) -> bool:
    return own.key_lookup == look_up("session", str(request.session.session_key))


def end_own_session(*, session_id: UUID, actor: Actor) -> None:
    """End one of one's own sessions, wherever it is. NotAllowed if it is not one's own."""
    found = OwnSession.objects.visible_to(actor).filter(pk=session_id).first()
    if found is None:
        raise NotAllowed()
    _end([found])


def end_other_sessions(*, actor: Actor, here: str | None) -> int:
    """End all one's own sessions but the one with this session key. How many."""
    others = OwnSession.objects.visible_to(actor)
    if here:
        others = others.exclude(key_lookup=look_up("session", here))
    found = list(others)
    _end(found)
    return len(found)


def end_sessions_of_cards(card_ids: list[UUID]) -> None:
    """Wherever somebody signed in with one of these cards."""
    _end(
        list(
            OwnSession.objects.unrestricted("a card ends").filter(card_id__in=card_ids, ended_at__isnull=True)
        )
    )


def _end(found: list[OwnSession]) -> None:
    """Only digests of session keys are kept here, so the running sessions are gone through to find the right ones."""
    if not found:
        return
    wanted = {own.key_lookup for own in found}
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    for key in Session.objects.values_list("session_key", flat=True).iterator():
        if look_up("session", key) in wanted:
            store(session_key=key).delete()
    OwnSession.objects.unrestricted(_WHY).filter(pk__in=[own.pk for own in found]).update(
        ended_at=clock.now()
    )


def device(request: HttpRequest) -> str:
    """What kind of thing it is, roughly: enough to recognise one's own, too little to recognise a person."""
    agent = request.headers.get("User-Agent", "")
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    if "Mobi" in agent or "iPhone" in agent:
        return "phone"
    return "computer" if any(word in agent for word in ("Windows", "Macintosh", "X11", "CrOS")) else "other"


def device_in_words(kind: str) -> str:
    kinds = {"phone": _("en telefon"), "tablet": _("et nettbrett"), "computer": _("en datamaskin")}
    return kinds.get(kind, _("noe vi ikke kjenner"))


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
