"""The coordinator's desk: beginning a process, who is at the table, the process itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, refused_as_missing
from langbord.access.enums import CasePower, Role
from langbord.access.gate import get_visible_or_404
from langbord.base import seen
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.forms import There, own_id, retype
from langbord.people.actions import known_by_email, register_person
from langbord.people.models import Organisation
from langbord.processes import actions as processes
from langbord.processes.models import Membership, Process
from langbord.rooms import case_power, finding, seating
from langbord.rooms.beginning import begin_process, may_begin
from langbord.rooms.models import Seat
from langbord.vault import preload_for
from langbord.web.notfound import or_404

from . import there_already
from .forms import BeginForm, InviteForm, PurposeForm, RoomForm
from .people_list import table_of


def process_list(request: HttpRequest) -> HttpResponse:
    """The processes I take part in, and the way to begin a new one."""
    actor = actor_of(request)
    return render(
        request,
        "desk/processes.html",
        {
            "processes": Process.objects.visible_to(actor).with_organisation(),
            "may_begin": may_begin(actor),
            "may_set_up": actor.sets_up,
        },
    )


def process_new(request: HttpRequest) -> HttpResponse:
    """Choose a way to begin, name it, and get rooms that are ready."""
    actor = actor_of(request)
    or_404(may_begin(actor))
    form = BeginForm(request.POST or None, actor=actor)
    there = there_already.process_begun(actor) if request.method != "POST" else None
    sent = request.method == "POST" and form.is_valid()
    if sent and (
        there := there_already.same_process(actor, form, own_id("process", form.cleaned_data["once"]))
    ):
        retype(form, "once", str(uuid4()))  # pressed once more, it is another one
    elif sent:
        data = form.cleaned_data
        with refused_as_missing():
            process = begin_process(
                actor=actor,
                name=data["name"],
                organisation=data["organisation"],
                template=data["template"],
                purpose=data["purpose"],
                process_id=own_id("process", data["once"]),
                kinds=data["rooms"],
            )
        messages.success(request, _("Bordet er dekket. Nå kan du ta med folk."))
        return redirect("process-people", process=process.slug)
    waits = not form.own and not Organisation.objects.exists()
    return render(
        request,
        "desk/process_new.html",
        {"form": form, "waits": waits, "there": there},
        status=422 if form.errors or (there and there.asks) else 200,
    )


def process_people(request: HttpRequest, process: str) -> HttpResponse:
    """Who is at the table, side by side, with the numbers."""
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=process)
    return render(request, "desk/people.html", {"process": found, "table": table_of(actor, found)})


def process_invite(request: HttpRequest, process: str) -> HttpResponse:
    """Take somebody in. `?person=<membership>` gives one more role to somebody who is already there."""
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=process)
    known = _known(request, actor, found)
    initial = {
        "role": request.GET.get("role") or (Role.CITIZEN if known is None else None),
        "case_power": CasePower.NONE if known is None else known.person.case_power,
    }
    form = InviteForm(
        request.POST or None, rooms=actor.rooms_in(found.pk), known=known is not None, initial=initial
    )
    there: There | None = None
    sent = request.method == "POST" and form.is_valid()
    if sent and known is None:
        there = there_already.same_person(actor, found, form, own_id("person", form.cleaned_data["once"]))
    if sent and not there:
        try:
            with refused_as_missing():
                name = _take_in(form, actor, found, known)
        except NotNow as refusal:
            given = form.cleaned_data
            where = "room" if given.get("room") else "role" if given["role"] else "case_power"
            form.add_error(where, str(refusal.message))
        else:
            said = _("%(name)s har fått plass ved bordet.") % {"name": name}
            messages.success(request, said if form.cleaned_data["role"] else _("Lagret."))
            return redirect("process-people", process=found.slug)
    return render(
        request,
        "desk/invite.html",
        {"process": found, "form": form, "known": known, "there": there},
        status=422 if form.errors or there else 200,
    )


def _known(request: HttpRequest, actor: Actor, process: Process) -> Membership | None:
    wanted = request.GET.get("person")
    if not wanted:
        return None
    among = Membership.objects.visible_to(actor).with_person().filter(process=process)
    return get_visible_or_404(Membership, actor, among=among, pk=wanted)


def _take_in(form: InviteForm, actor: Actor, process: Process, known: Membership | None) -> str:
    data = form.cleaned_data
    actor.must_be_open(process.pk)
    room = None
    if data.get("room"):
        room = finding.room_to_arrange(actor, process.pk, UUID(data["room"]))
    role, power = data["role"], data.get("case_power") or CasePower.NONE
    already = known_by_email(data.get("email", ""))
    if room is not None and role:
        # Asked before anything is stored, so that a refused seat leaves nobody half registered; and of somebody who is
        # here already, too: they may have been registered elsewhere by somebody who did not know.
        seating.check_power_may_sit(room, role, power)
    if known is not None:
        person = known.person
    elif already is not None:
        person = already
    else:
        person = register_person(
            name=data["name"],
            actor=actor,
            person_id=own_id("person", data["once"]),
            unit=data["unit"],
            case_power=power,
            email=data["email"],
        )
    with transaction.atomic():
        if known is not None and data.get("case_power") and power != person.case_power:
            case_power.set_case_power(person=person, power=power, actor=actor)
        if role:
            seating.take_in(process_id=process.pk, person=person, role=role, actor=actor, room=room)
        if already is not None:
            case_power.mark_known(person=person, power=power, actor=actor)
    # For somebody who was here already: the name that was typed, not the one they are known by elsewhere.
    return str(data["name"]) if already is not None else person.shown_name


def member_end(request: HttpRequest, process: str, membership: UUID) -> HttpResponse:
    """End somebody's role. A page that says what will happen, then a button."""
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=process)
    among = Membership.objects.visible_to(actor).with_person().filter(process=found, ended_at__isnull=True)
    member = get_visible_or_404(Membership, actor, among=among, pk=membership)
    last_coordinator = (
        member.role == Role.COORDINATOR
        and Membership.objects.visible_to(actor)
        .current()
        .filter(process=found, role=Role.COORDINATOR)
        .count()
        == 1
    )
    if request.method == "POST":
        if last_coordinator:
            messages.warning(request, _("Noen må ha ansvaret. Gi en annen rollen som koordinator først."))
            return redirect("process-people", process=found.slug)
        processes.end_membership(membership=member, actor=actor)
        messages.success(request, _("Det er gjort. Rollen er slutt fra nå av."))
        if member.person_id == actor.person_id:
            return redirect("home")
        return redirect("process-people", process=found.slug)
    preload_for([member.person])
    return render(
        request,
        "desk/member_end.html",
        {"process": found, "member": member, "last_coordinator": last_coordinator},
    )


