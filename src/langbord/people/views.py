"""Meg: my name, my card and PIN, where I am signed in, who can see what. And what every page carries: language, size of
the text, signing out, leaving the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, process_id_of
from langbord.access.enums import HOST_SIDE
from langbord.access.gate import get_visible_or_404
from langbord.base import clock
from langbord.base.dates import written
from langbord.base.errors import NotAllowed
from langbord.vault import preload_for

from . import actions, hooks
from .forms import ChangePinForm, NameForm, PrintForm
from .models import Card, OwnSession, Person
from .signin import cards, factor, pins, rescue, sessions, steps
from .signin.views import clock_words, posted

PLACES = ("firstmeeting", "consent", "rooms", "research", "retention", "leaving")
"""Where the panels of other apps stand on Meg, by the folder of their template. Others come last."""


def _panels(actor: Actor) -> dict[str, list[hooks.Panel]]:
    placed: dict[str, list[hooks.Panel]] = {"first": [], **{place: [] for place in PLACES}, "others": []}
    for make in hooks.me_panels:
        panel = make(actor)
        if panel is None:
            continue
        folder = panel[0].partition("/")[0]
        placed["first" if panel[1].get("first") else folder if folder in PLACES else "others"].append(panel)
    return placed


def me(request: HttpRequest) -> HttpResponse:
    """Everything about me, each thing one tap away."""
    actor = actor_of(request)
    new_cards = cards.new_cards_for(actor)
    preload_for([actor.person, *(card.person for card in new_cards)])
    return render(
        request,
        "people/me.html",
        {
            "person": actor.person,
            "works_here": factor.works_here(actor),
            "reads_from": actor.reads_from,
            "cards": new_cards,
            "rescued": rescue.something_for(actor),
            "panels": _panels(actor),
            "is_operator": actor.is_operator,
        },
    )


def me_name(request: HttpRequest) -> HttpResponse:
    """What I am called here."""
    actor = actor_of(request)
    form = NameForm(posted(request), initial={"name": actor.person.name, "alias": actor.person.alias})
    if request.method == "POST" and form.is_valid():
        actions.set_name(actor=actor, **form.cleaned_data)
        messages.success(request, _("Lagret."))
        return redirect("me")
    return render(request, "people/me_name.html", {"form": form}, status=422 if form.errors else 200)


def me_pin(request: HttpRequest) -> HttpResponse:
    """Change my PIN. My other sessions end."""
    actor = actor_of(request)
    form = ChangePinForm(posted(request), has_pin=actor.person.has_pin)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done, wait = pins.change_pin(actor=actor, old=data.get("old", ""), new=data["pin"])
        if done:
            sessions.keep_after_new_pin(request, actor.person)
            messages.success(
                request, _("Du har fått ny PIN-kode. Andre steder der du var inne, er du logget ut.")
            )
            return redirect("me")
        form.add_error(
            "old",
            _("Det ble for mange forsøk. Prøv igjen %(when)s.") % {"when": clock_words(wait)}
            if wait
            else _("Det var ikke riktig PIN-kode. Prøv en gang til."),
        )
    return render(request, "people/me_pin.html", {"form": form}, status=422 if form.errors else 200)


def me_cards(request: HttpRequest) -> HttpResponse:
    """My cards: whether they are in use, and a way to stop them."""
    actor = actor_of(request)
    found = Card.objects.visible_to(actor).filter(person_id=actor.person.pk)[:10]
    return render(request, "people/me_cards.html", {"cards": found})


def card_answer(request: HttpRequest, card: UUID) -> HttpResponse:
    """Is it you who took this card in use? Yes; or no, and then it is stopped."""
    actor = actor_of(request)
    found = get_visible_or_404(Card, actor, pk=card)
    mine = found.person_id == actor.person_id
    answer = request.POST.get("answer")
    if answer == "no":
        cards.revoke_card(card=found, actor=actor)
        messages.success(request, _("Kortet er stoppet. Den som brukte det, er logget ut. Be om et nytt."))
        return redirect("home")
    if answer == "yes" and mine:
        cards.notice_card(card=found, actor=actor)
        messages.success(request, _("Takk. Da vet vi det."))
    return redirect("home")


def me_sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    actor = actor_of(request)
    found = list(OwnSession.objects.visible_to(actor))
    rows = [
        {
            "session": own,
            "here": sessions.is_here(request, own),
            "words": sessions.device_in_words(own.device),
        }
        for own in found
    ]
    return render(request, "people/me_sessions.html", {"rows": rows})


def session_end(request: HttpRequest, session: UUID) -> HttpResponse:
    """End one of my sessions."""
    try:
        sessions.end_own_session(session_id=session, actor=actor_of(request))
    except NotAllowed:
        raise Http404 from None
    messages.success(request, _("Du er logget ut der."))
    return redirect("me-sessions")


def sessions_end(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    sessions.end_other_sessions(actor=actor_of(request), here=request.session.session_key)
    messages.success(request, _("Nå er du bare logget inn her."))
    return redirect("me-sessions")


def rescued(request: HttpRequest) -> HttpResponse:
    """What I wrote just after I had been signed out: here it is, to send or to copy."""
    return render(request, "people/rescued.html", {"rescued": rescue.rescued_for(actor_of(request))})


def rescued_throw_away(request: HttpRequest, rescued: UUID) -> HttpResponse:
    """I do not want it."""
    rescue.throw_away(rescued_id=rescued, actor=actor_of(request))
    messages.success(request, _("Det er kastet."))
    return redirect("me")


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out. On somebody else's phone nothing stays in the browser."""
    shared = bool(request.session.get(sessions.SHARED))
    sessions.end(request)
    response = redirect("sign-in")
    _clear(response, shared)
    return response


