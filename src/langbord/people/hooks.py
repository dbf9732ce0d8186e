"""What later apps show on *Meg*. The lower app owns the list, the upper registers when it starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from langbord.access.actor import Actor

Panel = tuple[str, dict[str, Any]]
"""A template and what it is drawn with (as `panel`)."""

me_panels: list[Callable[[Actor], Panel | None]] = []
"""Called with the signed-in actor. At most one query each: the page has its own. The page puts each where it belongs by
the folder of its template (`people.views.PLACES`); a panel with a true `first` stands on top, since it waits for an
answer."""

card_givers: list[Callable[[Actor], Any | None]] = []
"""Others to whom this actor may give a card: each gives a query of persons' ids, opened, or None for nobody. Whoever signs
in by e-mail gets none all the same."""
