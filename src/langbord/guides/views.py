"""The guide as a process works with it: all of it, one point, can we invite now, the booklet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.library import content, pinning
from langbord.processes import hooks
from langbord.processes.enums import Stage
from langbord.processes.models import Process
from langbord.rooms.models import Piece
from langbord.rooms.shown import Shown, show_all

from . import actions, booklet, rules
from .enums import StepKind
from .forms import AsideForm, CarryForm, DateForm, JustOnce, WordsForm
from .models import PointStep
from .ready import ready
from .state import PointState, next_thing, state_of, states

SHOW = {
    "": gettext_lazy("Alle punktene"),
    "i-gang": gettext_lazy("Det vi har tatt fatt i"),
    "ikke-ennå": gettext_lazy("Ikke tatt fram ennå"),
}
"""How the guide may be narrowed down, as the address says it."""

WHY = {
    "due": gettext_lazy("Dagen dere valgte, er her. Fikk dere snakket om det?"),
    "needed": gettext_lazy("Greit å ha snakket om før dere inviterer."),
    "undated": gettext_lazy("Noen bærer det. Når passer det å snakke om det?"),
    "next": gettext_lazy("Neste punkt i veilederen."),
}
"""Why this one, and not another, is the next."""


def process_of(request: HttpRequest, slug: str) -> Process:
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=slug)
    or_missing(rules.prepares(actor, found.pk))
    return found


def guide(request: HttpRequest, process: str) -> HttpResponse:
    """All points by section, each with where it stands. `?vis=` narrows it down."""
    actor, found = actor_of(request), process_of(request, process)
    held = states(actor, found.pk)
    wanted = request.GET.get("vis", "")
    wanted = wanted if wanted in SHOW else ""
    sections = [
        (section, [(point, state) for point, state in _with_states(section, held) if _fits(state, wanted)])
        for section in pinning.guide_of(found.pk, found.organisation_id)
    ]
    return render(
        request,
        "guides/staff/guide.html",
        {
            "process": found,
            "sections": [(section, points) for section, points in sections if points],
            "choices": [(key, label, key == wanted) for key, label in SHOW.items()],
            "wanted": wanted,
        },
    )


def _with_states(
    section: content.Section, held: dict[str, PointState]
) -> list[tuple[content.Point, PointState]]:
    return [(point, held.get(point.key) or PointState(point.key)) for point in section.points]


def _fits(state: PointState, wanted: str) -> bool:
    if wanted == "i-gang":
        return bool(state.steps)
    return not state.steps if wanted else True


# -- one point


def _point_of(
    process: Process, key: str
) -> tuple[content.Section | None, content.Point, content.Point | None]:
    """The section it stands in today, the point as the process has it, and today's where it says something else."""
    section_key, held, newer = pinning.with_newer(process.pk, key, process.organisation_id)
    or_missing(held is not None)
    assert held is not None
    sections = content.guide(process.organisation_id)
    return next((s for s in sections if s.key == section_key), None), held, newer


def point(request: HttpRequest, process: str, point: str) -> HttpResponse:
    """One point: what it is about, and what those who prepare have said of it."""
    return _draw(request, process_of(request, process), point)


def _draw(request: HttpRequest, process: Process, key: str, **typed: forms.Form) -> HttpResponse:
    actor = actor_of(request)
    section, found, newer = _point_of(process, key)
    state = state_of(actor, process.pk, key)
    room = rules.words_room(actor, process.pk)
    people = actions.carriers(actor, process.pk)
    # One query for the keys of all names and words on the page.
    named = [row.person for row in people] + [p for s in state.steps for p in (s.person, s.carrier) if p]
    words = _words(actor, process.pk, key) if any(step.had_words for step in state.steps) else []
    said = {shown.piece.pk: shown for shown in show_all(words, actor, *named)}
    beside = _beside(section, key)
    context: dict[str, Any] = {
        "process": process,
        "section": section,
        "point": found,
        "state": state,
        "trail": [
            (step, said.get(step.piece_id) if step.piece_id else None) for step in reversed(state.steps)
        ],
        "room": room,
        "newer": newer,
        "carry_form": CarryForm(
            people=people,
            initial={"carrier": str(state.carrier.pk) if state.carrier is not None else ""},
        ),
        "date_form": DateForm(initial={"on": state.talk_on}),
        "talked_form": WordsForm(auto_id="talked_%s"),
        "aside_form": AsideForm(auto_id="aside_%s"),
        "words_form": WordsForm(auto_id="words_%s"),
        "once_form": JustOnce(),
        "before": beside[0],
        "after": beside[1],
        **typed,
    }
    wrong = next((form for form in typed.values() if form.errors), None)
    context["form"] = wrong
    return render(request, "guides/staff/point.html", context, status=422 if wrong is not None else 200)


