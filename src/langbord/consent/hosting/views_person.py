"""One person, as their host asks them: aloud with a witness, the age band, the adults beside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.asked import actor_of, or_missing, process_id_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.base.forms import retype
from langbord.processes.models import Membership
from langbord.vault import preload_for

from .. import guardians, ledger
from ..enums import AgeBand, Purpose
from ..models import Guardianship
from . import adults, rules, sheets, voice
from .forms import AdultForm, AgeForm, VoiceForm
from .models import Sheet
from .querysets import adults_beside


def member_of(request: HttpRequest, membership: UUID) -> Membership:
    """The citizen in the address, whom one may ask here."""
    found = get_visible_or_404(
        Membership,
        actor_of(request),
        among=Membership.objects.all().with_person(),
        pk=membership,
        process_id=process_id_of(request),
        ended_at__isnull=True,
    )
    or_missing(rules.may_ask(actor_of(request), process_id_of(request), found.person_id))
    return found


def person(request: HttpRequest, process: str, membership: UUID) -> HttpResponse:
    """What one can do for this person. What they have answered is not here."""
    member = member_of(request, membership)
    return _draw_person(request, process, member)


def _draw_person(
    request: HttpRequest,
    slug: str,
    member: Membership,
    age_form: AgeForm | None = None,
    adult_form: AdultForm | None = None,
) -> HttpResponse:
    actor, process_id = actor_of(request), process_id_of(request)
    head = ledger.head_of(member.person_id, process_id)
    beside = adults.adults_of(actor, process_id, member.person_id)
    met = voice.possible_witnesses(actor, process_id, member.person_id)
    printed = list(Sheet.objects.visible_to(actor).filter(process_id=process_id, person_id=member.person_id))
    preload_for([member.person, *adults.sealed_in(beside), *(m.person for m in met)])
    band = head.age_band if head is not None else AgeBand.UNKNOWN
    forms = [form for form in (age_form, adult_form) if form is not None]
    context: dict[str, Any] = {
        "slug": slug,
        "member": member,
        "name": member.person.shown_name,
        "band": AgeBand(band),
        "young": band == AgeBand.UNDER_16 or bool(beside),
        "grown": band in (AgeBand.FROM_16, AgeBand.ADULT),
        "adults": beside,
        "names": {adult.guardianship.pk: adult.name for adult in beside},
        "sheets": printed,
        "age_form": age_form or AgeForm(),
        "adult_form": adult_form or AdultForm(members=met),
    }
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "consent/hosting/desk/person.html", context, status=status)


def speak(request: HttpRequest, process: str, membership: UUID) -> HttpResponse:
    """Read aloud, and write down what was said, with a witness. `?voksen=<id>`: it is the adult who answers."""
    actor, process_id = actor_of(request), process_id_of(request)
    member = member_of(request, membership)
    adult = _adult(request, member)
    guard = adult.guardianship if adult is not None else None
    reader = guard.guardian if guard is not None and guard.guardian is not None else member.person
    language = sheets.language_of(reader)
    asked = sheets.notices_for(process_id, language, Purpose)
    adult_id = guard.guardian_id if guard is not None else None
    witnesses = voice.possible_witnesses(actor, process_id, member.person_id, adult_id)
    preload_for([member.person, *(m.person for m in witnesses), *adults.sealed_in([adult] if adult else [])])
    form = VoiceForm(
        request.POST if request.method == "POST" else None,
        notices=asked,
        witnesses=witnesses,
        initial={"shown": voice.fingerprint(asked)},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                voice.record_voice(
                    actor=actor,
                    person=member.person,
                    process_id=process_id,
                    language=language,
                    shown=data["shown"],
                    answers=form.answers,
                    once=data["once"],
                    witness_id=UUID(data["witness"]) if data["witness"] else None,
                    witness_name=data["witness_name"],
                    guardianship=guard,
                )
            messages.success(request, adults.saved_words(guard))
            return redirect("consent-person", process=process, membership=member.pk)
        except NotNow as refusal:
            form = _shown_anew(form, voice.fingerprint(asked))
            form.add_error(None, str(refusal))
    context = {
        "slug": process,
        "form": form,
        "member": member,
        "name": member.person.shown_name,
        "adult": adult,
        "language": language,
    }
    return render(request, "consent/hosting/desk/speak.html", context, status=422 if form.errors else 200)


def _shown_anew(form: VoiceForm, shown: str) -> VoiceForm:
    """The form with what was chosen, standing beside the texts as they are now."""
    retype(form, "shown", shown)
    return form


def _adult(request: HttpRequest, member: Membership) -> adults.Adult | None:
    wanted = request.GET.get("voksen", "")
    if not wanted:
        return None
    beside = adults.adults_of(actor_of(request), process_id_of(request), member.person_id)
    found = next((a for a in beside if str(a.guardianship.pk) == wanted and not (a.objected or a.gone)), None)
    or_missing(found is not None)
    return found


def age(request: HttpRequest, process: str, membership: UUID) -> HttpResponse:
    """Write down the age band that the person said."""
    member = member_of(request, membership)
    form = AgeForm(request.POST)
    if not form.is_valid():
        return _draw_person(request, process, member, age_form=form)
    with refused_as_missing():
        adults.write_down_age(
            actor=actor_of(request),
            process_id=process_id_of(request),
            person=member.person,
            band=form.cleaned_data["band"],
        )
    messages.success(request, _("Lagret."))
    return redirect("consent-person", process=process, membership=member.pk)


def adult_new(request: HttpRequest, process: str, membership: UUID) -> HttpResponse:
    """Say who the adult is."""
    actor, process_id = actor_of(request), process_id_of(request)
    member = member_of(request, membership)
    met = voice.possible_witnesses(actor, process_id, member.person_id)
    preload_for([member.person, *(m.person for m in met)])
    form = AdultForm(request.POST, members=met)
    if form.is_valid():
        data = form.cleaned_data
        try:
            with refused_as_missing():
                guardians.name_guardian(
                    actor=actor,
                    process_id=process_id,
                    child_id=member.person_id,
                    guardian_id=UUID(data["adult"]) if data["adult"] else None,
                    guardian_name=data["adult_name"],
                    language=sheets.language_of(member.person),
                    guardianship_id=data["once"],
                )
            messages.success(request, _("Lagret. Den unge ser under Meg hvem vi spør."))
            return redirect("consent-person", process=process, membership=member.pk)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    return _draw_person(request, process, member, adult_form=form)


def adult_end(request: HttpRequest, process: str, guardianship: UUID) -> HttpResponse:
    """This adult answers no longer."""
    actor, process_id = actor_of(request), process_id_of(request)
    try:
        found = adults_beside(actor, process_id).get(pk=guardianship)
    except Guardianship.DoesNotExist:
        or_missing(False)
    with refused_as_missing():
        guardians.end_guardianship(actor=actor, guardianship=found, process_id=process_id)
    messages.success(request, _("Da spør vi ikke denne voksne lenger."))
    return redirect("consent-desk", process=process)