def process_purpose(request: HttpRequest, process: str) -> HttpResponse:
    """Change the name and what it is about."""
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=process)
    standing = processes.standing(found)
    form = PurposeForm(request.POST or None, initial={**standing, "seen": seen.of(standing)})
    meanwhile: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            processes.describe(process=found, actor=actor, **form.cleaned_data)
        except seen.ChangedMeanwhile:
            found = get_visible_or_404(Process, actor, slug=process)
            meanwhile = seen.show_both(form, processes.standing(found))
        else:
            messages.success(request, _("Lagret."))
            return redirect("process", process=found.slug)
    return render(
        request,
        "desk/purpose.html",
        {"process": found, "form": form, "meanwhile": meanwhile},
        status=422 if form.errors else 200,
    )


def room_new(request: HttpRequest, process: str) -> HttpResponse:
    """Open one more room: a second group, a service room, a steering group."""
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=process)
    form = RoomForm(request.POST or None, initial={"has_door": True})
    there: There | None = None
    sent = request.method == "POST" and form.is_valid()
    if sent and (
        there := there_already.same_room(actor, found, form, own_id("room", form.cleaned_data["once"]))
    ):
        pass
    elif sent:
        data = form.cleaned_data
        with refused_as_missing():
            seating.open_room(
                process=found,
                kind=data["kind"],
                name=data["name"],
                actor=actor,
                has_door=data["has_door"],
                room_id=own_id("room", data["once"]),
            )
        messages.success(request, _("Rommet er åpnet. Nå kan du gi folk plass der."))
        return redirect("process-people", process=found.slug)
    return render(
        request,
        "desk/room_new.html",
        {"process": found, "form": form, "there": there},
        status=422 if form.errors or there else 200,
    )


def seat_end(request: HttpRequest, process: str, seat: UUID) -> HttpResponse:
    """End a seat in a room, and keep the role in the process. A page that says what will happen, then a button."""
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=process)
    held = get_visible_or_404(Seat, actor, among=Seat.objects.visible_to(actor).in_process(found.pk), pk=seat)
    if request.method != "POST":
        or_404(held.ended_at is None)
        among = Membership.objects.visible_to(actor).with_person()
        person = get_visible_or_404(Membership, actor, among=among, pk=held.membership_id).person
        preload_for([person])
        return render(
            request,
            "desk/seat_end.html",
            {
                "process": found,
                "seat": held,
                "person": person,
                "asks_group": seating.asks_for_yes(held),
            },
        )
    try:
        seating.end_seat(seat=held, actor=actor)
    except NotAllowed:
        or_404(False)
    messages.success(request, _("Det er gjort. Plassen er ledig igjen."))
    return redirect("process-people", process=found.slug)