def _words(actor: Actor, process_id: UUID, key: str) -> list[Piece]:
    """The words beside a point that this person reads."""
    pieces = PointStep.objects.visible_to(actor).filter(process_id=process_id, point=key, piece__isnull=False)
    return list(Piece.objects.visible_to(actor).filter(pk__in=pieces.values("piece_id")))


def _beside(section: content.Section | None, key: str) -> tuple[content.Point | None, content.Point | None]:
    """The points before and after this one in its section."""
    points = list(section.points) if section is not None else []
    place = next((n for n, p in enumerate(points) if p.key == key), None)
    if place is None:
        return None, None
    return (
        points[place - 1] if place > 0 else None,
        points[place + 1] if place + 1 < len(points) else None,
    )


Say = Callable[..., PointStep]


def _said(
    request: HttpRequest, slug: str, key: str, name: str, form: Any, say: Say, done: str
) -> HttpResponse:
    """One form of a point was sent: the action, or the page again with what was typed."""
    actor, found = actor_of(request), process_of(request, slug)
    if not form.is_valid():
        return _draw(request, found, key, **{name: form})
    data = {k: v for k, v in form.cleaned_data.items() if k != "once"}
    if "carrier" in data:
        carrier = data.pop("carrier")
        data["carrier_id"] = UUID(carrier) if carrier else None
    try:
        with refused_as_missing():
            say(actor=actor, process=found, key=key, step_id=form.cleaned_data["once"], **data)
    except NotNow as refusal:
        form.add_error("text" if "text" in form.fields else None, str(refusal.message))
        return _draw(request, found, key, **{name: form})
    messages.success(request, done)
    if request.POST.get("to") == "desk":
        return redirect("process", process=slug)
    return redirect("guide-point", process=slug, point=key)


def point_carry(request: HttpRequest, process: str, point: str) -> HttpResponse:
    actor, found = actor_of(request), process_of(request, process)
    form = CarryForm(request.POST, people=actions.carriers(actor, found.pk))
    return _said(request, process, point, "carry_form", form, actions.carry, _("Det er skrevet ned."))


def point_date(request: HttpRequest, process: str, point: str) -> HttpResponse:
    form = DateForm(request.POST)
    return _said(request, process, point, "date_form", form, actions.plan_talk, _("Dagen er skrevet ned."))


def point_talked(request: HttpRequest, process: str, point: str) -> HttpResponse:
    form = WordsForm(request.POST, auto_id="talked_%s")
    return _said(request, process, point, "talked_form", form, actions.talked, _("Fint. Det er skrevet ned."))


def point_aside(request: HttpRequest, process: str, point: str) -> HttpResponse:
    """Whoever does not read the room of the words sets it aside without a word."""
    actor, found = actor_of(request), process_of(request, process)
    speaks = rules.words_room(actor, found.pk) is not None
    form = AsideForm(request.POST, auto_id="aside_%s") if speaks else JustOnce(request.POST)
    done = _("Det er lagt til side. Dere kan ta det fram igjen når dere vil.")
    return _said(request, process, point, "aside_form", form, actions.set_aside, done)


