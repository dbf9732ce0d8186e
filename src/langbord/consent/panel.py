"""What *Meg* and *Hjem* show of consent: one way in, and at most one calm line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE

from . import asking, shown, texts

Panel = tuple[str, dict[str, Any]]


def me_panel(actor: Actor) -> Panel | None:
    """The way to one's own list. No query."""
    return ("consent/_me_panel.html", {}) if actor.sittings else None


@dataclass(frozen=True)
class OnHome:
    """waiting: how many things a citizen has not met yet. unseen: somebody wrote down an answer for them. asks: where their
    group is asked something, and waits for their own yes or no: the process and the room, one for each process."""

    waiting: int = 0
    unseen: bool = False
    asks: list[tuple[str, UUID]] = field(default_factory=list)


def on_home(actor: Actor) -> OnHome:
    """What the home page says of consent. What was answered, or put off, counts for nothing: nobody is asked twice by the
    home page. One query."""
    if actor.person_id is None or not any(s.role in CITIZEN_SIDE for s in actor.sittings):
        return OnHome()
    language = shown.language()
    held = asking.own_heads_and_states(actor.person_id, actor.process_ids)
    waiting = sum(
        state.waits and not state.asked and texts.notice(purpose, language) is not None
        for head, states in held
        if not shown.rests(actor, head.process_id)
        for purpose, state in states.items()
    )
    asks = [
        (actor.slug_of(head.process_id), head.waits)
        for head, _states in held
        if head.waits is not None and _may_be_asked(actor, head)
    ]
    return OnHome(waiting, any(head.unseen for head, _states in held), asks)


def _may_be_asked(actor: Actor, head: asking.Head) -> bool:
    """Not whoever is silent for a while, nor where it is over, nor on the first day of a card, when nothing older opens."""
    if actor.is_silent(head.process_id) or actor.is_closed(head.process_id) or actor.reads_from is not None:
        return False
    return head.waits is not None and actor.may_read(head.waits) and actor.sits_in(head.waits, *CITIZEN_SIDE)
