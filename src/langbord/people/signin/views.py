"""The ways in: a card, a link, a code by e-mail; then the PIN and the second factor.

Nothing on these pages tells whether an address, a card or a person is known. GET and HEAD change nothing, since phones
and mail scanners open links before people do.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from langbord.access.asked import actor_of
from langbord.base import clock
from langbord.base.dates import at_hour, written
from langbord.base.errors import NotNow
from langbord.people.forms import CardForm, CodeForm, EmailForm, FactorForm, GoOnForm, NewPinForm, PinForm

from . import cards, emailcodes, factor, links, pins, sessions, steps, throttle
from .middleware import AWAY, RESCUED
from .places import place_of

CARD_TRIES, CARD_WINDOW = 60, timedelta(minutes=10)
EMAIL_CODE, EMAIL_NEXT = "email_code", "email_next"


def clock_words(at: datetime) -> str:
    """When to try again, as people say it: klokka 17.30, with the day if it is another day."""
    local = timezone.localtime(at, clock.OSLO)
    return at_hour(local) if local.date() == clock.today() else written(local, "j. F H.i")


def _too_many(at: datetime) -> str:
    return _("Det ble for mange forsøk. Ingenting er borte. Prøv igjen %(when)s.") % {"when": clock_words(at)}


def _page(request: HttpRequest, template: str, form: Form | None = None, **context: Any) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    return render(request, f"people/{template}.html", {"form": form, **context}, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; also when all of it was empty, which `or None` would take for nothing sent."""
    return request.POST if request.method == "POST" else None


def _may_guess(request: HttpRequest) -> bool:
    """So many codes of cards may be tried from one place, and so many in all. Right ones count too: a shared tablet at an
    office needs a few in ten minutes, a program that guesses needs millions."""
    return throttle.spend_at(
        "card", place_of(request), limit=CARD_TRIES, in_all=20 * CARD_TRIES, window=CARD_WINDOW
    )


def _too_many_here() -> str:
    return _("Det ble for mange forsøk herfra. Ingenting er borte. Vent ti minutter, og prøv igjen.")


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Three large choices."""
    return _page(
        request,
        "sign_in",
        next=steps.safe_next(request, request.GET.get("next")),
        was_away=request.session.get(AWAY, False),
        rescued=RESCUED in request.session,
    )


@never_cache
def card(request: HttpRequest) -> HttpResponse:
    """The short code on the card."""
    form = CardForm(posted(request), initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        allowed = _may_guess(request)
        found = cards.card_by_code(form.cleaned_data["code"]) if allowed else None
        if not allowed:
            form.add_error("code", _too_many_here())
        elif found is None:
            form.add_error("code", _card_unknown())
        else:
            return steps.start(
                request,
                found.person,
                card=found,
                shared=form.cleaned_data["shared"],
                wanted=form.cleaned_data["next"],
            )
    return _page(request, "card", form)


def _card_unknown() -> str:
    return _(
        "Koden passer ikke til et kort som gjelder nå. Kan du ha fått et nytt? Verten din kan skrive ut et til."
    )


@never_cache
def card_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR on the card opens: a page with one form."""
    form = GoOnForm(posted(request))
    if request.method == "POST" and form.is_valid():
        # Looked at first: nobody guesses what a QR holds, and those who guess typed codes must not stop it.
        found = cards.card_by_token(token)
        if found is not None:
            return steps.start(request, found.person, card=found, shared=form.cleaned_data["shared"])
        form.add_error(None, _card_unknown() if _may_guess(request) else _too_many_here())
    return _page(request, "link", form, is_card=True)


