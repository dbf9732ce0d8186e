"""For whoever holds a letter: without an account. GET and HEAD change nothing, since phones and scanners open links first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from langbord.base.errors import NotNow
from langbord.people.signin import codes
from langbord.people.signin.places import place_of
from langbord.vault import preload_for

from . import answering
from .forms import AnswerForm, CodeForm
from .models import Invitee
from .views_question import posted, status

ANSWERED = "invitation_answered"
"""In the session of the browser that has just answered, until it has been shown there once."""


def _refused(request: HttpRequest, form: CodeForm, message: str) -> HttpResponse:
    form.add_error("code", message)
    return render(request, "inviting/code.html", {"form": form}, status=422)


def _unknown() -> str:
    return _(
        "Koden passer ikke. Kanskje brevet ikke gjelder lenger. Ring den som står i brevet, så finner dere ut av det."
    )


def _too_many() -> str:
    return _("Det ble for mange forsøk herfra. Ingenting er borte. Vent ti minutter, og prøv igjen.")


@never_cache
def invited(request: HttpRequest) -> HttpResponse:
    """Type the code from the letter."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if not answering.may_guess(place_of(request)):
            return _refused(request, form, _too_many())
        code = codes.plain(form.cleaned_data["code"])
        found = answering.by_code(code) if len(code) == 8 else None
        if found is None:
            return _refused(request, form, _unknown())
        return redirect("invited-link", token=str(found.token))
    return render(request, "inviting/code.html", {"form": form}, status=status(form))


@never_cache
def invited_link(request: HttpRequest, token: str) -> HttpResponse:
    """The letter, and an answer. What was answered or written before is never shown: somebody else may hold the paper."""
    found = answering.by_token(token)
    if found is None:
        if request.method == "POST":
            if not answering.may_guess(place_of(request)):
                return _refused(request, CodeForm({"code": "-"}), _too_many())
            return _refused(request, CodeForm({"code": "-"}), _unknown())
        return render(request, "inviting/code.html", {"form": CodeForm(), "unknown": _unknown()})
    try:
        with override(found.language):
            return _letter(request, found)
    except NotNow:  # they were taken off the list, or got a seat, between being found and answering
        return _refused(request, CodeForm({"code": "-"}), _unknown())


def _letter(request: HttpRequest, found: Invitee) -> HttpResponse:
    preload_for([found, *([found.letter] if found.letter is not None else [])])
    if request.method == "POST" and "forget" in request.POST:
        return _forget(request, found)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid() and not answering.may_answer(found):
        form.add_error("answer", _too_many())
    elif request.method == "POST" and form.is_valid():
        answering.answer(invitee=found, answer=form.cleaned_data["answer"], words=form.words)
        request.session[ANSWERED] = {"who": str(found.pk), "answer": form.cleaned_data["answer"]}
        return redirect("invited-link", token=str(found.token))
    return render(
        request,
        "inviting/letter.html",
        {"invitee": found, "letter": found.letter, "form": form, "answered": _answered(request, found)},
        status=status(form),
    )


def _answered(request: HttpRequest, invitee: Invitee) -> str:
    """The answer just given, shown once: the next who opens the letter in this browser may be somebody else."""
    held: Any = request.session.get(ANSWERED)
    if not isinstance(held, dict) or held.get("who") != str(invitee.pk):
        return ""
    if request.method == "GET":
        del request.session[ANSWERED]
    return str(held["answer"])


def _forget(request: HttpRequest, invitee: Invitee) -> HttpResponse:
    if request.POST["forget"] != "yes":
        return redirect("invited-link", token=str(invitee.token))
    answering.forget_me(invitee=invitee)
    request.session.pop(ANSWERED, None)
    messages.success(request, _("Du er slettet. Vi har ikke lenger navnet ditt, og koden virker ikke mer."))
    return redirect("invited")
