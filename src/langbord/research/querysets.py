"""Who may see under which number somebody speaks, and who opened whose words: only the one whose words they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from langbord.access.gate import ClosedQuerySet

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Alias, Opening


class AliasQuerySet(ClosedQuerySet["Alias"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own number. A researcher gets the number on the words and never the row, which knows the person."""
        return self._opened().filter(person_id=actor.person_id)


class OpeningQuerySet(ClosedQuerySet["Opening"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who has opened or taken out one's own words."""
        return self._opened().filter(author_id=actor.person_id)

    def with_reader(self) -> Self:
        """With who it was, and in which process: a researcher is answerable for what they open."""
        return self.select_related("reader__unit__organisation", "process")
