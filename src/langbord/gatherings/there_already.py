"""What a host laid on the table a moment ago, and seems to be laying once more after *back*: pointed at, never refused
(`langbord.base.forms.There`)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor, RoomFact
from langbord.base import clock, events
from langbord.base.forms import There, wants_one_more

from .forms import PlanForm
from .models import Gathering


def same_day(actor: Actor, room: RoomFact, form: PlanForm, slug: str) -> There | None:
    """One that the same person laid in the same room a moment ago, on the same day: after *back* it would be laid twice. Two
    queries."""
    if wants_one_more(form.data):
        return None
    lately = events.done_lately(actor.person_id, f"gathering.planned.{room.kind}")
    day = form.cleaned_data["starts_at"].astimezone(clock.OSLO).date()
    if form.cleaned_data["once"] in lately:
        return None  # the same press once more
    for made in Gathering.objects.visible_to(actor).not_over().filter(pk__in=lately, room_id=room.id):
        if made.starts_at.astimezone(clock.OSLO).date() == day:
            said = _("Du la nettopp inn en samling her den dagen. Vil du endre den, gjør du det der.")
            return There(said, reverse("gathering", args=[slug, made.pk]))
    return None
