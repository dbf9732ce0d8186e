"""What somebody wrote down on my behalf: it is right, or I did not say it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of

from . import said


def all_right(request: HttpRequest) -> HttpResponse:
    """It is as I said."""
    wanted = []
    for text in request.POST.getlist("event"):
        try:
            wanted.append(UUID(text))
        except ValueError:
            continue
    said.all_right(actor=actor_of(request), event_ids=wanted)
    messages.success(request, _("Takk. Da vet vi det."))
    return redirect("home")


def not_said(request: HttpRequest, event: UUID) -> HttpResponse:
    """*Dette sa jeg ikke*: a yes is taken back at once; after a no, I answer myself if I want to."""
    if said.not_said(actor=actor_of(request), event_id=event):
        messages.success(request, _("Det er tatt tilbake, og gjelder ikke lenger."))
        return redirect("home")
    messages.success(request, _("Takk for at du sier fra. Her kan du svare selv."))
    return redirect("consents")
