"""What *Meg* and *Hjem* show of consent: one way in, and at most one calm line."""

from __future__ import annotations

from typing import Any

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE

from . import asking, shown, texts

Panel = tuple[str, dict[str, Any]]


def me_panel(actor: Actor) -> Panel | None:
    """The way to one's own list. No query."""
    return ("consent/_me_panel.html", {}) if actor.sittings else None


def waiting_for(actor: Actor) -> int:
    """How many things a citizen has not met yet. What was answered, or put off, counts for nothing here: nobody is
    asked twice by the home page. One query."""
    if actor.person_id is None or not any(s.role in CITIZEN_SIDE for s in actor.sittings):
        return 0
    language = shown.language()
    return sum(
        state.waits and not state.asked and texts.notice(purpose, language) is not None
        for states in asking.own_states(actor.person_id, actor.process_ids).values()
        for purpose, state in states.items()
    )
