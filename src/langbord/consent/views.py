"""Meg: what I have said yes to. One list, one page for each thing asked, one button to take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of
from langbord.access.gate import get_visible_or_404
from langbord.base import seen
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.forms import retype
from langbord.processes.models import Process

from . import actions, asking, beside, guardians, setup, shown, texts
from .enums import Purpose, Standing
from .forms import LATER, AgeForm, AnswerForm, ObjectForm, SetupForm, TakeBackForm
from .models import Guardianship
from .shown import Line, Part


def consents(request: HttpRequest) -> HttpResponse:
    """Everything I was asked about, and what I answered; the children I answer for."""
    actor = actor_of(request)
    context = {"parts": shown.parts(actor), "children": beside.children_of(actor)}
    return render(request, "consent/list.html", context)


def printed(request: HttpRequest) -> HttpResponse:
    """All I have said yes and no to, with dates and the texts as they were, for paper."""
    actor = actor_of(request)
    told = shown.history(actor)
    kept = shown.kept_texts(t.sha256 for rows in told.values() for t in rows)
    sheets = [(part, told.get(part.process.pk, [])) for part in shown.parts(actor)]
    return render(request, "consent/print.html", {"sheets": sheets, "kept": kept})


def age(request: HttpRequest, where: UUID) -> HttpResponse:
    """How old I am, in four words."""
    actor = actor_of(request)
    part = _part(actor, where)
    asked_on = _is_on(request)
    initial = {"band": part.head.age_band or None, "on": asked_on}
    form = AgeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with as_missing():
            actions.say_age(
                actor=actor,
                process_id=where,
                band=form.cleaned_data["band"],
                language=shown.language(),
            )
        messages.success(request, _("Takk. Da vet vi det."))
        return _on(actor, where) if form.cleaned_data["on"] else redirect("consents")
    return render(
        request, "consent/age.html", {"form": form, "part": part}, status=422 if form.errors else 200
    )


def ask(request: HttpRequest, where: UUID, purpose: str) -> HttpResponse:
    """One thing: the text, what I answered, and three buttons."""
    actor = actor_of(request)
    part, line = _line(actor, where, purpose)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"on": _is_on(request)})
    if request.method == "POST" and form.is_valid():
        try:
            return _answered(request, actor, line, form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    return _ask_page(request, actor, part, line, form)


def _answered(request: HttpRequest, actor: Actor, line: Line, data: dict[str, Any]) -> HttpResponse:
    where, purpose = line.where, line.purpose
    with as_missing():
        if data["answer"] == LATER:
            actions.later(actor=actor, process_id=where, purpose=purpose, language=shown.language())
            messages.success(request, _("Det er i orden. Du finner det igjen under Meg."))
        else:
            yes = data["answer"] == "yes"
            actions.answer(
                actor=actor,
                process_id=where,
                purpose=purpose,
                yes=yes,
                language=shown.language(),
                shown=data["shown"],
                event_id=data["once"],
            )
            messages.success(
                request,
                _("Takk. Du kan ta det tilbake når du vil.")
                if yes
                else _("Det er i orden. Alt annet er som før."),
            )
    return _on(actor, where) if data["on"] else redirect("consents")


def _ask_page(request: HttpRequest, actor: Actor, part: Part, line: Line, form: AnswerForm) -> HttpResponse:
    notice = texts.notice(line.purpose, shown.language())
    other = texts.notice(line.purpose, "nb") if notice is None and "les" in request.GET else None
    told = shown.history(actor, line.where, line.purpose).get(line.where, [])
    context = {
        "form": form,
        "part": part,
        "line": line,
        "notice": notice,
        "in_bokmal": other,
        "told": told,
        "consequence": shown.consequence(line.purpose) if told and line.state.standing == Standing.NO else "",
        "number": part.place_of(line.purpose),
        "of": len(part.lines),
        "on": bool(form["on"].value()),
        "leaving": _leaving() if line.purpose == Purpose.TAKING_PART else "",
    }
    return render(request, "consent/ask.html", context, status=422 if form.errors else 200)


def take_back(request: HttpRequest, where: UUID, purpose: str) -> HttpResponse:
    """Take it back, at once. What happens now stands on the page one comes to, with a way to say yes again."""
    actor = actor_of(request)
    _part(actor, where)
    _known(purpose)
    form = TakeBackForm(request.POST)
    with as_missing():
        event = actions.withdraw(
            actor=actor,
            process_id=where,
            purpose=purpose,
            event_id=form.cleaned_data["once"] if form.is_valid() else None,
        )
    if event is not None:
        messages.success(
            request,
            _("Du har tatt det tilbake: %(title)s. Det gjelder fra nå.") % {"title": shown.title(purpose)},
        )
    if asking.state(actor.person.pk, purpose, where).standing == Standing.NOT_HERE:
        return redirect("consents")
    return redirect("consent-ask", where=where, purpose=purpose)


def guardian_object(request: HttpRequest, guardianship: UUID) -> HttpResponse:
    """I do not want this adult to answer for me; or it is fine after all."""
    actor = actor_of(request)
    mine = Guardianship.objects.about(actor.person.pk)
    found = get_visible_or_404(Guardianship, actor, among=mine, pk=guardianship)
    form = ObjectForm(request.POST)
    objects = form.is_valid() and form.cleaned_data["objects"] == "yes"
    with as_missing():
        guardians.object_to(actor=actor, guardianship=found, objects=objects)
    messages.success(
        request,
        _("Svarene fra den voksne gjelder ikke lenger. Snakk med verten din om hvem vi skal spørre.")
        if objects
        else _("Da teller svarene fra den voksne igjen."),
    )
    return redirect("consents")


def process_setup(request: HttpRequest, process: str) -> HttpResponse:
    """The coordinator chooses what the process asks about, and whom people turn to."""
    actor = actor_of(request)
    among = Process.objects.visible_to(actor).with_organisation()
    found = get_visible_or_404(Process, actor, among=among, slug=process)
    stands = setup.standing(found)
    may_say = setup.may_say_contact(actor, found.organisation_id)
    form = SetupForm(
        request.POST if request.method == "POST" else None,
        titles=shown.titles(),
        only_read="" if may_say else found.organisation.name,
        initial={**stands, "used": stands["used"].split(), "seen": seen.of(stands)},
    )
    meanwhile: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            with as_missing():
                setup.save(actor=actor, process_id=found.pk, **form.cleaned_data)
        except seen.ChangedMeanwhile:
            stands = setup.standing(found)
            titles = shown.titles()
            told = {**stands, "used": ", ".join(titles[p] for p in stands["used"].split())}
            meanwhile = seen.show_both(form, told)
            retype(form, "seen", seen.of(stands))
        else:
            messages.success(request, _("Lagret."))
            return redirect("consent-setup", process=process)
    return render(
        request,
        "consent/desk/setup.html",
        {"form": form, "process": found, "meanwhile": meanwhile},
        status=422 if form.errors else 200,
    )


# -- small things


class as_missing:
    """What a rule refuses looks like what does not exist."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, NotAllowed):
            raise Http404 from None


def _known(purpose: str) -> None:
    if purpose not in Purpose.values:
        raise Http404


def _part(actor: Actor, where: UUID) -> Part:
    if where not in actor.process_ids:
        raise Http404
    return shown.parts(actor, [where])[0]


def _line(actor: Actor, where: UUID, purpose: str) -> tuple[Part, Line]:
    _known(purpose)
    part = _part(actor, where)
    line = part.line(purpose)
    if line is None:
        raise Http404
    return part, line


def _is_on(request: HttpRequest) -> bool:
    """Whether one is being asked one thing after another."""
    return "rekke" in request.GET


def _on(actor: Actor, where: UUID) -> HttpResponse:
    """To the next thing one has not met yet; else to the list."""
    waiting = shown.parts(actor, [where])[0].new
    if not waiting:
        return redirect("consents")
    address = reverse("consent-ask", kwargs={"where": where, "purpose": waiting[0].purpose})
    return redirect(f"{address}?rekke=1")


def _leaving() -> str:
    """Where one leaves altogether, if the product has such a page."""
    try:
        return reverse("leave")
    except NoReverseMatch:
        return ""
