"""What it is about: the words, how they changed, and wordings that people propose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.enums import Role
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.processes.models import Process
from langbord.vault import preload_for

from . import question as actions
from .forms import ProposalAnswerForm, ProposalForm, QuestionForm
from .models import Proposal, QuestionVersion
from .querysets import invites


@dataclass(frozen=True)
class Place:
    """The process in the address, as the actor knows it already: no query."""

    pk: UUID
    slug: str
    name: str


def place(request: HttpRequest, slug: str) -> Place:
    """`in_process` has let the actor in; else 404."""
    sitting = next((s for s in actor_of(request).sittings if s.process_slug == slug), None)
    if sitting is None:
        raise Http404
    return Place(sitting.process_id, sitting.process_slug, sitting.process_name)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def status(form: Any) -> int:
    return 422 if form.errors else 200


def _versions(request: HttpRequest, process: Place) -> list[QuestionVersion]:
    rows = list(QuestionVersion.objects.visible_to(actor_of(request)).filter(process_id=process.pk))
    preload_for(rows)
    return rows


def question(request: HttpRequest, process: str) -> HttpResponse:
    """The question as it stands, how it came to be, and what has been proposed."""
    actor = actor_of(request)
    found = place(request, process)
    versions = _versions(request, found)
    proposals = list(Proposal.objects.visible_to(actor).filter(process_id=found.pk))
    preload_for(proposals)
    coordinates = actor.has_role(found.pk, Role.COORDINATOR)
    may_change = invites(actor, found.pk) and not actor.is_closed(found.pk)
    first_words = ""
    if versions and coordinates and may_change:
        # The page of the process says what it is about in words of its own: whoever may change them sees when they differ.
        first_words = get_visible_or_404(Process, actor, pk=found.pk).purpose.strip()
    return render(
        request,
        "inviting/question.html",
        {
            "process": found,
            "question": versions[0] if versions else None,
            "versions": versions,
            "mine": [row for row in proposals if row.author_id == actor.person_id],
            "waiting": [row for row in proposals if row.answered_at is None] if coordinates else [],
            "may_change": may_change,
            "first_words": first_words if versions and first_words != str(versions[0].text).strip() else "",
            "may_propose": actions.may_propose(actor, found.pk) and not actor.is_closed(found.pk),
        },
    )


def _page_says_the_same(actor: Actor, process: Place, latest: QuestionVersion | None) -> bool:
    """For coordinators, who may change both: then the page of the process follows, unless they say otherwise."""
    if latest is None or not actor.has_role(process.pk, Role.COORDINATOR):
        return False
    return actions.same_words(get_visible_or_404(Process, actor, pk=process.pk), latest)


def question_change(request: HttpRequest, process: str) -> HttpResponse:
    """Write the first guess, or what people made of it."""
    actor = actor_of(request)
    found = place(request, process)
    versions = _versions(request, found)
    latest = versions[0] if versions else None
    initial = (
        {"text": latest.text, "ours": latest.ours, "elsewhere": latest.elsewhere}
        if latest is not None
        else {"text": get_visible_or_404(Process, actor, pk=found.pk).purpose}
    )
    same = _page_says_the_same(actor, found, latest)
    form = QuestionForm(posted(request), first=latest is None, same=same, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                actions.change(
                    actor=actor,
                    process_id=found.pk,
                    text=data["text"],
                    ours=data["ours"],
                    elsewhere=data["elsewhere"],
                    changed_by=data.get("changed_by", "first"),
                    why=data.get("why", ""),
                    version_id=data["once"],
                    on_the_page=data.get("on_the_page", False),
                )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Lagret. De gamle ordene står i historien."))
            return redirect("question", process=found.slug)
    return render(
        request,
        "inviting/staff/question_change.html",
        {"process": found, "form": form, "first": latest is None},
        status=status(form),
    )


def question_compare(request: HttpRequest, process: str) -> HttpResponse:
    """Two versions beside each other, with what went and what came. `a` and `b`: numbers; else the two latest."""
    found = place(request, process)
    by_number = {row.number: row for row in _versions(request, found)}
    or_missing(len(by_number) > 1)
    latest = max(by_number)
    newer = by_number.get(_number(request.GET.get("b")), by_number[latest])
    older = by_number.get(_number(request.GET.get("a")), by_number.get(newer.number - 1, by_number[1]))
    if older.number > newer.number:
        older, newer = newer, older
    parts = [
        (_("Hva det gjelder"), actions.compared(str(older.text), str(newer.text))),
        (_("Det noen her kan endre"), actions.compared(str(older.ours), str(newer.ours))),
        (
            _("Det som blir bestemt et annet sted"),
            actions.compared(str(older.elsewhere), str(newer.elsewhere)),
        ),
    ]
    return render(
        request,
        "inviting/question_compare.html",
        {
            "process": found,
            "older": older,
            "newer": newer,
            "numbers": sorted(by_number),
            "parts": [(title, runs) for title, runs in parts if runs],
        },
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0


def question_propose(request: HttpRequest, process: str) -> HttpResponse:
    """A wording of one's own."""
    actor = actor_of(request)
    found = place(request, process)
    or_missing(actions.may_propose(actor, found.pk))
    versions = _versions(request, found)
    form = ProposalForm(posted(request), initial={"text": versions[0].text if versions else ""})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                actions.propose(
                    actor=actor,
                    process_id=found.pk,
                    text=data["text"],
                    why=data["why"],
                    proposal_id=data["once"],
                )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Takk. Forslaget ditt er sendt, og du får svar her."))
            return redirect("question", process=found.slug)
    return render(
        request, "inviting/question_propose.html", {"process": found, "form": form}, status=status(form)
    )


def proposal_answer(request: HttpRequest, process: str, proposal: UUID) -> HttpResponse:
    """Take a proposal into use, or say why not now."""
    actor = actor_of(request)
    found = place(request, process)
    wanted = get_visible_or_404(Proposal, actor, pk=proposal, process_id=found.pk)
    latest = actions.current(actor, found.pk)
    # Before there is a question here, the page of the process is where it stands.
    same = latest is None or _page_says_the_same(actor, found, latest)
    form = ProposalAnswerForm(posted(request), same=same, initial={"text": wanted.text})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                if data["choice"] == "take":
                    actions.take(
                        actor=actor,
                        proposal=wanted,
                        text=data["text"],
                        version_id=data["once"],
                        on_the_page=data.get("on_the_page", False),
                    )
                else:
                    actions.answer(actor=actor, proposal=wanted, text=data["text"])
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Den som foreslo det, ser svaret ditt."))
            return redirect("question", process=found.slug)
    return render(
        request,
        "inviting/staff/proposal.html",
        {"process": found, "proposal": wanted, "form": form},
        status=status(form),
    )
