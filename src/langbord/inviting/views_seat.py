"""From a yes to a seat; and how each wants to take part: one's own page, and the hosts' page."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.enums import CITIZEN_SIDE, CasePower
from langbord.base.errors import NotNow
from langbord.people.models import Unit
from langbord.processes.models import Membership
from langbord.vault import preload_for

from . import taking_part
from .enums import Side, Step
from .forms import SeatForm, TakingPartForm
from .models import Invitee, TakingPart
from .views import in_words, invitees_of
from .views_question import Place, place, posted, status

UUIDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def inviting_seat(request: HttpRequest, process: str) -> HttpResponse:
    """Those who have said yes get a seat, and then a card. `side=service`: those from the service and partners."""
    actor = actor_of(request)
    found = place(request, process)
    citizens = (request.POST.get("side") or request.GET.get("side", "citizen")) == "citizen"
    yes = [
        row
        for row in invitees_of(actor, found)
        if row.step == Step.YES
        and (row.side == Side.CITIZEN) == citizens
        and taking_part.may_seat(actor, found.pk, row.side)
    ]
    rooms = taking_part.rooms_to_seat_in(actor, found.pk) if citizens else []
    sent = posted(request)
    done: list[UUID] = []
    if sent is not None:
        waiting = {str(row.pk) for row in yes}
        left, done = _already(actor, found, sent.getlist("people"), waiting)
        # Whoever was here already has another id as a person than they had on the list.
        gone = [value for value in left if value not in waiting and UUIDS.fullmatch(value)]
        known = {value for value in gone if taking_part.has_seated(actor, UUID(value))}
        left = [value for value in left if value not in known]
        if known and not left:
            messages.success(request, _("De har fått plass."))
        if (done or known) and not left:
            return _to_cards(found, done) if done else redirect("inviting", process=found.slug)
        if done or known:
            sent = sent.copy()
            sent.setlist("people", left)
    form = SeatForm(
        sent,
        people=[(str(row.pk), str(row.name)) for row in yes],
        rooms=[(str(room.pk), room.name) for room in rooms],
        citizens=citizens,
        units=Unit.objects.order_by("name"),
        initial={
            "people": [str(row.pk) for row in yes if not row.needs_guardian],
            "room": str(rooms[0].pk) if rooms else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        going = [row for row in yes if row.pk in form.chosen]
        try:
            with refused_as_missing():
                made = _seat(actor, going, form, citizens, {str(room.pk): room for room in rooms})
        except NotNow as refusal:
            form.add_error("people", str(refusal))
        else:
            messages.success(
                request, _("%(n)d har fått plass ved bordet. Skriv ut kort til dem.") % {"n": len(made)}
            )
            return _to_cards(found, [*done, *made])
    return render(
        request,
        "inviting/staff/seat.html",
        {"process": found, "form": form, "yes": yes, "citizens": citizens},
        status=status(form),
    )


def _already(actor: Actor, process: Place, sent: list[str], yes: set[str]) -> tuple[list[str], list[UUID]]:
    """Of those sent: who is left to seat, and who got a seat by an earlier click. The second list is members whom the
    actor sees anyway."""
    others = [UUID(value) for value in sent if value not in yes and UUIDS.fullmatch(value)]
    if not others:
        return sent, []
    members = Membership.objects.visible_to(actor).current().filter(process_id=process.pk)
    done = list(members.filter(person_id__in=others).values_list("person_id", flat=True).distinct())
    return [value for value in sent if value not in {str(pk) for pk in done}], done


def _to_cards(process: Place, people: list[UUID]) -> HttpResponse:
    chosen = "&".join(f"person={person_id}" for person_id in people)
    return redirect(f"{reverse('cards-print', args=[process.slug])}?{chosen}")


def _seat(
    actor: Actor, going: list[Invitee], form: SeatForm, citizens: bool, rooms: dict[str, object]
) -> list[UUID]:
    data = form.cleaned_data
    people = taking_part.seat_many(
        actor=actor,
        invitees=going,
        room=rooms[data["room"]] if citizens else None,  # type: ignore[arg-type]
        unit=data.get("unit"),
        case_power=data.get("case_power") or CasePower.NONE,
    )
    return [person.pk for person in people]


def my_ways(request: HttpRequest) -> HttpResponse:
    """How I want to take part, in each process I am a citizen of. My own words; I can change them at any time."""
    actor = actor_of(request)
    mine = {
        s.process_id: s.process_name
        for s in actor.sittings
        if s.role in CITIZEN_SIDE and s.process_ended_at is None
    }
    wanted = request.POST.get("process") or request.GET.get("process", "")
    chosen = next((pk for pk in mine if str(pk) == wanted), next(iter(mine), None))
    or_missing(not wanted or str(chosen) == wanted)
    row = (
        TakingPart.objects.visible_to(actor).filter(process_id=chosen, person=actor.person).first()
        if chosen is not None
        else None
    )
    form = TakingPartForm.of(row, posted(request))
    if request.method == "POST" and form.is_valid():
        or_missing(chosen is not None)
        assert chosen is not None
        with refused_as_missing():
            taking_part.write_own(actor=actor, process_id=chosen, words=form.cleaned_data)
        messages.success(request, _("Lagret. Verten din kan lese det, og ingen andre."))
        return redirect(f"{reverse('my-ways')}?process={chosen}")
    return render(
        request,
        "inviting/my_ways.html",
        {
            "form": form,
            "processes": mine,
            "chosen": chosen,
            "first_day": actor.reads_from,
            # A new card opens nothing older than itself.
            "answers": taking_part.answers_of(actor, chosen) if chosen and not actor.reads_from else [],
        },
        status=status(form),
    )


def ways_of_group(request: HttpRequest, process: str) -> HttpResponse:
    """For hosts: what each of those who sit in their room has said about how they want to take part."""
    actor = actor_of(request)
    found: Place = place(request, process)
    rows = list(
        TakingPart.objects.visible_to(actor)
        .with_person()
        .filter(process_id=found.pk, person__isnull=False)
        .exclude(person=actor.person)
        .order_by("person_id")
    )
    preload_for([*rows, *(row.person for row in rows if row.person is not None)])
    people = [(row.person.shown_name, in_words(row)) for row in rows if row.person is not None]
    return render(
        request,
        "inviting/staff/ways.html",
        {"process": found, "people": sorted(people, key=lambda pair: pair[0].casefold())},
    )
