"""Who may see what was decided about a point: those who prepare in that process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from langbord.access.gate import ClosedQuerySet

from . import rules

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import PointStep


class PointStepQuerySet(ClosedQuerySet["PointStep"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who prepare, each in their own processes. A card's first day shows what was said since, and one's own."""
        mine = [process_id for process_id in actor.process_ids if rules.prepares(actor, process_id)]
        seen = Q(process_id__in=mine)
        if actor.reads_from is not None:
            seen &= Q(at__gte=actor.reads_from) | Q(person_id=actor.person_id)
        return self._opened().filter(seen)

    def with_people(self) -> Self:
        """With who said it and who carries it: those who prepare are known to each other."""
        return self.select_related("person", "carrier")

    def of_person(self, person_id: object) -> Self:
        """What somebody said or carries, with the process and who carries it."""
        mine = Q(person_id=person_id) | Q(carrier_id=person_id)
        return self.filter(mine).select_related("process", "carrier")
