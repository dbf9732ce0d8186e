"""The shared tasks, ready to be shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.rooms.models import Piece
from langbord.vault import preload_for

from ..models import Case, Taker, Task
from .words import is_nameless, name_of


@dataclass(frozen=True)
class TaskLine:
    """A shared task with the first names of those who have taken it. No one's tasks are counted."""

    task: Task
    slug: str
    words: str
    by: str
    takers: list[str] = field(default_factory=list)
    mine: bool = False

    @property
    def piece(self) -> Piece:
        return self.task.piece


def tasks_of(actor: Actor, process_id: UUID, case: Case | None = None) -> list[TaskLine]:
    """The shared tasks of a process (or of one case). Two queries and one for the keys."""
    found = Task.objects.visible_to(actor).filter(process_id=process_id).as_laid()
    tasks = list(found.filter(case=case) if case is not None else found)
    if not tasks:
        return []
    takers: dict[UUID, list[Taker]] = defaultdict(list)
    for taker in Taker.objects.visible_to(actor).filter(task__in=tasks).sorted_here("taken_at", "pk"):
        takers[taker.task_id].append(taker)
    people = [taker.person for rows in takers.values() for taker in rows]
    held = [*(t.piece for t in tasks), *(t.piece.author for t in tasks), *people]
    preload_for([row for row in held if row is not None])
    nameless = is_nameless(actor, process_id)
    return [
        TaskLine(
            task=task,
            slug=actor.slug_of(task.process_id),
            words=str(task.piece.body),
            by="" if nameless else name_of(task.piece.author),
            takers=_taken_by(actor, takers[task.pk], nameless),
            mine=any(t.person_id == actor.person_id for t in takers[task.pk]),
        )
        for task in tasks
    ]


def _taken_by(actor: Actor, takers: list[Taker], nameless: bool) -> list[str]:
    """First names; for whoever is not told names only their own, and that there is somebody."""
    told = [t for t in takers if not nameless or t.person_id == actor.person_id]
    names = [name for t in told if (name := name_of(t.person))]
    return names if len(told) == len(takers) else [*names, _("noen ved bordet")]
