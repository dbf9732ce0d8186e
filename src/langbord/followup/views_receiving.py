"""Pages of what is received by the authority: ask, say yes or no, read the copy, take it out for the archive."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, process_id_of
from langbord.access.gate import get_visible_or_404
from langbord.base import seen
from langbord.base.errors import NotAllowed, NotNow
from langbord.processes.models import Process
from langbord.vault import preload_for

from . import archive, lines, receiving, rules
from .forms import AskForm, ReferenceForm, YesNoForm
from .models import Asking, Case, Received


def _case(request: HttpRequest, case: UUID) -> Case:
    return get_visible_or_404(Case, actor_of(request), pk=case, process_id=process_id_of(request))


def _case_address(process: str, case_id: UUID) -> str:
    return reverse("case", kwargs={"process": process, "case": case_id})


def _page(request: HttpRequest, template: str, process: str, form: Any = None, **more: Any) -> HttpResponse:
    name = next(s.process_name for s in actor_of(request).sittings_in(process_id_of(request)))
    context = {"process_slug": process, "process_name": name, "form": form, **more}
    status = 422 if form is not None and form.errors else 200
    return render(request, f"followup/{template}.html", context, status=status)


def case_receive(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """Ask for a yes to taking it into the authority's record. Says first what that means for the one who is asked."""
    actor, found = actor_of(request), _case(request, case)
    authority = receiving.authority_of(found.process_id)
    if not rules.may_ask(actor, found) or authority is None:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            receiving.ask(actor=actor, case=found, reason=data["reason"], asking_id=data["once"])
        except NotAllowed:
            raise Http404 from None
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Takk. Vi har spurt. Du ser det her hvis svaret er ja."))
            return redirect(_case_address(process, found.pk))
    line = lines.lines_of(actor, [found], steps=())[0]
    return _page(request, "receive_ask", process, form, case=found, line=line, authority=authority)


def _asked(request: HttpRequest, case: UUID) -> Asking:
    """The asking of a case, for whoever is asked, or hosts the group that is."""
    actor = actor_of(request)
    among = Asking.objects.visible_to(actor).with_answer_of(actor)
    found = get_visible_or_404(Asking, actor, among=among, case_id=_case(request, case).pk)
    if not (rules.is_asked(actor, found) or rules.may_record_agreement(actor, found)):
        raise Http404
    return found


def case_yes(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """What a yes means, in plain words, and two buttons of the same weight."""
    actor, asking = actor_of(request), _asked(request, case)
    is_asked = rules.is_asked(actor, asking)
    form = YesNoForm(request.POST or None)
    if request.method == "POST":
        if not is_asked:
            raise Http404
        if form.is_valid():
            yes = form.cleaned_data["answer"] == "yes"
            try:
                taken = receiving.answer(actor=actor, asking=asking, yes=yes)
            except NotAllowed:
                raise Http404 from None
            except NotNow as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(request, _thanks(yes, taken))
            return redirect(_case_address(process, case))
    shown = lines.asking_line(actor, asking)
    line = lines.lines_of(actor, [asking.case], steps=())[0]
    return _page(
        request,
        "receive_yes",
        process,
        form,
        asking=shown,
        line=line,
        is_asked=is_asked,
        hosts=rules.may_record_agreement(actor, asking),
    )


def _thanks(yes: bool, taken: bool) -> str:
    if taken:
        return _("Takk. Nå har de fått en kopi.")
    if yes:
        return _("Takk. Svaret ditt er lagret.")
    return _("Det er greit. Ingen får vite hva du svarte.")


def case_agreed(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """A host records that the group agreed at a gathering."""
    asking = _asked(request, case)
    try:
        receiving.record_agreement(actor=actor_of(request), asking=asking)
    except NotAllowed:
        raise Http404 from None
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Det er notert. Hver i gruppa kan si nei i sju dager."))
    return redirect("case-yes", process=process, case=case)


def received(request: HttpRequest, process: str, received: UUID) -> HttpResponse:
    """The copy, for the coordinator, the one who answers in the case, and whoever said it."""
    actor = actor_of(request)
    found = get_visible_or_404(Received, actor, pk=received, process_id=process_id_of(request))
    return _received_page(request, process, found)


def _received_page(
    request: HttpRequest, process: str, found: Received, form: ReferenceForm | None = None, **more: Any
) -> HttpResponse:
    actor = actor_of(request)
    preload_for([found])
    stands = receiving.filed(found)
    return _page(
        request,
        "received",
        process,
        form,
        line=lines.received_line(actor, found),
        reference_form=form or ReferenceForm(initial={**stands, "seen": seen.of(stands)}),
        keeps=rules.keeps_records(actor, process_id_of(request)),
        mine=found.author_id == actor.person_id,
        **more,
    )


def received_reference(request: HttpRequest, process: str, received: UUID) -> HttpResponse:
    """Note where it lies in the archive."""
    actor = actor_of(request)
    found = get_visible_or_404(Received, actor, pk=received, process_id=process_id_of(request))
    or_missing(rules.keeps_records(actor, process_id_of(request)))
    form = ReferenceForm(request.POST)
    if not form.is_valid():
        return _received_page(request, process, found, form)
    try:
        receiving.set_reference(actor=actor, received=found, **form.cleaned_data)
    except NotAllowed:
        raise Http404 from None
    except seen.ChangedMeanwhile:
        found = get_visible_or_404(Received, actor, pk=received, process_id=process_id_of(request))
        meanwhile = seen.show_both(form, receiving.filed(found))
        return _received_page(request, process, found, form, meanwhile=meanwhile)
    messages.success(request, _("Lagret."))
    return redirect("received", process=process, received=found.pk)


def received_list(request: HttpRequest, process: str) -> HttpResponse:
    """All that was received in a process, for its coordinator."""
    actor, process_id = actor_of(request), process_id_of(request)
    rows = [lines.received_line(actor, row) for row in archive.received_in(actor, process_id)]
    return _page(request, "received_list", process, rows=rows)


def received_export(request: HttpRequest, process: str) -> HttpResponse:
    """The zip for the archive. Sent by POST, since taking it out is written in the log."""
    actor = actor_of(request)
    found = get_visible_or_404(Process, actor, slug=process)
    content = archive.export(actor=actor, process=found)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{archive.file_name(found)}"'
    return response
