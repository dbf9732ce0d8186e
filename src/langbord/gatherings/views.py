"""Pages before a gathering: the list, one gathering, planning it, answering."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor, RoomFact
from langbord.access.asked import actor_of, or_missing, process_id_of, refused_as_missing
from langbord.access.enums import RoomKind
from langbord.access.gate import get_visible_or_404
from langbord.base import clock, seen
from langbord.base.errors import NotNow
from langbord.base.forms import There
from langbord.consent.hosting import sight
from langbord.library import looking
from langbord.rooms import door
from langbord.vault import preload_for

from . import actions, agenda, calendar, minutes, rules
from .enums import LAID, AnswerKind
from .forms import CancelForm, ChangeForm, NeedsForm, PlanForm
from .ics import calendar_file
from .models import AgendaItem, Answer, Attendance, Gathering
from .people import head_counts
from .there_already import same_day

LIST_AT_MOST = 100
"""Gatherings on the list page: some years of a process."""


def found_gathering(
    request: HttpRequest, gathering: UUID, *, laid: bool = False
) -> tuple[Gathering, RoomFact]:
    """A gathering of the process in the address whose time the actor may know; `laid`: of a room they read."""
    actor = actor_of(request)
    among = Gathering.objects.visible_to(actor)
    found = get_visible_or_404(
        Gathering,
        actor,
        among=among.laid_for(actor) if laid else among,
        pk=gathering,
        process_id=process_id_of(request),
    )
    room = actor.room(found.room_id)
    if room is None:
        raise Http404
    return found, room


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def gathering_list(request: HttpRequest, process: str) -> HttpResponse:
    """All gatherings one may know of, those to come first; and the way to plan one."""
    actor = actor_of(request)
    process_id: UUID = process_id_of(request)
    visible = Gathering.objects.visible_to(actor).filter(process_id=process_id)
    held = list(visible.order_by("-starts_at")[:LIST_AT_MOST])
    now = clock.now()
    preload_for(held)
    facts = {room.id: room for room in actor.rooms_in(process_id)}
    rows = [
        {"gathering": g, "room": facts[g.room_id], "over": g.is_over(now), "on": g.is_on(now)} for g in held
    ]
    waiting = {g.pk for g in held if g.is_over(now) and g.held_at is None and g.cancelled_at is None}
    for row in rows:
        g: Any = row["gathering"]
        row["unmarked"] = g.pk in waiting and rules.hosts_here(actor, facts[g.room_id])
    coming = [row for row in reversed(rows) if not row["over"]]
    return render(
        request,
        "gatherings/list.html",
        {
            "slug": process,
            "process_name": next(s.process_name for s in actor.sittings_in(process_id)),
            "coming": coming,
            "past": [row for row in rows if row["over"]],
            "on_hold": Gathering.objects.on_hold_for(actor, process_id).exists(),
            "plan_in": [room for room in facts.values() if rules.may_plan(actor, room)],
        },
    )


def gathering_page(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """One gathering, as much of it as this person may know."""
    actor = actor_of(request)
    try:
        found, room = found_gathering(request, gathering, laid=True)
    except Http404:
        found, room = found_gathering(request, gathering)
        return _outside(request, found, room, process)
    return _inside(request, actor, found, room, process)


def _outside(request: HttpRequest, gathering: Gathering, room: RoomFact, slug: str) -> HttpResponse:
    """Time and place; for the coordinator and the researcher also how many."""
    actor = actor_of(request)
    preload_for([gathering])
    return render(
        request,
        "gatherings/desk/counts.html",
        {
            "gathering": gathering,
            "room": room,
            "slug": slug,
            "counts": head_counts(actor, [gathering]).get(gathering.pk),
            "may_change": rules.may_change(actor, room) and _to_come(gathering),
        },
    )


def _to_come(gathering: Gathering) -> bool:
    return gathering.cancelled_at is None and not gathering.is_over()


def _inside(
    request: HttpRequest, actor: Actor, gathering: Gathering, room: RoomFact, slug: str
) -> HttpResponse:
    card = calendar.cards(actor, [gathering])[0]
    items = list(AgendaItem.objects.visible_to(actor).filter(gathering=gathering))
    hosts = rules.hosts_here(actor, room)
    answers = _answers(actor, gathering) if hosts else []
    there = _there(actor, gathering, room) if gathering.held_at is not None else []
    written = minutes.published(actor, gathering)
    preload_for([*card.sealed, *items, *answers, *(a.person for a in answers), *(a.person for a in there)])
    planned = [agenda.Line(text=i.text, minutes=i.minutes, who=i.who) for i in items]
    writing = not actor.is_closed(gathering.process_id)
    context: dict[str, Any] = {
        "card": card,
        "gathering": gathering,
        "words": gathering.words,
        "room": room,
        "slug": slug,
        "agenda": agenda.timed(planned, gathering.starts_at, clock.now()),
        "hosts_here": hosts,
        "to_come": _to_come(gathering),
        "answers": sorted((_shown_answer(a, gathering) for a in answers), key=lambda row: LAID[row["kind"]]),
        "there": [a.person for a in there] if len(there) > 1 or hosts else [],
        "minutes": written,
        "may_write_minutes": rules.may_note(actor, room) and clock.now() >= gathering.starts_at and writing,
        "may_say_after": rules.may_say_heads(actor, room),
        "may_change": rules.may_tell(actor, room) and _to_come(gathering) and writing,
        "counts": None if hosts else _counts(actor, gathering, room),
    }
    return render(request, "gatherings/gathering.html", context)


def _there(actor: Actor, gathering: Gathering, room: RoomFact) -> list[Attendance]:
    """Names of those one sits with, where there may be any. One query, or none."""
    if not (rules.hosts_here(actor, room) or rules.meets_names_at(actor, room) or actor.sits_in(room.id)):
        return []
    return list(
        Attendance.objects.visible_to(actor).with_person().filter(gathering=gathering).order_by("marked_at")
    )


def _counts(actor: Actor, gathering: Gathering, room: RoomFact) -> Any:
    return head_counts(actor, [gathering]).get(gathering.pk) if rules.may_count(actor, room) else None


def _answers(actor: Actor, gathering: Gathering) -> list[Answer]:
    """For the hosts: everybody's answer. One query."""
    return list(
        Answer.objects.visible_to(actor)
        .with_person()
        .filter(gathering=gathering)
        .order_by("answered_at", "pk")
    )


