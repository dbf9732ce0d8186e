"""Who may see under which number somebody speaks, and who opened whose words: only the one whose words they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from langbord.access.gate import ClosedQuerySet

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Alias, Opening


class AliasQuerySet(ClosedQuerySet["Alias"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own number. A researcher gets the number on the words and never the row, which knows the person. Nor is it
        told on the first day of a new card: it stands on all that somebody has said."""
        if actor.reads_from is not None:
            return self._opened().none()
        return self._opened().filter(person_id=actor.person_id)


class OpeningQuerySet(ClosedQuerySet["Opening"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who has opened or taken out one's own words. On the first day of a new card nothing older: it tells of a yes."""
        own = self._opened().filter(author_id=actor.person_id)
        return own if actor.reads_from is None else own.filter(at__gte=actor.reads_from)

    def with_reader(self) -> Self:
        """With who it was, and in which process: a researcher is answerable for what they open."""
        return self.select_related("reader__unit__organisation", "process")
