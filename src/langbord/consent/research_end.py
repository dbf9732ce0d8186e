"""The last day of the research has passed: each yes to it is written down as run out, once.

It counts from that very day without this (`asking.unused`); the event is for the one who said yes, and for what lies
outside the database.
"""

from __future__ import annotations

from collections.abc import Iterator

from langbord.base import retention
from langbord.processes.keeping import research

from . import actions
from .enums import NO_KINDS, YES_KINDS, By, EventKind, Purpose
from .models import ConsentEvent, ConsentRecord

_WHY = "which yes to research has run out; nothing is shown"


def register() -> None:
    retention.register_sweep("research", waiting=waiting, sweep=expire)


def _standing_yes() -> Iterator[ConsentRecord]:
    """Heads in processes whose research is over, with a yes to research as the person's own latest answer."""
    over = research.all_over()
    if not over:
        return
    for record in ConsentRecord.objects.unrestricted(_WHY).filter(process_id__in=list(over)).order_by("pk"):
        last = (
            ConsentEvent.objects.unrestricted(_WHY)
            .filter(record=record, purpose=Purpose.RESEARCH, by__in=[By.SELF, By.SYSTEM])
            .filter(kind__in=[*YES_KINDS, *NO_KINDS, EventKind.EXPIRED])
            .order_by("-number")
            .first()
        )
        if last is not None and last.kind in YES_KINDS:
            yield record


def waiting() -> int:
    return sum(1 for _record in _standing_yes())


def expire() -> int:
    """How many ran out now. Harmless to repeat."""
    return sum(
        actions.expire(record=record, purpose=Purpose.RESEARCH) is not None
        for record in list(_standing_yes())
    )
