"""Who has opened my words, for the one whose words they are."""

from __future__ import annotations

from langbord.access.actor import Actor
from langbord.people.hooks import Panel

from .models import Alias, Opening

A_PAGE = 50


def my_openings(actor: Actor, page: int = 1) -> list[Opening]:
    """Newest first, one more than a page holds. One query; the names of the researchers are not opened."""
    found = Opening.objects.visible_to(actor).with_reader()
    return list(found[(page - 1) * A_PAGE : page * A_PAGE + 1])


def my_numbers(actor: Actor) -> list[int]:
    """Under which numbers one speaks. One query."""
    return list(Alias.objects.visible_to(actor).order_by("number").values_list("number", flat=True))


def me_panel(actor: Actor) -> Panel | None:
    """On Meg: whether anybody has opened research material of mine, and when last. One query. Not on the first day of a
    new card, when nothing older is told."""
    if not actor.sittings or actor.reads_from is not None:
        return None
    return "research/_me.html", {"last": Opening.objects.visible_to(actor).first()}
