"""Timed work: what signing in leaves behind, and no longer needs. Registered with `base.retention` as `sign-in`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q

from langbord.base import clock

from . import mailed
from .models import Card, EmailCode, OneTimeLink, OwnSession, Rescued, Throttle
from .signin.rescue import KEPT

_WHY = "what is out of date is removed"
LONG_PAST = timedelta(days=30)
CARDS_KEPT = timedelta(days=180)
"""So long one can see on *Meg* that a card was stopped. One that was never used goes after `LONG_PAST`."""


def _out_of_date() -> Iterator[Any]:
    now = clock.now()
    stopped = Q(revoked_at__lt=now - CARDS_KEPT)
    never_used = Q(first_used_at__isnull=True, expires_at__lt=now - LONG_PAST)
    yield EmailCode.objects.unrestricted(_WHY).filter(expires_at__lt=now - timedelta(days=1))
    yield OneTimeLink.objects.unrestricted(_WHY).filter(expires_at__lt=now - LONG_PAST)
    yield OwnSession.objects.unrestricted(_WHY).filter(seen_at__lt=now - 2 * LONG_PAST)
    yield Rescued.objects.unrestricted(_WHY).filter(at__lt=now - KEPT)
    yield Throttle.objects.filter(since__lt=now - LONG_PAST)
    yield Session.objects.filter(expire_date__lt=now)
    yield Card.objects.unrestricted(_WHY).filter(stopped | never_used)


def waiting() -> int:
    """How many rows `tidy` would remove now. Writes nothing."""
    found = sum(int(rows.count()) for rows in _out_of_date())
    return found + len(mailed.out_of_date())


def tidy() -> int:
    """Remove codes, links, ended sessions, rescued texts, dead cards and mails in files. How many. Harmless to repeat."""
    removed = mailed.remove(mailed.out_of_date())
    for rows in _out_of_date():
        removed += sum(1 for row in rows if row.delete()) if rows.model is Card else rows.delete()[0]
    return removed