@never_cache
def leave_page(request: HttpRequest) -> HttpResponse:
    """Away from here at once: the session ends, and a neutral site opens."""
    shared = bool(request.session.get(sessions.SHARED))
    if SESSION_KEY in request.session:
        sessions.end(request)
    response = HttpResponseRedirect(settings.NEUTRAL_SITE)
    _clear(response, shared)
    return response


def _clear(response: HttpResponse, shared: bool) -> None:
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"' if shared else '"cache", "storage"'
    if shared:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)


def set_language(request: HttpRequest) -> HttpResponse:
    """Bokmål, Nynorsk or English: remembered for the person, or in the browser."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        steps.set_language_cookie(response, language, shared=bool(request.session.get(sessions.SHARED)))
        if actor_of(request).person is not None:
            actions.set_preferences(actor=actor_of(request), language=language)
    return response


def set_text_size(request: HttpRequest) -> HttpResponse:
    """The size of the text: remembered for the person, or in the browser."""
    size = request.POST.get("text_size", "")
    if size in ("", "large", "largest"):
        if actor_of(request).person is not None:
            actions.set_preferences(actor=actor_of(request), text_size=size)
        else:
            request.session["text_size"] = size
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(steps.safe_next(request, request.POST.get("next")) or "/")


def cards_print(request: HttpRequest, process: str) -> HttpResponse:
    """Choose people, and print a card for each. The codes exist only in the answer to the POST, and on the paper."""
    actor = actor_of(request)
    process_id = process_id_of(request)
    found = list(Person.objects.may_get_card_from(actor).taking_part_in(process_id).order_by("created_at"))
    preload_for(found)
    people = sorted(found, key=lambda person: person.shown_name.casefold())
    form = PrintForm(
        posted(request),
        people=_with_cards(actor, people),
        initial={"people": request.GET.getlist("person")},
    )
    if request.method == "POST" and form.is_valid():
        chosen = [person for person in people if str(person.pk) in form.cleaned_data["people"]]
        printed = [
            {"card": card, "qr": factor.qr_svg(card.url, _("QR-kode som åpner innloggingen"))}
            for card in cards.issue_cards(people=chosen, actor=actor)
        ]
        response = render(request, "people/cards_printed.html", {"printed": printed, **_place(process)})
        response.headers["Cache-Control"] = "no-store, private"
        return response
    return render(
        request,
        "people/cards_print.html",
        {
            "form": form,
            "hosts": actor.has_role(process_id, *HOST_SIDE),
            **_place(process),
        },
        status=422 if form.errors else 200,
    )


def _place(process: str) -> dict[str, Any]:
    return {"slug": process, **cards.printed_where()}


def _with_cards(actor: Actor, people: list[Person]) -> list[tuple[str, str]]:
    """Each person to choose, by name and with the newest card that is not stopped."""
    newest: dict[UUID, Card] = {}
    for card in Card.objects.visible_to(actor).filter(
        person_id__in=[p.pk for p in people], revoked_at__isnull=True
    ):
        newest.setdefault(card.person_id, card)
    return [(str(person.pk), _with_card(person, newest.get(person.pk))) for person in people]


def _with_card(person: Person, card: Card | None) -> str:
    if card is None:
        return _("%(name)s – har ikke kort") % {"name": person.shown_name}
    if card.first_used_at is None:
        day = written(card.issued_at.astimezone(clock.OSLO), "j. F")
        return _("%(name)s – kort skrevet ut %(day)s, ikke brukt") % {"name": person.shown_name, "day": day}
    day = written(card.first_used_at.astimezone(clock.OSLO), "j. F")
    return _("%(name)s – kort i bruk siden %(day)s") % {"name": person.shown_name, "day": day}
