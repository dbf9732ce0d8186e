"""Pages of an adult who answers beside somebody under 16. They show the adult's own answers, and nothing the young
person wrote or answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow

from . import actions, beside, shown, texts
from .beside import Child, OwnAnswer
from .forms import AnswerForm, TakeBackForm
from .models import Guardianship
from .views import as_missing


def _child(actor: Actor, guardianship: UUID) -> Child:
    if actor.person_id is None:
        raise Http404
    mine = Guardianship.objects.guarded_by(actor.person_id).with_people()
    return beside.as_child(get_visible_or_404(Guardianship, actor, among=mine, pk=guardianship))


def _answer(child: Child, purpose: str) -> OwnAnswer:
    found = next((a for a in beside.answers(child) if a.purpose == purpose), None)
    if found is None:
        raise Http404
    return found


def child(request: HttpRequest, guardianship: UUID) -> HttpResponse:
    """What one has answered for a young person."""
    found = _child(actor_of(request), guardianship)
    return render(request, "consent/child.html", {"child": found, "answers": beside.answers(found)})


def child_ask(request: HttpRequest, guardianship: UUID, purpose: str) -> HttpResponse:
    """One thing, for the adult."""
    actor = actor_of(request)
    found = _child(actor, guardianship)
    own = _answer(found, purpose)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["answer"] in ("yes", "no"):
        try:
            return _answered(request, actor, found, purpose, form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    notice = texts.notice(purpose, shown.language())
    other = texts.notice(purpose, "nb") if notice is None and "les" in request.GET else None
    return render(
        request,
        "consent/child_ask.html",
        {"form": form, "child": found, "own": own, "notice": notice, "in_bokmal": other},
        status=422 if form.errors else 200,
    )


def _answered(
    request: HttpRequest, actor: Actor, found: Child, purpose: str, data: dict[str, Any]
) -> HttpResponse:
    yes = data["answer"] == "yes"
    with as_missing():
        actions.answer_as_guardian(
            actor=actor,
            guardianship=found.guardianship,
            purpose=purpose,
            yes=yes,
            language=shown.language(),
            shown=data["shown"],
            event_id=data["once"],
        )
    messages.success(
        request,
        _("Takk. %(name)s svarer selv også. Begge må si ja.") % {"name": found.name}
        if yes
        else _("Det er i orden. Alt annet er som før."),
    )
    return redirect("child", guardianship=found.guardianship.pk)


def child_take_back(request: HttpRequest, guardianship: UUID, purpose: str) -> HttpResponse:
    """The adult takes their yes back, at once."""
    actor = actor_of(request)
    found = _child(actor, guardianship)
    _answer(found, purpose)
    form = TakeBackForm(request.POST)
    with as_missing():
        event = actions.withdraw_as_guardian(
            actor=actor,
            guardianship=found.guardianship,
            purpose=purpose,
            event_id=form.cleaned_data["once"] if form.is_valid() else None,
        )
    if event is not None:
        messages.success(
            request,
            _("Du har tatt det tilbake: %(title)s. Det gjelder fra nå.") % {"title": shown.title(purpose)},
        )
    return redirect("child-ask", guardianship=found.guardianship.pk, purpose=purpose)
