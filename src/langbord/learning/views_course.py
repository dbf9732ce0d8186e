"""The course: step by step, alone, with notes to oneself that can be hung up where one sits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow, ProcessClosed
from langbord.base.forms import There, wants_one_more
from langbord.gatherings.rules import may_plan
from langbord.library import content
from langbord.library.content import Step, Unit
from langbord.rooms.models import Room
from langbord.rooms.readers import audience
from langbord.rooms.shown import readers_sentence
from langbord.vault import preload_for

from . import notes, rules, sheets
from .forms import HangForm, NoteForm
from .models import CourseNote, CoursePlace, Laid, MentorAnswer, MentorQuestion, UnitEntry
from .querysets import unit_of

LEFT = 20
"""So many of the things that can still be taken back are listed at once."""


@dataclass(frozen=True)
class Mine:
    """A unit and where I am in it. Shown to me alone."""

    unit: Unit
    number: int
    place: CoursePlace | None

    @property
    def done(self) -> bool:
        return self.place is not None and self.place.done_at is not None

    @property
    def go_on(self) -> str:
        """The step to open: where one was, else the first."""
        keys = [step.key for step in self.unit.steps]
        at = self.place.step_key if self.place is not None and not self.done else ""
        return at if at in keys else keys[0]

    @property
    def begun(self) -> bool:
        return self.place is not None and not self.done


def _places(actor: Actor) -> dict[str, CoursePlace]:
    return {place.unit_key: place for place in CoursePlace.objects.visible_to(actor)}


def mine(actor: Actor) -> list[Mine]:
    """The units in order, with my place. One query."""
    places = _places(actor)
    return [Mine(unit, number, places.get(unit.key)) for number, unit in enumerate(content.course(), 1)]


def learning(request: HttpRequest) -> HttpResponse:
    """All of learning for one person: the course, reflection alone, the unit's question; and the way to the processes
    where one does it together."""
    actor = actor_of(request)
    rooms = rules.service_rooms(actor)
    asked = list(MentorQuestion.objects.visible_to(actor).left_behind(actor)[:LEFT])
    words = list(Laid.objects.visible_to(actor).left_behind(actor)[:LEFT])
    entries = list(UnitEntry.objects.visible_to(actor).left_behind(actor)[:LEFT])
    answered = list(MentorAnswer.objects.visible_to(actor).left_behind(actor)[:LEFT])
    preload_for([*asked, *words, *entries, *answered])
    return render(
        request,
        "learning/staff/home.html",
        {
            "units": mine(actor),
            "sheets": sheets.all_sheets(),
            "has_unit": unit_of(actor) is not None,
            "mentoring": actor.mentoring,
            "together": {actor.slug_of(r.process_id): _name(actor, r.process_id) for r in rooms},
            "asked": asked,
            "laid": words,
            "entries": entries,
            "answered": answered,
        },
    )


def _name(actor: Actor, process_id: UUID) -> str:
    return next((s.process_name for s in actor.sittings_in(process_id)), "")


def _unit_or_missing(key: str) -> tuple[Unit, int]:
    for number, unit in enumerate(content.course(), 1):
        if unit.key == key:
            return unit, number
    raise Http404


def _step_or_missing(unit: Unit, key: str) -> Step:
    found = next((step for step in unit.steps if step.key == key), None)
    if found is None:
        raise Http404
    return found


def _notes(actor: Actor, unit: Unit) -> dict[str, CourseNote]:
    held = list(CourseNote.objects.visible_to(actor).filter(unit_key=unit.key))
    preload_for(held)
    return {note.step_key: note for note in held}


def unit_page(request: HttpRequest, unit: str) -> HttpResponse:
    """What a unit is about, its steps, and where one was."""
    actor = actor_of(request)
    found, number = _unit_or_missing(unit)
    own = _notes(actor, found)
    here = Mine(found, number, _places(actor).get(found.key))
    steps = [(step, step.key in own, here.begun and step.key == here.go_on) for step in found.steps]
    rooms = rules.service_rooms(actor)
    return render(
        request,
        "learning/staff/unit.html",
        {
            "here": here,
            "unit": found,
            "steps": steps,
            "of": len(content.course()),
            "lab_in": [(actor.slug_of(r.process_id), r.name) for r in rooms if may_plan(actor, r)],
        },
    )


def unit_print(request: HttpRequest, unit: str) -> HttpResponse:
    """All of a unit on paper, with my own notes where I have any, and lines where I have none."""
    actor = actor_of(request)
    found, number = _unit_or_missing(unit)
    own = _notes(actor, found)
    return render(
        request,
        "learning/staff/unit_print.html",
        {"unit": found, "number": number, "steps": [(step, own.get(step.key)) for step in found.steps]},
    )


def step_page(request: HttpRequest, unit: str, step: str) -> HttpResponse:
    """One step. Where one writes, the words are kept on the way to the next."""
    actor = actor_of(request)
    found, number = _unit_or_missing(unit)
    at = _step_or_missing(found, step)
    note = CourseNote.objects.visible_to(actor).with_piece().filter(unit_key=unit, step_key=step).first()
    prompt = str(at.prompt or "")
    if request.method == "POST":
        form = NoteForm(request.POST, prompt=prompt)
        if form.is_valid():
            try:
                return _kept(request, found, at, form.cleaned_data["text"])
            except NotNow as refusal:
                form.add_error("text", str(refusal))
    else:
        form = NoteForm(initial={"text": note.text if note else ""}, prompt=prompt)
    place = found.steps.index(at)
    return render(
        request,
        "learning/staff/step.html",
        {
            "unit": found,
            "number": number,
            "step": at,
            "at": place + 1,
            "last": place + 1 == len(found.steps),
            "before": found.steps[place - 1] if place else None,
            "steps": found.steps,
            "form": form if at.prompt else None,
            "note": note,
            "can_hang": bool(rules.service_rooms(actor)),
        },
        status=422 if form.errors else 200,
    )


def _kept(request: HttpRequest, unit: Unit, step: Step, text: str) -> HttpResponse:
    actor = actor_of(request)
    note = None
    if step.prompt is not None:
        note = notes.keep(actor=actor, unit=unit, step=step, text=text)
    if request.POST.get("then") == "hang" and note is not None:
        return redirect("course-hang", unit=unit.key, step=step.key)
    if request.POST.get("then") in ("stay", "hang"):
        messages.success(request, _("Lagret. Bare du kan lese det."))
        return redirect("course-step", unit=unit.key, step=step.key)
    following = notes.move_on(actor=actor, unit=unit, step=step)
    if following is None:
        messages.success(request, _("Du er gjennom denne delen. Resten skjer når dere snakker om det."))
        return redirect("course-unit", unit=unit.key)
    return redirect("course-step", unit=unit.key, step=following.key)


def hang(request: HttpRequest, unit: str, step: str) -> HttpResponse:
    """Hang a note up in a service room: where, who reads it there, and the words once more."""
    actor = actor_of(request)
    found, _number = _unit_or_missing(unit)
    at = _step_or_missing(found, step)
    among = CourseNote.objects.visible_to(actor).with_piece()
    note = get_visible_or_404(CourseNote, actor, among=among, unit_key=unit, step_key=step)
    rooms = rules.service_rooms(actor)
    if not rooms:
        raise Http404
    choices = [(str(room.id), f"{room.name}, {_name(actor, room.process_id)}") for room in rooms]
    initial: dict[str, Any] = {"text": note.text, "room": choices[0][0]}
    form = HangForm(request.POST or None, rooms=choices, initial=initial)
    there = _hangs(note, form)
    if request.method == "POST" and form.is_valid() and there is None:
        room = get_visible_or_404(Room, actor, pk=UUID(form.cleaned_data["room"]))
        try:
            with refused_as_missing():
                notes.hang_up(
                    actor=actor,
                    note=note,
                    room=room,
                    text=form.cleaned_data["text"],
                    piece_id=form.cleaned_data["once"],
                )
        except (NotNow, ProcessClosed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Nå henger det i rommet. Du kan ta det ned når du vil."))
            return redirect("course-step", unit=found.key, step=at.key)  # there one goes on, or takes it down
    who = [
        (
            room.name,
            readers_sentence(
                audience(room.process_id, actor).of(
                    Room(id=room.id, kind=room.kind, process_id=room.process_id)
                )
            ),
        )
        for room in rooms[:2]
    ]
    return render(
        request,
        "learning/staff/hang.html",
        {"unit": found, "step": at, "form": form, "who": who, "there": there},
        status=422 if form.errors or (there is not None and there.asks) else 200,
    )


def _hangs(note: CourseNote, form: HangForm) -> There | None:
    """What already hangs in a room from this note: pointed at, so that it does not hang there twice after *back*."""
    if note.piece is None or note.piece.room_id is None:
        return None
    sent = form.is_bound and form.is_valid()
    if sent and (wants_one_more(form.data) or form.cleaned_data["once"] == note.piece_id):
        return None
    said = _("Du har hengt opp noe fra dette notatet.")
    return There(said, reverse("piece", args=[note.piece_id]), asks=sent)
