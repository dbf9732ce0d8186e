"""How long things are kept: the page everybody can read, and the coordinator's pages for closing and changing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, refused_as_missing
from langbord.access.enums import CITIZEN_ROOMS, Role, RoomKind
from langbord.access.gate import get_visible_or_404
from langbord.base import clock
from langbord.base.dates import written
from langbord.base.errors import NotNow
from langbord.base.retention import policies
from langbord.followup.enums import State
from langbord.followup.models import Case
from langbord.gatherings.models import Gathering
from langbord.people.models import Organisation
from langbord.processes.keeping import actions, shown
from langbord.processes.keeping.enums import BoardAfter
from langbord.processes.keeping.lengths import Lengths, lengths_of
from langbord.processes.models import Closing, Membership, Process, ResearchEnd, Term
from langbord.vault import preload_for

from .keeping_forms import CloseForm, LengthForAllForm, LengthForm, ResearchForm


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _process(request: HttpRequest, slug: str) -> Process:
    return get_visible_or_404(Process, actor_of(request), slug=slug)


# -- for everybody


def keeping(request: HttpRequest) -> HttpResponse:
    """What of mine will soon go, and the way to the dates of each process."""
    actor = actor_of(request)
    return render(
        request,
        "retention/mine.html",
        {
            "soon": shown.warnings_for(actor),
            "closed": shown.closed_for(actor),
            "processes": {s.process_slug: s.process_name for s in actor.sittings},
            "kinds": [
                {"policy": policy, "long": shown.in_words(policy.days)}
                for policy in policies().values()
                if policy.scope == "installation" and shown.concerns(actor, policy)
            ],
            "my_file": shown.my_file_address(),
        },
    )


def process_keeping(request: HttpRequest, process: str) -> HttpResponse:
    """How long is it here? Every kind, with how long, why, and what happens then."""
    actor, found = actor_of(request), _process(request, process)
    coordinates = actor.has_role(found.pk, Role.COORDINATOR)
    closing = Closing.objects.visible_to(actor).standing().with_closer().filter(process=found).first()
    end = ResearchEnd.objects.visible_to(actor).filter(process=found).first()
    sealed: list[Any] = [row for row in (closing, end) if row is not None]
    preload_for(sealed)
    return render(
        request,
        "retention/process.html",
        {
            "process": found,
            "coordinates": coordinates,
            "may_set_research": actor.has_role(found.pk, Role.COORDINATOR, Role.RESEARCHER),
            "closing": closing,
            "keeps_board": closing is not None and closing.board != BoardAfter.GOES,
            "may_reopen": coordinates and closing is not None and closing.begun_at is None,
            "research": end,
            "research_over": found.research_ends_on is not None and found.research_ends_on < clock.today(),
            "soon": shown.warnings_for(actor, found.pk),
            "kinds": shown.lines_of(actor, found, coordinates=coordinates),
            "my_file": shown.my_file_address(),
        },
    )


# -- closing


def process_close(request: HttpRequest, process: str) -> HttpResponse:
    """End it well: why, what becomes of the board, which day; read it through; then it is done."""
    actor, found = actor_of(request), _process(request, process)
    if actor.is_closed(found.pk):
        return redirect("process-keeping", process=process)
    form = CloseForm(request.POST or None, usual_days=lengths_of(found).days("room", found.pk))
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        data = form.cleaned_data
        if "sure" not in request.POST:
            return _read_it_through(request, found, form)
        try:
            with refused_as_missing():
                actions.close(
                    actor=actor,
                    process=found,
                    reason=data["reason"],
                    goes_on=data["goes_on"],
                    board=data["board"],
                    closing_id=data["once"],
                )
        except NotNow as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Samskapinga er avsluttet. Alle som er med, får vite det."))
            return redirect("process-keeping", process=process)
    return render(
        request,
        "retention/close.html",
        {"process": found, "form": form, **_before(actor, found)},
        status=_status(form),
    )


def _before(actor: Actor, process: Process) -> dict[str, Any]:
    """What the coordinator may want to finish first: numbers only."""
    people = Membership.objects.visible_to(actor).current().filter(process=process)
    return {
        "people": people.values("person_id").distinct().count(),
        "waiting": Case.objects.visible_to(actor).filter(process=process, state=State.WAITING).count(),
        "to_come": Gathering.objects.visible_to(actor).upcoming().filter(process=process).count(),
    }


def _read_it_through(request: HttpRequest, process: Process, form: CloseForm) -> HttpResponse:
    actor, data = actor_of(request), form.cleaned_data
    kinds = {room.kind for room in actor.rooms_in(process.pk)}
    return render(
        request,
        "retention/close_sure.html",
        {
            "process": process,
            "form": form,
            "reason": data["reason"],
            "goes_on": data["goes_on"],
            "board": data["board"],
            "board_long": shown.in_words(lengths_of(process).days("board", process.pk)),
            "has_groups": bool(kinds & CITIZEN_ROOMS),
            "has_board": RoomKind.BOARD in kinds,
            **_before(actor, process),
        },
    )


def process_reopen(request: HttpRequest, process: str) -> HttpResponse:
    """Open it again, as long as nothing has gone."""
    actor, found = actor_of(request), _process(request, process)
    try:
        with refused_as_missing():
            actions.reopen(actor=actor, process=found)
    except NotNow as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Samskapinga er åpen igjen. Ingenting blir borte."))
    return redirect("process-keeping", process=process)


# -- lengths


def process_length(request: HttpRequest, process: str) -> HttpResponse:
    """Change how long a kind is kept here. `?hva=` is the kind one came for."""
    actor, found = actor_of(request), _process(request, process)
    lengths = lengths_of(found)
    asked = policies().get(request.GET.get("hva", ""))
    initial = {"kind": asked.kind, "days": lengths.days(asked.kind, found.pk)} if asked is not None else {}
    form = LengthForm(request.POST or None, initial=initial)
    usual = "usual" in request.POST
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                actions.set_length(
                    actor=actor,
                    process=found,
                    kind=data["kind"],
                    days=None if usual else data["days"],
                    reason="" if usual else data["reason"],
                    term_id=data["once"],
                )
        except NotNow as refusal:
            form.add_error("reason", str(refusal.message))
        else:
            messages.success(request, _("Lagret. Alle som er med, ser den nye tida."))
            return redirect("process-keeping", process=process)
    return render(
        request,
        "retention/length.html",
        {
            "process": found,
            "policy": asked,
            "usual": shown.in_words(asked.days) if asked is not None else "",
            "changed": any(of == found.pk for _kind, of in lengths.chosen),
            "form": form,
        },
        status=_status(form),
    )


def lengths_for_all(request: HttpRequest) -> HttpResponse:
    """The operator's page: lengths for all processes of an organisation. Lengths and reasons only, nobody's things."""
    actor = actor_of(request)
    form = LengthForAllForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                actions.set_length_for_all(
                    actor=actor,
                    organisation=data["organisation"],
                    kind=data["kind"],
                    days=data["days"],
                    reason=data["reason"],
                    term_id=data["once"],
                )
        except NotNow as refusal:
            form.add_error("reason", str(refusal.message))
        else:
            messages.success(request, _("Lagret. Det gjelder alle som ikke har valgt noe annet selv."))
            return redirect("lengths")
    return render(
        request, "retention/desk/lengths.html", {"form": form, "chosen": _chosen()}, status=_status(form)
    )


def _chosen() -> list[dict[str, Any]]:
    """What organisations have chosen. Two queries."""
    terms = Term.objects.unrestricted("the lengths an organisation has chosen: no person's things")
    lengths = Lengths().add(terms.filter(organisation__isnull=False))
    names = dict(Organisation.objects.values_list("pk", "name"))
    return [
        {
            "organisation": names.get(of, ""),
            "kind": policies()[kind].shown_title,
            "long": shown.in_words(term.days or 0),
            "usual": shown.in_words(policies()[kind].days),
        }
        for (kind, of), term in sorted(
            lengths.chosen.items(), key=lambda entry: (str(entry[0][1]), entry[0][0])
        )
        if kind in policies()
    ]


# -- research


def research_end(request: HttpRequest, process: str) -> HttpResponse:
    """The reference and the last day of the notification to Sikt."""
    actor, found = actor_of(request), _process(request, process)
    initial = {"reference": found.research_reference, "ends_on": found.research_ends_on}
    form = ResearchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                actions.set_research_end(
                    actor=actor,
                    process=found,
                    reference=data["reference"],
                    ends_on=data["ends_on"],
                    reason=data["reason"],
                    end_id=data["once"],
                )
        except NotNow as refusal:
            form.add_error("reason", str(refusal.message))
        else:
            day = written(data["ends_on"], "j. F Y")
            messages.success(request, _("Lagret. Forskningen slutter %(day)s.") % {"day": day})
            return redirect("process-keeping", process=process)
    return render(request, "retention/research.html", {"process": found, "form": form}, status=_status(form))
