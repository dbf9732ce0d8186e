"""The first page of each person: people and the next meal first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from langbord.access.asked import actor_of
from langbord.access.enums import Role
from langbord.base import clock
from langbord.consent.hosting import said
from langbord.consent.panel import OnHome, on_home
from langbord.firstmeeting.panel import has_a_list, written_by_phone
from langbord.firstmeeting.rules import advises
from langbord.followup.lines import asked_in, promised_in, waiting_cases, waiting_for
from langbord.followup.lines import sealed_in as sealed_in_cases
from langbord.gatherings.calendar import overdue_for
from langbord.people.signin.cards import new_cards_for
from langbord.processes.keeping.shown import closed_for, my_file_address, warnings_for
from langbord.rooms.beginning import may_begin
from langbord.vault import preload_for
from langbord.web.context import is_citizen
from langbord.web.firstrun import is_empty

from .parts import boards, is_asked_to_come, next_cards, sealed_in, tables

CASES_SHOWN = 3


def home(request: HttpRequest) -> HttpResponse:
    """Welcome for those who are not signed in; else the home of the role."""
    actor = actor_of(request)
    if actor.person is None:
        if is_empty():
            return redirect("first-run")
        return render(request, "web/welcome.html")
    phone = is_citizen(actor) or not actor.sittings
    # One gathering on the phone: one main thing to do. The rest is one tap away.
    cards = next_cards(actor, limit=1 if phone else 2)
    cases = [] if phone else waiting_cases(actor)
    new_cards = new_cards_for(actor)
    consents = on_home(actor) if phone else OnHome()
    said_for_me = said.pending(actor) if consents.unseen else []
    people = [actor.person, *(card.person for card in new_cards)]
    also = [*people, *sealed_in(cards), *sealed_in_cases(cases), *said.sealed_in(said_for_me)]
    if said_for_me:
        preload_for(also)
    # What somebody wrote down in my name comes first. The board waits one tap, and so does what else is asked.
    shown_boards = [] if said_for_me else boards(actor, CASES_SHOWN, also, promised=phone)
    context = {
        "today": clock.today(),
        "me_sits": bool(actor.sittings),
        "shows_next": bool(cards) or is_asked_to_come(actor),
        "next_gatherings": cards,
        "first_to_come": next(
            (card.id for card in cards if card.may_answer and not card.answer and not card.cancelled), None
        ),
        "boards": shown_boards,
        "slugs": dict.fromkeys(s.process_slug for s in actor.sittings),
        "new_cards": new_cards,
        "askings": asked_in(line for board in shown_boards for line in board.lines),
        "soon": warnings_for(actor, home=True),
        "closed": closed_for(actor),
        "my_file": my_file_address(),
    }
    if phone:
        context["said_for_me"] = said_for_me
        context["promised"] = promised_in(line for board in shown_boards for line in board.lines)
        context["may_begin"] = not actor.sittings and may_begin(actor)
        # Whoever sits at a table meets it on Meg: this page has its queries already.
        context["by_phone"] = None if actor.sittings else written_by_phone(actor)
        context["has_list"] = not actor.sittings and has_a_list(actor)
        context["consents_waiting"] = 0 if said_for_me else consents.waiting
        context["group_asks"] = [] if said_for_me else consents.asks
        response = render(request, "home/citizen.html", context)
    else:
        response = render(
            request,
            "home/desk.html",
            {
                **context,
                "waiting": waiting_for(actor, cases),
                "after": [(actor.slug_of(g.process_id), g) for g in overdue_for(actor)],
                "tables": tables(actor),
                "advises": advises(actor),
                "coordinates": any(s.role == Role.COORDINATOR for s in actor.sittings),
            },
        )
    response.headers.setdefault("Cache-Control", "no-store, private")
    return response
