"""Letters: beginning one, changing its words with help, and the sheets, one for each person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from langbord.access.asked import actor_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base import clock, seen
from langbord.base.errors import NotNow
from langbord.base.forms import There
from langbord.library import looking
from langbord.people.signin.factor import qr_svg
from langbord.processes.belonging import answers_for
from langbord.vault import preload_for

from . import actions, checks, question, texts
from . import letters as writing
from .enums import ON_THE_LIST, Step
from .forms import AnnouncedForm, LetterForm, LetterNewForm
from .models import Invitee, Letter
from .there_already import same_letter
from .views import invitees_of
from .views_question import Place, place, posted, status

HUNG = "hung-%s"
"""The ids of the second form on the page of a letter."""


def letters(request: HttpRequest, process: str) -> HttpResponse:
    """The letters so far, and beginning one more."""
    actor = actor_of(request)
    found = place(request, process)
    written = list(Letter.objects.visible_to(actor).filter(process_id=found.pk))
    preload_for(written)
    offered = texts.letters(answers_for(actor, found.pk))
    kinds = [(one.key, str(one.title)) for one in offered]
    known = next((row for row in reversed(written) if str(row.phone)), None)
    form = LetterNewForm(
        posted(request),
        kinds=kinds,
        initial={
            "caller": known.caller if known is not None else actor.person.shown_name,
            "phone": known.phone if known is not None else "",
        },
    )
    latest = question.current(actor, found.pk)
    there: There | None = None
    if request.method == "POST" and form.is_valid() and not (there := same_letter(actor, found, form)):
        data = form.cleaned_data
        try:
            with refused_as_missing():
                made = writing.begin(
                    actor=actor,
                    process_id=found.pk,
                    kind=data["kind"],
                    language=data["language"],
                    question=latest,
                    caller=data["caller"],
                    phone=data["phone"],
                    letter_id=data["once"],
                )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("letter", process=found.slug, letter=made.pk)
    return render(
        request,
        "inviting/staff/letters.html",
        {
            "process": found,
            "letters": written,
            "form": form,
            "kinds": offered,
            "question": latest,
            "there": there,
        },
        status=status(form) if there is None else 422,
    )


def _letter(request: HttpRequest, process: Place, letter: UUID) -> Letter:
    among = Letter.objects.visible_to(actor_of(request)).with_question().filter(process_id=process.pk)
    return get_visible_or_404(Letter, actor_of(request), among=among, pk=letter)


def letter(request: HttpRequest, process: str, letter: UUID) -> HttpResponse:
    """The words of a letter. What can be read as a promise or a ready-made plan is said at every press, saved or not; the
    language when one asks for it, as on every page the service writes on."""
    actor = actor_of(request)
    found = place(request, process)
    row = _letter(request, found, letter)
    initial = {name: str(getattr(row, name)) for name in writing.SHOWN}
    form = LetterForm(posted(request), initial={**initial, "seen": seen.of(initial)})
    meanwhile: list[tuple[Any, str]] = []
    look = None
    if looking.wanted(request):
        looking.or_missing(actor, found.pk)
        form = looking.as_typed(form)
        look = looking.look_at(str(form["text"].value() or ""), row.language, actor=actor)
    elif request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                writing.change(actor=actor, letter=row, **form.cleaned_data)
        except seen.ChangedMeanwhile:
            row = _letter(request, found, letter)
            standing = {name: str(getattr(row, name)) for name in writing.SHOWN}
            meanwhile = seen.show_both(
                form,
                standing,
                _(
                    "Noen andre har endret brevet imens. Det du skrev, står her ennå. Se på det de skrev, og lagre en gang til."
                ),
            )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            if request.POST.get("do") == "print":
                return redirect("letter-sheets", process=found.slug, letter=row.pk)
            messages.success(request, _("Brevet er lagret."))
            return redirect("letter", process=found.slug, letter=row.pk)
    return _page(request, found, row, form, meanwhile=meanwhile, look=look)


def _page(
    request: HttpRequest,
    found: Place,
    row: Letter,
    form: LetterForm,
    announced: AnnouncedForm | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of a letter, with what was typed in either of its forms."""
    actor = actor_of(request)
    text = request.POST.get("text", str(row.text))
    latest = question.current(actor, found.pk)
    from_text = texts.letter(row.kind)
    announcement = from_text is not None and from_text.use == "announcement"
    if announcement:
        form.fields["text"].help_text = ""  # it is for nobody by name
    hangs = writing.hangs(row)
    known = {**hangs, "on": row.announced_on or clock.today(), "seen": seen.of(hangs)}
    return render(
        request,
        "inviting/staff/letter.html",
        {
            "process": found,
            "letter": row,
            "form": form,
            "hints": checks.promises_and_plans(text, row.language),
            "may_look": looking.may_look(actor, found.pk),
            "question": latest,
            "renewed": latest is not None and row.question_id != latest.pk,
            "announcement": announcement,
            "announced_form": announced or AnnouncedForm(initial=known, auto_id=HUNG),
            **more,
        },
        status=status(form if announced is None else announced),
    )


