"""Learning together in one process: labs, and talks in stages, of its service room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor, RoomFact
from langbord.access.asked import actor_of, process_id_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base import clock
from langbord.base.errors import NotNow
from langbord.base.forms import There
from langbord.gatherings.models import AgendaItem
from langbord.gatherings.rules import may_note, may_plan
from langbord.gatherings.there_already import same_day
from langbord.library import content
from langbord.vault import preload_for

from . import labs, rules, sheets
from .enums import Stage
from .forms import BeginTalksForm, LabForm, RoundForm
from .models import Lab, Round, TalkPlan

SHOWN = 12


def room_or_missing(request: HttpRequest) -> RoomFact:
    """The service room of the process in the address."""
    rooms = rules.service_rooms(actor_of(request), process_id_of(request))
    if not rooms:
        raise Http404
    return rooms[0]


def together(request: HttpRequest, process: str) -> HttpResponse:
    """What this process learns together: the labs to come and those that were, talks in stages, rounds, the mentor."""
    actor = actor_of(request)
    room = room_or_missing(request)
    held = list(Lab.objects.visible_to(actor).in_process(room.process_id)[:SHOWN])
    rounds = list(Round.objects.visible_to(actor).filter(process_id=room.process_id)[:SHOWN])
    plans = list(TalkPlan.objects.visible_to(actor).filter(process_id=room.process_id)[:SHOWN])
    preload_for([*(lab.gathering for lab in held), *(lab.gathering.words for lab in held)])
    now = clock.now()
    known = {sheet.key: sheet for sheet in sheets.all_sheets()}
    busy = {r.sheet_key for r in rounds if r.closed_at is None}
    arranges = rules.arranges(actor, room)
    return render(
        request,
        "learning/staff/together.html",
        {
            "slug": process,
            "room": room,
            "name": _name(actor, room.process_id),
            "coming": [lab for lab in reversed(held) if _on(lab) and not lab.gathering.is_over(now)],
            "past": [lab for lab in held if _on(lab) and lab.gathering.is_over(now)],
            "plans": plans,
            "rounds": [(r, known[r.sheet_key]) for r in rounds if r.sheet_key in known],
            "may_plan": may_plan(actor, room),
            "begin_talks": BeginTalksForm(),
            "open_rounds": [
                (sheet, RoundForm(initial={"sheet": sheet.key}, auto_id=f"id_{sheet.key}_%s"))
                for sheet in known.values()
                if arranges and sheet.key not in busy
            ],
            "may_ask": rules.may_ask(actor, room.process_id),
        },
    )


def _on(lab: Lab) -> bool:
    return lab.gathering.cancelled_at is None


def _name(actor: Actor, process_id: UUID) -> str:
    return next((s.process_name for s in actor.sittings_in(process_id)), "")


def lab_new(request: HttpRequest, process: str) -> HttpResponse:
    """Plan a lab or a stage of a talk. `?om=unit:…` says what it is about, `?plan=…&omgang=…` which stage it is; the page
    then begins with an agenda made from it and with last time's notes."""
    actor = actor_of(request)
    room = room_or_missing(request)
    if not may_plan(actor, room):
        raise Http404
    plan, stage = _stage(request, actor, room)
    about = request.POST.get("topic", "") if request.method == "POST" else request.GET.get("om", "")
    _unit, _sheet, thing = labs.topic(about)
    last = labs.last_before(actor, room.id, clock.now() + timedelta(days=3650), plan=plan)
    held = labs.last_before(actor, room.id, clock.now(), plan=plan) if last is not None else None
    notes = labs.notes_of(actor, held)
    refused = ""
    there: There | None = None
    if request.method == "POST":
        form = LabForm(request.POST)
        if form.is_valid() and not (there := same_day(actor, room, form, process)):
            try:
                lab = _plan(actor, room, form, plan, stage)
            except NotNow as refusal:
                refused = str(refusal)
            else:
                messages.success(request, _("Verkstedet er lagt inn. Alle i rommet blir spurt om de kommer."))
                return redirect("lab", process=process, lab=lab.pk)
    else:
        form = LabForm(initial=_begin(thing, about, stage, plan, actor, last is not None))
    preload_for([notes.piece] if notes else [])
    return render(
        request,
        "learning/staff/lab_new.html",
        {
            "slug": process,
            "room": room,
            "form": form,
            "refused": refused,
            "there": there,
            "about": thing,
            "stage": Stage(stage) if stage else None,
            "notes": notes,
            "topics": [(f"unit:{u.key}", u.title) for u in content.course()]
            + [(f"sheet:{s.key}", s.title) for s in sheets.all_sheets()],
        },
        status=422 if form.errors or refused or there else 200,
    )


