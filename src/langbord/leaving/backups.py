"""Can older backups still open the words of somebody who has left?

A backup of the vault from before still holds their key, wrapped by the master key of that day. When the master key has
been exchanged (`langbord rotate-key`) and the old one is gone, that copy opens nothing any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from langbord.vault import keyfiles
from langbord.vault.models import KeyCheck


@dataclass(frozen=True)
class Older:
    """closed_at: from then on no older backup opens the words. None: not yet; `due` is when it will be, at the latest."""

    closed_at: datetime | None
    due: datetime


def older_than(destroyed_at: datetime) -> Older:
    """Of keys destroyed at this time: whether the master key has been exchanged since, and the old one is gone."""
    due = destroyed_at + timedelta(days=settings.SHRED_DAYS)
    in_force = KeyCheck.objects.exclude(key_id=keyfiles.LOOKUP).filter(retired_at__isnull=True)
    made = in_force.order_by("-created_at").values_list("created_at", flat=True).first()
    if made is None or made <= destroyed_at or keyfiles.old_path().exists():
        return Older(None, due)
    return Older(made, due)