def letter_question(request: HttpRequest, process: str, letter: UUID) -> HttpResponse:
    """Put the question as it stands now into the letter."""
    actor = actor_of(request)
    found = place(request, process)
    row = _letter(request, found, letter)
    latest = question.current(actor, found.pk)
    if latest is not None:
        with refused_as_missing():
            writing.use_question(actor=actor, letter=row, question=latest)
        messages.success(request, _("Brevet har fått de nye ordene. Les gjennom det en gang til."))
    return redirect("letter", process=found.slug, letter=row.pk)


def letter_announced(request: HttpRequest, process: str, letter: UUID) -> HttpResponse:
    """Where the announcement hangs, and since when."""
    found = place(request, process)
    row = _letter(request, found, letter)
    form = AnnouncedForm(request.POST, auto_id=HUNG)
    meanwhile: list[tuple[Any, str]] = []
    if form.is_valid():
        try:
            with refused_as_missing():
                writing.announced(actor=actor_of(request), letter=row, **form.cleaned_data)
        except seen.ChangedMeanwhile:
            row = _letter(request, found, letter)
            meanwhile = seen.show_both(form, writing.hangs(row))
        else:
            messages.success(request, _("Lagret. De som melder seg, skriver du opp på lista."))
            return redirect("letter", process=found.slug, letter=row.pk)
    else:
        messages.warning(request, _("Skriv hvor den henger, og fra hvilken dag."))
    words = {name: str(getattr(row, name)) for name in writing.SHOWN}
    unchanged = LetterForm(initial={**words, "seen": seen.of(words)})
    return _page(request, found, row, unchanged, form, announced_meanwhile=meanwhile)


@dataclass(frozen=True)
class Sheet:
    """One letter on paper: for one person, or an announcement for nobody in particular."""

    invitee: Invitee | None
    language: str
    name: str
    code: str
    qr: str


def _sheet(invitee: Invitee) -> Sheet:
    with override(invitee.language):
        qr = qr_svg(actions.link_of(invitee), _("QR-kode som åpner brevet"))
    return Sheet(invitee, invitee.language, str(invitee.name), str(invitee.code), qr)


def letter_sheets(request: HttpRequest, process: str, letter: UUID) -> HttpResponse:
    """The sheets, one for each of those it is for. POST: these people get it; or, all sheets have been handed out."""
    actor = actor_of(request)
    found = place(request, process)
    row = _letter(request, found, letter)
    announcement = (kind := texts.letter(row.kind)) is not None and kind.use == "announcement"
    possible = [
        one
        for one in invitees_of(actor, found)
        if one.side == row.side and one.step in (*ON_THE_LIST, Step.LATER) and not announcement
    ]
    if request.method == "POST":
        do, chosen = request.POST.get("do"), set(request.POST.getlist("person"))
        going = [one for one in possible if str(one.pk) in chosen]
        with refused_as_missing():
            if do == "given":
                number = writing.handed_out(actor=actor, letter=row, invitees=going)
                said = _("%(n)d er spurt. Når de svarer, ser du det på lista.") % {"n": number}
                messages.success(request, said if number else _("Lagret."))
                return redirect("inviting", process=found.slug)
            writing.give(actor=actor, letter=row, invitees=going)
        return redirect("letter-sheets", process=found.slug, letter=row.pk)
    sheets = [_sheet(one) for one in possible if one.letter_id == row.pk]
    if announcement:
        sheets = [Sheet(None, row.language, "", "", "")]
    address = str(settings.LANGBORD_PUBLIC_URL)
    response = render(
        request,
        "inviting/staff/sheets.html",
        {
            "process": found,
            "letter": row,
            "sheets": sheets,
            "announcement": announcement,
            "others": [one for one in possible if one.letter_id != row.pk],
            "code_address": actions.address_of_codes(),
            "public_url": address,
            "only_here": any(name in address for name in ("://localhost", "://127.", "://[::1]")),
        },
    )
    return response
