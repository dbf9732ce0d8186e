"""Is the time of the research over? Asked at the time of use, by whoever would show or hand out research material."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from langbord.base import clock
from langbord.processes.models import Process

_WHY = "the last day of the research; nothing else is read"


def is_over(process_id: UUID) -> bool:
    """Whether the registered last day has passed. False where none is registered. One query."""
    return process_id in over([process_id])


def over(process_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the processes whose research is over. One query."""
    rows = Process.objects.unrestricted(_WHY).filter(pk__in=list(process_ids))
    return frozenset(rows.filter(research_ends_on__lt=clock.today()).values_list("pk", flat=True))


def all_over() -> frozenset[UUID]:
    """All processes whose research is over, for the job."""
    rows = Process.objects.unrestricted(_WHY).filter(research_ends_on__lt=clock.today())
    return frozenset(rows.values_list("pk", flat=True))
