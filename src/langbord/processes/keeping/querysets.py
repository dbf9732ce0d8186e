"""Who may see what is said about how long things are kept: everybody in the process, and each their own warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from langbord.access.gate import ClosedQuerySet

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Closing, Notice, ResearchEnd, Term


class TermQuerySet(ClosedQuerySet["Term"]):
    def visible_to(self, actor: Actor) -> Self:
        """The lengths of one's processes, and those of the organisations that answer for them."""
        own = Q(process_id__in=actor.process_ids)
        return self._opened().filter(own | Q(organisation__processes__in=actor.process_ids)).distinct()

    def of_process(self, process_id: object, organisation_id: object) -> Self:
        return self.filter(Q(process_id=process_id) | Q(organisation_id=organisation_id))


class ClosingQuerySet(ClosedQuerySet["Closing"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(process_id__in=actor.process_ids)

    def standing(self) -> Self:
        """Closed and not opened again."""
        return self.filter(reopened_at__isnull=True)

    def with_closer(self) -> Self:
        return self.select_related("closed_by")


class ResearchEndQuerySet(ClosedQuerySet["ResearchEnd"]):
    def visible_to(self, actor: Actor) -> Self:
        return self._opened().filter(process_id__in=actor.process_ids)


class NoticeQuerySet(ClosedQuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; those of a room one reads; and those of a whole process one takes part in."""
        if actor.person_id is None:
            return self._opened().none()
        whole = Q(process_id__in=actor.process_ids, person__isnull=True, room_ref__isnull=True)
        room = Q(person__isnull=True, room_ref__in=actor.readable_rooms)
        return self._opened().filter(Q(person_id=actor.person_id) | whole | room)