def point_again(request: HttpRequest, process: str, point: str) -> HttpResponse:
    form = JustOnce(request.POST)
    return _said(
        request, process, point, "once_form", form, actions.take_up_again, _("Punktet er tatt fram igjen.")
    )


def point_words(request: HttpRequest, process: str, point: str) -> HttpResponse:
    form = WordsForm(request.POST, auto_id="words_%s")
    return _said(request, process, point, "words_form", form, actions.add_words, _("Det er skrevet ned."))


def point_later(request: HttpRequest, process: str, point: str) -> HttpResponse:
    form = JustOnce(request.POST)
    done = _("Greit. Punktet dukker opp igjen om to uker.")
    return _said(request, process, point, "once_form", form, actions.not_now, done)


def point_update(request: HttpRequest, process: str, point: str) -> HttpResponse:
    form = JustOnce(request.POST)
    done = _("Nå har dere den nye teksten. Det dere har skrevet, står.")
    return _said(request, process, point, "once_form", form, actions.use_new_text, done)


# -- can we invite now


def can_invite(request: HttpRequest, process: str) -> HttpResponse:
    """What is in place and what is missing. Nothing closes because of it."""
    actor, found = actor_of(request), process_of(request, process)
    sections = pinning.guide_of(found.pk, found.organisation_id)
    return render(
        request,
        "guides/staff/can_invite.html",
        {
            "process": found,
            "ready": ready(actor, found, sections, states(actor, found.pk)),
            "onward": [
                way
                for way in hooks.process_ways
                if way.stage == Stage.INVITE and way.shown_to(actor, found.pk)
            ],
        },
    )


# -- the booklet


def guide_print(request: HttpRequest, process: str) -> HttpResponse:
    """All of it on paper, with where each point stands. `?vis=i-gang`: only what they have taken up."""
    actor, found = actor_of(request), process_of(request, process)
    context = {"process": found, "sections": _for_paper(request, actor, found)}
    return render(request, "guides/staff/booklet.html", context)


def guide_word(request: HttpRequest, process: str) -> HttpResponse:
    """The booklet as a Word file."""
    actor, found = actor_of(request), process_of(request, process)
    made = booklet.word(_for_paper(request, actor, found), title=found.name)
    return booklet.as_file(made, booklet.file_name(found.slug))


def _for_paper(request: HttpRequest, actor: Actor, process: Process) -> list[booklet.Part]:
    held = states(actor, process.pk)
    words = _all_words(actor, process.pk) if rules.words_room(actor, process.pk) is not None else {}
    chosen = request.GET.get("vis") == "i-gang"
    parts = []
    for section in pinning.guide_of(process.pk, process.organisation_id):
        points = [
            booklet.Told(point, state, [s for step in state.steps if (s := words.get(step.piece_id))])
            for point, state in _with_states(section, held)
            if not chosen or state.steps
        ]
        if points:
            parts.append(booklet.Part(section, points))
    return parts


def _all_words(actor: Actor, process_id: UUID) -> dict[Any, Shown]:
    steps = PointStep.objects.visible_to(actor).filter(process_id=process_id, piece__isnull=False)
    pieces = list(Piece.objects.visible_to(actor).filter(pk__in=steps.values("piece_id")))
    return {shown.piece.pk: shown for shown in show_all(pieces, actor)}


def open_word(request: HttpRequest) -> HttpResponse:
    """The guide as a Word file for anybody, as we wrote it."""
    return booklet.as_file(booklet.ours(), booklet.file_name("langbord"))


# -- the panel on the desk


def desk_panel(actor: Actor, process: Process) -> tuple[str, dict[str, Any]] | None:
    """The next thing of the guide as we wrote it, one at a time, for those who prepare. One query."""
    if not rules.prepares(actor, process.pk) or actor.is_closed(process.pk):
        return None
    found = next_thing(states(actor, process.pk), list(content.points()))
    if found is None:
        return None
    return "guides/staff/_next.html", {
        "point": found.point,
        "why": WHY[found.why],
        "process": process,
        "form": JustOnce(),
        "kind": StepKind.LATER,
    }
