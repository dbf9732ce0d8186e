"""For those who prepare: what is missing, whom one thinks of, each on their way, and what to say on the telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base import seen
from langbord.base.errors import NotNow
from langbord.base.forms import There, retype
from langbord.vault import preload_for

from . import actions, forgetting, numbers, question, taking_part, texts
from .enums import ON_THE_LIST, Side, Step, Through
from .forms import AddForm, AnswerForm, InviteeForm, ListsForm, StepForm
from .models import Invitee, TakingPart, Trace, WhoToAsk
from .there_already import same_names
from .views_question import Place, place, posted, status


def invitees_of(actor: Actor, process: Place) -> list[Invitee]:
    """Those this actor may know, in the order they were written down, with the keys for their names. Two queries."""
    rows = _unopened(actor, process)
    preload_for(_with_askers(rows))
    return rows


def _unopened(actor: Actor, process: Place) -> list[Invitee]:
    return list(Invitee.objects.visible_to(actor).with_asker().filter(process_id=process.pk))


def _with_askers(rows: list[Invitee]) -> list[Any]:
    return [*rows, *(row.asker for row in rows if row.asker is not None)]


def inviting(request: HttpRequest, process: str) -> HttpResponse:
    """Can we ask now? What is there and what is missing; the numbers by side; the people, for those who may know them."""
    actor = actor_of(request)
    found = place(request, process)
    loaded = numbers.prepared(actor, found.pk)
    rows = _unopened(actor, found)
    # One query for the keys of everything on the page.
    texts_here = [*loaded.versions, *loaded.letters, *([loaded.lists] if loaded.lists else [])]
    preload_for([*_with_askers(rows), *texts_here])
    _show_homes(rows)
    on_the_list = [row for row in rows if row.step in ON_THE_LIST]
    return render(
        request,
        "inviting/staff/inviting.html",
        {
            "process": found,
            "ready": numbers.ready(actor, found.pk, found.slug, loaded),
            "counts": loaded.counts,
            "letters": loaded.letters,
            "yes": [row for row in rows if row.step == Step.YES],
            "waiting": on_the_list,
            "not_now": [row for row in rows if row.step not in (*ON_THE_LIST, Step.YES)],
            "nobody": not rows,
            "coordinates": numbers.sees_all(actor, found.pk),
            "to_seat": {
                row.side == Side.CITIZEN
                for row in rows
                if row.step == Step.YES and taking_part.may_seat(actor, found.pk, row.side)
            },
        },
    )


def _show_homes(rows: list[Invitee]) -> None:
    """By name: a number beside a name can be read as how many they are. Only those whom the same page shows."""
    homes: dict[UUID, list[Invitee]] = {}
    for row in rows:
        if row.household_id is not None:
            homes.setdefault(row.household_id, []).append(row)
    for home in homes.values():
        for row in home:
            row.shown_home = ", ".join(str(other.name) for other in home if other is not row)


def inviting_lists(request: HttpRequest, process: str) -> HttpResponse:
    """Who lives with it, who is seldom asked, who is not here: in words, without names."""
    actor = actor_of(request)
    found = place(request, process)
    standing = _standing(actor, found)
    form = ListsForm(posted(request), initial={**standing, "seen": seen.of(standing)})
    meanwhile: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                actions.write_lists(actor=actor, process_id=found.pk, **form.cleaned_data)
        except seen.ChangedMeanwhile:
            standing = _standing(actor, found)
            meanwhile = seen.show_both(
                form,
                standing,
                _(
                    "Noen andre har endret listene imens. Det du skrev, står her ennå. Se på det de skrev, og lagre en gang til."
                ),
            )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Lagret."))
            return redirect("inviting", process=found.slug)
    return render(
        request,
        "inviting/staff/lists.html",
        {"process": found, "form": form, "meanwhile": meanwhile},
        status=status(form),
    )


def _standing(actor: Actor, process: Place) -> dict[str, str]:
    """The lists as they stand now."""
    row = WhoToAsk.objects.visible_to(actor).filter(process_id=process.pk).first()
    return {name: str(getattr(row, name)) if row is not None else "" for name in actions.LISTS}


def _askers(process: Place) -> list[tuple[str, str]]:
    members = actions.askers(process.pk)
    preload_for([member.person for member in members])
    return [(str(member.person_id), member.person.shown_name) for member in members]


def _own_first(actor: Actor, process: Place) -> list[tuple[str, str]]:
    people = _askers(process)
    if not numbers.sees_all(actor, process.pk):
        return [(value, name) for value, name in people if value == str(actor.person_id)]
    return sorted(people, key=lambda pair: pair[0] != str(actor.person_id))


def inviting_add(request: HttpRequest, process: str) -> HttpResponse:
    """Write down the people one thinks of."""
    actor = actor_of(request)
    found = place(request, process)
    people = _own_first(actor, found)
    form = AddForm(
        posted(request),
        people=people,
        initial={
            "asker": people[0][0] if people else "",
            "heard_of": "",
            "side": request.GET.get("side", "citizen"),
        },
    )
    there: There | None = None
    if request.method == "POST" and form.is_valid() and not (there := same_names(actor, found, form)):
        data = form.cleaned_data
        try:
            with refused_as_missing():
                made = actions.note(
                    actor=actor,
                    process_id=found.pk,
                    households=data["names"],
                    side=data["side"],
                    heard_of=data["heard_of"],
                    asker_id=UUID(data["asker"]) if data["asker"] else None,
                    paid=data["paid"],
                    step=Step.INTERESTED if data["paid"] else Step.NOTED,
                    once=data["once"],
                )
        except actions.NotedBefore:
            form.add_error(
                None,
                _(
                    "Disse navnene er skrevet opp før, og står ikke lenger på lista. Skal de på lista igjen, trykker du en gang til."
                ),
            )
            retype(form, "once", str(uuid4()))
        except NotNow as refusal:
            form.add_error("side", str(refusal))
        else:
            messages.success(request, _("%(n)d står på lista.") % {"n": len(made)})
            return redirect("inviting", process=found.slug)
    return render(
        request,
        "inviting/staff/add.html",
        {"process": found, "form": form, "there": there},
        status=status(form) if there is None else 422,
    )


def _invitee(request: HttpRequest, process: Place, invitee: UUID) -> Invitee:
    among = Invitee.objects.visible_to(actor_of(request)).with_asker().filter(process_id=process.pk)
    return get_visible_or_404(Invitee, actor_of(request), among=among, pk=invitee)


def _agreed(actor: Actor, invitee: Invitee) -> TakingPart | None:
    found: TakingPart | None = TakingPart.objects.visible_to(actor).filter(invitee=invitee).first()
    return found


def invitee(request: HttpRequest, process: str, invitee: UUID) -> HttpResponse:
    """One of them: what is written, the steps so far, and changing either."""
    actor = actor_of(request)
    found = place(request, process)
    row = _invitee(request, found, invitee)
    people = _askers(found) if numbers.sees_all(actor, found.pk) else []
    initial: dict[str, Any] = {
        name: getattr(row, name) for name in ("name", "contact", "language", "young", "guardian_yes_on")
    }
    initial["asker"], initial["seen"] = str(row.asker_id or ""), seen.of(actions.written_of(row))
    meanwhile: list[tuple[Any, str]] = []
    form = InviteeForm(posted(request), people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asker = data.pop("asker", "")
        try:
            with refused_as_missing():
                actions.describe(actor=actor, invitee=row, asker_id=UUID(asker) if asker else None, **data)
        except seen.ChangedMeanwhile:
            row = _invitee(request, found, invitee)
            meanwhile = seen.show_both(form, actions.written_of(row))
        except NotNow as refusal:
            form.add_error("asker" if "asker" in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Lagret."))
            return redirect("invitee", process=found.slug, invitee=row.pk)
    agreed = _agreed(actor, row)
    traces = list(Trace.objects.visible_to(actor).filter(invitee=row))
    return render(
        request,
        "inviting/staff/invitee.html",
        {
            "process": found,
            "invitee": row,
            "form": form,
            "meanwhile": meanwhile,
            "step_form": StepForm(paid=row.paid, initial={"step": row.step}),
            "traces": traces,
            "agreed": in_words(agreed),
            "has_email": bool(actions.email_of(row)),
        },
        status=status(form),
    )


def in_words(row: TakingPart | None) -> list[tuple[str, str]]:
    """What somebody agreed, as (question, their words), without what they left open."""
    from .enums import Channel
    from .forms import WORDS

    if row is None:
        return []
    said = [(str(label), str(getattr(row, name))) for name, label, _hint in WORDS]
    channels = {value: str(label) for value, label in Channel.choices}
    return [(label, channels.get(words, words)) for label, words in said if words]


def invitee_step(request: HttpRequest, process: str, invitee: UUID) -> HttpResponse:
    """Write down a step on the way."""
    found = place(request, process)
    row = _invitee(request, found, invitee)
    form = StepForm(request.POST, paid=row.paid)
    if form.is_valid():
        try:
            with refused_as_missing():
                actions.set_step(invitee=row, step=form.cleaned_data["step"], actor=actor_of(request))
        except NotNow as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Lagret."))
    else:
        messages.warning(request, _("Velg ett av svarene."))
    return redirect("invitee", process=found.slug, invitee=row.pk)


def invitee_ring(request: HttpRequest, process: str, invitee: UUID) -> HttpResponse:
    """What to say, what people ask, and the answer keyed in while one talks."""
    actor = actor_of(request)
    found = place(request, process)
    row = _invitee(request, found, invitee)
    form = AnswerForm(posted(request))
    form.fields["answer"].label = _("Hva svarte %(name)s?") % {"name": row.name}
    asks = row.asker_id == actor.person_id
    if not asks:
        for name in ("channel", "companion", "hard"):
            del form.fields[name]
    if request.method == "POST" and form.is_valid():
        try:
            with refused_as_missing():
                actions.set_step(
                    invitee=row, step=form.cleaned_data["answer"], actor=actor, through=Through.PHONE
                )
                if asks:
                    taking_part.write_for(invitee=row, words=form.words, actor=actor)
        except NotNow as refusal:
            form.add_error("answer", str(refusal))
        else:
            messages.success(request, _("Svaret fra %(name)s er skrevet ned.") % {"name": row.name})
            return redirect("inviting", process=found.slug)
    latest = question.current(actor, found.pk)
    said = {
        "caller": actor.person.shown_name,
        "question": str(latest.text) if latest is not None else "",
    }
    script = texts.script()
    lines = [(line.kind, texts.filled(line.text, row.language, said)) for line in script.steps]
    return render(
        request,
        "inviting/staff/ring.html",
        {
            "process": found,
            "invitee": row,
            "form": form,
            "script": script,
            "lines": [(kind, words) for kind, words in lines if words],
        },
        status=status(form),
    )


def invitee_mail(request: HttpRequest, process: str, invitee: UUID) -> HttpResponse:
    """An e-mail that says *du er invitert*, with the way to the letter and nothing else."""
    found = place(request, process)
    row = _invitee(request, found, invitee)
    try:
        with refused_as_missing():
            actions.send_mail(actor=actor_of(request), invitee=row)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("E-posten er sendt. Der står det bare at de er invitert, og en lenke."))
    return redirect("invitee", process=found.slug, invitee=row.pk)


def invitee_forget(request: HttpRequest, process: str, invitee: UUID) -> HttpResponse:
    """Take one of them off the list for good."""
    found = place(request, process)
    row = _invitee(request, found, invitee)
    with refused_as_missing():
        forgetting.forget(actor=actor_of(request), invitees=[row])
    messages.success(request, _("Navnet er slettet. Bare tallet står igjen."))
    return redirect("inviting", process=found.slug)


def invitees_forget(request: HttpRequest, process: str) -> HttpResponse:
    """Those who did not join: who it is, then one button that deletes them all."""
    actor = actor_of(request)
    found = place(request, process)
    rows = [row for row in invitees_of(actor, found) if row.step in (Step.NO, Step.LATER, Step.ASKED)]
    if request.method == "POST":
        chosen = set(request.POST.getlist("person"))
        going = [row for row in rows if str(row.pk) in chosen]
        with refused_as_missing():
            gone = forgetting.forget(actor=actor, invitees=going)
        messages.success(request, _("%(n)d er slettet. Bare tallet står igjen.") % {"n": gone})
        return redirect("inviting", process=found.slug)
    return render(request, "inviting/staff/forget.html", {"process": found, "rows": rows})


def numbers_page(request: HttpRequest, process: str) -> HttpResponse:
    """How many, by side, for everybody who takes part. No names, and not who said no."""
    found = place(request, process)
    or_missing(bool(actor_of(request).sittings_in(found.pk)))
    return render(request, "inviting/numbers.html", {"process": found, "counts": numbers.counts(found.pk)})
