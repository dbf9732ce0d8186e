"""What *Meg* shows of this: the file, being silent, leaving; and a request to leave that a host wrote down."""

from __future__ import annotations

from typing import Any

from langbord.access.actor import Actor

from .helping import waiting_for_me
from .pausing import silent_in


def me_panel(actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """One query."""
    if actor.person is None:
        return None
    silent = [
        {"slug": s.process_slug, "name": s.process_name}
        for s in {s.process_id: s for s in actor.sittings if s.process_id in silent_in(actor)}.values()
    ]
    helped = waiting_for_me(actor)
    return "leaving/_me.html", {
        "first": bool(silent or helped),
        "silent": silent,
        "helped": helped,
        "first_day": actor.reads_from is not None,
    }
