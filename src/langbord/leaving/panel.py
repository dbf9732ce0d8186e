"""What *Meg* shows of this: what waits for an answer or can be ended with one tap; and the ways to the file and out."""

from __future__ import annotations

from typing import Any

from langbord.access.actor import Actor

from .helping import waiting_for_me


def me_first(actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """A request that a host wrote down, and where one is silent. One query."""
    if actor.person is None:
        return None
    silent = {s.process_slug: s.process_name for s in actor.sittings if s.silent}
    helped = waiting_for_me(actor)
    if not silent and not helped:
        return None
    return "leaving/_me_first.html", {"silent": silent.items(), "helped": helped, "first": True}


def me_panel(actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """No query."""
    return ("leaving/_me.html", {}) if actor.person is not None else None
