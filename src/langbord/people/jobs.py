"""Timed work: what signing in leaves behind, and no longer needs."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session

from langbord.base import clock

from .models import EmailCode, OneTimeLink, OwnSession, Rescued, Throttle
from .signin.rescue import KEPT

_WHY = "what is out of date is removed"
LONG_PAST = timedelta(days=30)


def tidy() -> int:
    """Remove codes, links, ended sessions and rescued texts that are out of date. How many rows. Harmless to repeat."""
    now = clock.now()
    removed = 0
    for rows in (
        EmailCode.objects.unrestricted(_WHY).filter(expires_at__lt=now - timedelta(days=1)),
        OneTimeLink.objects.unrestricted(_WHY).filter(expires_at__lt=now - LONG_PAST),
        OwnSession.objects.unrestricted(_WHY).filter(seen_at__lt=now - 2 * LONG_PAST),
        Rescued.objects.unrestricted(_WHY).filter(at__lt=now - KEPT),
        Throttle.objects.filter(since__lt=now - LONG_PAST),
    ):
        removed += rows.delete()[0]
    expired = Session.objects.filter(expire_date__lt=now)
    return removed + expired.delete()[0]