def _stage(request: HttpRequest, actor: Actor, room: RoomFact) -> tuple[TalkPlan | None, str]:
    """The stage of a talk that the address names."""
    wanted, stage = request.GET.get("plan", ""), request.GET.get("omgang", "")
    if not wanted:
        return None, ""
    try:
        key = UUID(wanted)
    except ValueError:
        raise Http404 from None
    if stage not in Stage.values:
        raise Http404
    return get_visible_or_404(TalkPlan, actor, pk=key, room_id=room.id), stage


def _begin(
    thing: Any, about: str, stage: str, plan: TalkPlan | None, actor: Actor, before: bool
) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "topic": about if thing is not None else "",
        "title": labs.title_for(thing, stage),
        "agenda": labs.agenda_for(thing, before=before, stage=stage),
    }
    if plan is not None:
        step = next((s for s in labs.steps_of(actor, plan) if s.stage == stage), None)
        if step is not None and step.suggested is not None:
            initial["date"] = step.suggested.astimezone(clock.OSLO).date()
    return initial


def _plan(actor: Actor, room: RoomFact, form: LabForm, plan: TalkPlan | None, stage: str) -> Lab:
    data = form.cleaned_data
    with refused_as_missing():
        return labs.plan_lab(
            actor=actor,
            room=room,
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            place=data["place"],
            title=data["title"],
            food=data["food"],
            agenda=form.led_agenda,
            topic_key=data["topic"],
            plan=plan,
            stage=stage,
            lab_id=data["once"],
        )


def lab_page(request: HttpRequest, process: str, lab: UUID) -> HttpResponse:
    """One lab: last time's notes first, then what it is about. On one screen in the room, or on paper."""
    actor = actor_of(request)
    room = room_or_missing(request)
    found = get_visible_or_404(
        Lab,
        actor,
        among=Lab.objects.visible_to(actor).in_process(room.process_id),
        pk=lab,
    )
    # Asked now: the one before may have been called off, moved, or planned after this one was.
    last = labs.last_before(actor, found.room_id, found.gathering.starts_at, plan=found.plan)
    before = labs.notes_of(actor, last)
    after = labs.notes_of(actor, found)
    items = list(AgendaItem.objects.visible_to(actor).filter(gathering_id=found.gathering_id))
    preload_for(
        [
            found.gathering,
            found.gathering.words,
            *items,
            *([before.piece] if before else []),
            *([after.piece] if after else []),
        ]
    )
    thing = labs.about(found)
    return render(
        request,
        "learning/staff/lab.html",
        {
            "slug": process,
            "room": room,
            "lab": found,
            "gathering": found.gathering,
            "words": found.gathering.words,
            "items": items,
            "before": before,
            "before_lab": last,
            "after": after,
            "thing": thing,
            "parts": thing.lab.parts if isinstance(thing, content.Unit) else (),
            "sheet": thing if found.sheet_key else None,
            "may_note": may_note(actor, room),
            "begun": clock.now() >= found.gathering.starts_at,
            "off": found.gathering.cancelled_at is not None,
        },
    )


def talks_begin(request: HttpRequest, process: str) -> HttpResponse:
    """Begin a talk in stages."""
    actor = actor_of(request)
    room = room_or_missing(request)
    form = BeginTalksForm(request.POST)
    once = form.cleaned_data["once"] if form.is_valid() else uuid4()
    with refused_as_missing():
        plan = labs.begin_talks(actor=actor, room=room, plan_id=once)
    return redirect("talks", process=process, plan=plan.pk)


def talks(request: HttpRequest, process: str, plan: UUID) -> HttpResponse:
    """The stages of a talk with their dates, and what came of each."""
    actor = actor_of(request)
    room = room_or_missing(request)
    found = get_visible_or_404(TalkPlan, actor, pk=plan, process_id=room.process_id)
    steps = labs.steps_of(actor, found)
    preload_for(
        [
            *(s.lab.gathering for s in steps if s.lab),
            *(s.lab.gathering.words for s in steps if s.lab),
            *(s.notes.piece for s in steps if s.notes),
        ]
    )
    return render(
        request,
        "learning/staff/talks.html",
        {
            "slug": process,
            "room": room,
            "plan": found,
            "steps": steps,
            "may_plan": may_plan(actor, room),
            "may_note": may_note(actor, room),
        },
    )