def _shown_answer(row: Answer, gathering: Gathering) -> dict[str, Any]:
    stale = gathering.moved_at is not None and row.answered_at < gathering.moved_at
    kind = "" if stale else row.answer
    return {"name": row.person.shown_name, "kind": kind, "needs": row.shown_needs, "note": row.note}


def gathering_new(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """Plan a gathering in a room. For the joint table the page says why, when it is not possible just now."""
    actor = actor_of(request)
    fact = actor.room(room)
    if fact is None or fact.process_id != process_id_of(request):
        raise Http404
    or_missing(rules.may_plan(actor, fact))
    tells = rules.may_tell(actor, fact)
    form = PlanForm(_posted(request), tells=tells)
    refused, look, closed = "", None, ""
    there: There | None = None
    if looking.wanted(request):
        looking.or_missing(actor, fact.process_id)
        form = looking.as_typed(form, tells=tells)
        look = looking.look(form, "title", "agenda", "food", "ground", "practical", actor=actor)
    elif request.method != "POST" and fact.kind == RoomKind.JOINT:
        # Said before anybody fills in a form for nothing.
        closed = door.why_no_joint_gathering(fact.process_id)
    elif request.method == "POST" and form.is_valid() and (there := same_day(actor, fact, form, process)):
        pass
    elif request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                made = actions.plan(
                    actor=actor,
                    room=fact,
                    gathering_id=form.cleaned_data["once"],
                    **form.when_and_where,
                    **form.told,
                )
        except NotNow as refusal:
            refused = str(refusal.message)
        else:
            messages.success(request, _("Samlingen er lagt inn. De som sitter i rommet, ser den nå."))
            return redirect("gathering", process=process, gathering=made.pk)
    return render(
        request,
        "gatherings/plan.html",
        {
            "form": form,
            "room": fact,
            "slug": process,
            "refused": refused,
            "closed": closed,
            "there": there,
            "gathering": None,
            "hints": sight.hints(actor, fact.process_id, fact.id, fact.kind),
            "look": look,
            "may_look": tells and looking.may_look(actor, fact.process_id),
        },
        status=422 if form.errors or refused or there else 200,
    )


def gathering_edit(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """Change a gathering. People are asked anew when the time changes."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering)
    or_missing(rules.may_change(actor, room))
    tells = rules.may_tell(actor, room)
    form = ChangeForm(_posted(request), tells=tells)
    if not form.is_bound:
        _as_it_is(form, found, _standing(actor, found, form))
    refused, look = "", None
    meanwhile: list[tuple[Any, str]] = []
    if looking.wanted(request):
        looking.or_missing(actor, found.process_id)
        form = looking.as_typed(form, tells=tells)
        look = looking.look(form, "title", "agenda", "food", "ground", "practical", actor=actor)
    elif request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                actions.change(
                    actor=actor,
                    gathering=found,
                    **form.when_and_where,
                    told=form.told if tells else None,
                    seen=form.cleaned_data["seen"],
                )
        except seen.ChangedMeanwhile:
            found, room = found_gathering(request, gathering)
            meanwhile = seen.show_both(form, _standing(actor, found, form))
        except NotNow as refusal:
            refused = str(refusal.message)
        else:
            messages.success(request, _("Endringen er lagret."))
            return redirect("gathering", process=process, gathering=found.pk)
    return render(
        request,
        "gatherings/plan.html",
        {
            "form": form,
            "room": room,
            "slug": process,
            "refused": refused,
            "gathering": found,
            "meanwhile": meanwhile,
            "hints": sight.hints(actor, room.process_id, room.id, room.kind),
            "look": look,
            "may_look": tells and looking.may_look(actor, room.process_id),
        },
        status=422 if form.errors or refused else 200,
    )


def _standing(actor: Actor, gathering: Gathering, form: ChangeForm) -> dict[str, str]:
    """What is said about the gathering now, of what the form asks. Two queries, and one for the key."""
    preload_for([gathering])
    stands = actions.standing(actor, gathering)
    return {name: text for name, text in stands.items() if name in form.fields}


def _as_it_is(form: ChangeForm, gathering: Gathering, stands: dict[str, str]) -> None:
    """The form as it is first shown: what is said now, with the mark of it."""
    starts, ends = gathering.starts_at.astimezone(clock.OSLO), gathering.ends_at.astimezone(clock.OSLO)
    when = {"date": starts.date(), "start": starts.time(), "end": ends.time()}
    form.initial = {**stands, **when, "seen": seen.of(stands)}


def gathering_cancel(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """Call it off, with a word to people."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering, laid=True)
    or_missing(rules.may_tell(actor, room))
    form = CancelForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                actions.cancel(actor=actor, gathering=found, why=form.cleaned_data["why"])
        except NotNow as refusal:
            # Called off by somebody else: what was written stays on the page, beside what people read.
            form.add_error(None, str(refusal.message))
            found, room = found_gathering(request, gathering, laid=True)
        else:
            messages.success(request, _("Samlingen er avlyst. De som skulle komme, ser ordene dine."))
            return redirect("gathering", process=process, gathering=found.pk)
    preload_for([found, found.words])
    return render(
        request,
        "gatherings/cancel.html",
        {"form": form, "gathering": found, "slug": process, "meanwhile": _called_off(form, found)},
        status=422 if form.errors else 200,
    )


def _called_off(form: CancelForm, gathering: Gathering) -> list[tuple[Any, str]]:
    """The words with which somebody else has called it off already."""
    words = str(gathering.words.cancelled_why)
    return [(form.fields["why"].label, words)] if form.errors and words else []


def gathering_answer(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """One tap: I come, I cannot, I do not know yet."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering)
    or_missing(rules.may_answer(actor, room))
    try:
        kind = AnswerKind(request.POST.get("answer", ""))
    except ValueError:
        messages.warning(request, _("Velg ett av de tre svarene."))
        return redirect("gathering", process=process, gathering=found.pk)
    try:
        actions.answer(actor=actor, gathering=found, answer=kind)
    except NotNow as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _thanks(kind))
    if request.POST.get("next") == "home":
        return redirect("home")
    return redirect("gathering", process=process, gathering=found.pk)


def _thanks(kind: AnswerKind) -> str:
    return {
        AnswerKind.COMING: _("Så fint. Vi sees."),
        AnswerKind.CANNOT: _("Takk for at du sa fra. Du er velkommen neste gang."),
        AnswerKind.UNSURE: _("Det er greit. Du kan svare senere."),
    }[kind]


def gathering_needs(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """Say what one needs to be able to come. Only the hosts see it."""
    actor = actor_of(request)
    found, room = found_gathering(request, gathering, laid=True)
    or_missing(rules.may_answer(actor, room))
    mine = Answer.objects.own(actor).filter(gathering=found).first()
    card = calendar.cards(actor, [found])[0]
    preload_for([*card.sealed, *([mine] if mine is not None else [])])
    initial = {"needs": mine.need_kinds, "note": mine.note} if mine is not None else {}
    form = NeedsForm(_posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                actions.say_needs(actor=actor, gathering=found, **form.cleaned_data)
        except NotNow as refusal:
            messages.warning(request, str(refusal.message))
        else:
            messages.success(request, _("Verten ser det nå. Ingen andre ser det."))
        return redirect("gathering", process=process, gathering=found.pk)
    return render(
        request,
        "gatherings/needs.html",
        {"form": form, "card": card, "slug": process},
        status=422 if form.errors else 200,
    )


def gathering_ics(request: HttpRequest, process: str, gathering: UUID) -> HttpResponse:
    """For one's own calendar: the time, and the word «Samling»."""
    found, room = found_gathering(request, gathering)
    or_missing(rules.may_answer(actor_of(request), room))
    response = HttpResponse(calendar_file(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samling.ics"'
    return response
