"""What *Meg* and the first pages show: the way to one's lists, and that something was written down by telephone."""

from __future__ import annotations

from typing import Any

from langbord.access.actor import Actor

from .models import Party


def me_panel(actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """The way to one's lists. One query."""
    if actor.person is None:
        return None
    by_phone = written_by_phone(actor)
    return "firstmeeting/_me.html", {"by_phone": by_phone, "first": by_phone is not None}


def has_a_list(actor: Actor) -> bool:
    """Whether somebody sits at a list. One query."""
    return Party.objects.visible_to(actor).now().filter(person=actor.person).exists()


def written_by_phone(actor: Actor) -> Party | None:
    """A list of one's own on which the adviser wrote something down on the telephone, that one has not answered. One query."""
    found: Party | None = Party.objects.visible_to(actor).not_heard(actor).first()
    return found
