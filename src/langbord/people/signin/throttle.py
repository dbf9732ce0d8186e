"""Limits that outlive a restart: how often somebody may guess, and how often a code may be sent.

A try is counted *before* the answer is looked at, in one transaction, so that many tries sent at once are not one try.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from langbord.base import clock

from .codes import look_up
from .models import Throttle

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)
FORGOTTEN_AFTER = timedelta(hours=24)


def take_try(kind: str, who: str, *, free: int = 5) -> datetime | None:
    """Count a try. None: go on and look at the answer. A time: too many; nothing may be looked at before then.

    After `free` tries there is a wait of a minute, then of two, four, eight and so on up to twelve hours.
    """
    now = clock.now()
    with transaction.atomic():
        row = _locked(kind, who, now)
        if row.until is not None and row.until > now:
            return row.until
        if now - row.since > FORGOTTEN_AFTER and (row.until is None or now - row.until > FORGOTTEN_AFTER):
            row.count, row.since = 0, now
        row.count += 1
        over = row.count - free
        row.until = now + min(FIRST_WAIT * 2 ** min(over, 20), LONGEST_WAIT) if over >= 0 else None
        row.save(update_fields=["count", "since", "until"])
    return None


def clear(kind: str, who: str) -> None:
    """The answer was right: begin counting anew."""
    Throttle.objects.filter(key=_key(kind, who)).delete()


def spend(kind: str, who: str, *, limit: int, window: timedelta) -> bool:
    """Whether one more is allowed within the window; if so it is counted."""
    return _count(kind, who, limit=limit, window=window) is not None


FIRST_TRIES = 5
"""So many from each place are counted apart."""


def spend_at(
    kind: str, place: str, *, limit: int, in_all: int, window: timedelta, first: int = FIRST_TRIES
) -> bool:
    """Whether one more is allowed from this place, and in all; if so it is counted.

    The first few from each place are counted apart from all further ones, each within a half of `in_all`: so a handful
    of places that guess on and on use up the half of those who do, and nobody else is kept out by them.
    """
    here = _count(kind, place, limit=limit, window=window)
    if here is None:
        return False
    half = "first" if here <= first else "further"
    return spend(f"{kind}-{half}", "", limit=in_all // 2, window=window)


def _count(kind: str, who: str, *, limit: int, window: timedelta) -> int | None:
    """Which one it is within the window. None: one too many, and not counted."""
    now = clock.now()
    with transaction.atomic():
        row = _locked(kind, who, now)
        if now - row.since >= window:
            row.count, row.since = 0, now
        if row.count >= limit:
            return None
        row.count += 1
        row.save(update_fields=["count", "since"])
    return row.count


def _key(kind: str, who: str) -> str:
    return look_up("throttle", f"{kind}:{who}")


def _locked(kind: str, who: str, now: datetime) -> Throttle:
    key = _key(kind, who)
    try:
        with transaction.atomic():
            Throttle.objects.get_or_create(key=key, defaults={"since": now})
    except IntegrityError:  # made by somebody else at the same moment
        pass
    return Throttle.objects.select_for_update().get(key=key)