@never_cache
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link for one use: GET shows a page with one form, POST uses it."""
    form = GoOnForm(posted(request))
    if request.method == "POST" and form.is_valid():
        found = links.link_by_token(token)
        if found is not None and links.consume(found):
            return steps.start(request, found.person, link=found, shared=form.cleaned_data["shared"])
        form.add_error(
            None, _("Lenka er brukt før, eller den er for gammel. Be om en ny. Ingenting er borte.")
        )
    return _page(request, "link", form, is_card=False)


@never_cache
def pin(request: HttpRequest) -> HttpResponse:
    """Ask for the PIN, or let the person choose one."""
    here = steps.current(request)
    if here is None:
        return _start_again(request)
    pending, person = here
    if steps.chooses_pin(pending, person):
        return _choose_pin(request, pending, person)
    if not person.has_pin:
        return _start_again(request)
    form = PinForm(posted(request))
    if request.method == "POST" and form.is_valid():
        right, wait = pins.check_pin(person, form.cleaned_data["pin"])
        if right:
            pending.pin_ok = True
            return steps.go_on(request, pending, person)
        form.add_error(
            "pin", _too_many(wait) if wait else _("Det var ikke riktig PIN-kode. Prøv en gang til.")
        )
    return _page(request, "pin", form, chooses=False)


def _choose_pin(request: HttpRequest, pending: steps.Pending, person: Any) -> HttpResponse:
    form = NewPinForm(posted(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["pin"]
        if pending.card:
            found = cards.card_by_id(UUID(pending.card))
            if found is None:
                return _start_again(request)
            if not cards.take_in_use(found, chosen):
                messages.warning(request, _("Kortet er tatt i bruk. Skriv PIN-koden som ble valgt."))
                return redirect("sign-in-pin")
            person = found.person
        else:
            links.choose_pin(link_id=UUID(pending.link) if pending.link else None, person=person, pin=chosen)
        pending.pin_ok = True
        return steps.go_on(request, pending, person)
    return _page(request, "pin", form, chooses=True)


def _start_again(request: HttpRequest) -> HttpResponse:
    request.session.pop(steps.PENDING, None)
    messages.info(request, _("Det gikk litt lang tid. Begynn på nytt her."))
    return redirect("sign-in")


@never_cache
def email(request: HttpRequest) -> HttpResponse:
    """Ask for a code by e-mail. A known and an unknown address get the same answer."""
    form = EmailForm(posted(request), initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        code_id = emailcodes.send_code(form.cleaned_data["email"], place_of(request))
        if code_id is not None:
            request.session[EMAIL_CODE] = str(code_id)
            request.session[EMAIL_NEXT] = steps.safe_next(request, form.cleaned_data["next"])
            return redirect("sign-in-code")
        form.add_error("email", _("Det er bedt om mange koder på kort tid. Vent en halvtime, og prøv igjen."))
        form.add_error("email", _("Har du et kort, kommer du inn med det nå."))
    return _page(request, "email", form)


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The digits of the mail."""
    code_id = request.session.get(EMAIL_CODE)
    if not code_id:
        return redirect("sign-in-email")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        person = emailcodes.person_by_code(UUID(code_id), form.cleaned_data["code"])
        if person is not None:
            wanted = request.session.pop(EMAIL_NEXT, "")
            del request.session[EMAIL_CODE]
            return steps.start(request, person, email=True, wanted=wanted)
        form.add_error(
            "code", _("Koden passer ikke, eller den er for gammel. Se en gang til, eller be om en ny.")
        )
    return _page(request, "code", form)


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code from the app: on the way in, or when a role was given that asks for it."""
    here = steps.current(request)
    if here is not None:
        pending, person = here
        ready = pending.pin_ok
    else:
        pending, person = None, actor_of(request).person
        ready = person is not None
    if not ready or person is None or factor.of(person) is None:
        return redirect("sign-in")
    form = FactorForm(posted(request))
    if request.method == "POST" and form.is_valid():
        right, wait = factor.check(person, form.cleaned_data["code"])
        if right:
            if pending is not None:
                return steps.finish(request, pending, person, passed_factor=True)
            request.session[sessions.FACTOR] = True
            sessions.new_key(request)
            return redirect("home")
        form.add_error(
            "code", _too_many(wait) if wait else _("Koden passer ikke. Vent på neste kode, og prøv igjen.")
        )
    return _page(request, "second_factor", form)


@never_cache
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Tie an app to oneself. The recovery codes are shown once, in the answer to the first code that fits."""
    actor = actor_of(request)
    setting_up = factor.being_set_up(actor.person)
    form = FactorForm(posted(request)) if setting_up is not None else None
    if request.method == "POST" and setting_up is not None and form is not None and form.is_valid():
        fresh, wait = factor.confirm(actor=actor, code=form.cleaned_data["code"])
        if fresh:
            request.session[sessions.FACTOR] = True
            sessions.new_key(request)
            return _page(request, "recovery_codes", codes=fresh)
        form.add_error(
            "code", _too_many(wait) if wait else _("Koden passer ikke. Vent på neste kode, og prøv igjen.")
        )
    return _page(
        request,
        "second_factor_setup",
        form,
        has_one=factor.of(actor.person) is not None,
        qr=factor.qr(setting_up) if setting_up is not None else "",
        secret=setting_up.secret if setting_up is not None else "",
    )


def second_factor_begin(request: HttpRequest) -> HttpResponse:
    """Make the secret, then show it."""
    try:
        factor.begin(actor=actor_of(request))
    except NotNow as refusal:
        messages.info(request, str(refusal.message))
    return redirect("second-factor-setup")
