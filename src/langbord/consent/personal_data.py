"""What consent holds on a person: what they said yes and no to, who answered beside them, who heard it."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.base import clock
from langbord.base.personal_data import (
    Category,
    Counts,
    Fact,
    Fate,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    counted,
    in_scope,
    language_name,
    register,
)
from langbord.vault import preload_for

from . import shown
from .enums import AgeBand, By
from .hosting.models import Sheet
from .models import ConsentEvent, ConsentRecord, Guardianship, NoticeText, Witness
from .querysets import GuardianshipQuerySet
from .removing import remove

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"


def export(person_id: UUID) -> list[Section]:
    records = ConsentRecord.objects.unrestricted(_SHOWN).filter(person_id=person_id)
    events = ConsentEvent.objects.unrestricted(_SHOWN).about(person_id).with_process().in_order()
    adults = list(Guardianship.objects.unrestricted(_SHOWN).about(person_id).with_people())
    sheets = Sheet.objects.unrestricted(_SHOWN).filter(person_id=person_id).order_by("made_at")
    heard = list(Witness.objects.unrestricted(_SHOWN).about(person_id))
    beside = list(Guardianship.objects.unrestricted(_SHOWN).guarded_by(person_id).with_people())
    told = (a.guardian for a in adults if a.guardian is not None)
    preload_for([*adults, *heard, *told, *(g.record.person for g in beside if g.counts)])
    answered = ConsentEvent.objects.unrestricted(_SHOWN).filter(guardianship_id__in=[g.pk for g in beside])
    answers = defaultdict(list)
    for event in answered.in_order():
        answers[event.guardianship_id].append(event)
    names = {witness.event_id: str(witness.name) for witness in heard}
    rows = list(events)
    texts = dict(
        NoticeText.objects.filter(sha256__in={e.notice_sha256 for e in rows}).values_list("sha256", "text")
    )
    return [
        Section("consent", _("Det jeg har svart ja og nei til"), [_event(e, names, texts) for e in rows]),
        Section("age", _("Hvor gammel jeg har sagt at jeg er"), [_age(r) for r in records if r.age_band]),
        Section("adults", _("Voksne som svarer sammen med meg"), [_adult(a) for a in adults]),
        Section("beside", _("Unge jeg svarer for"), [_beside(g, answers[g.pk]) for g in beside]),
        Section("sheets", _("Ark som er skrevet ut til meg"), [_sheet(sheet) for sheet in sheets]),
    ]


def _event(event: ConsentEvent, witnesses: dict[UUID, str], texts: dict[str, str]) -> list[Fact]:
    return [
        Fact("process", _("Samskaping"), event.record.process.name),
        Fact("about", _("Hva"), shown.title(event.purpose)),
        Fact("answer", _("Svar"), shown.event_words(event)),
        Fact("at", _("Når"), event.at),
        Fact("witness", _("Vitne"), witnesses.get(event.pk, "")),
        Fact("text_version", _("Tekst"), event.notice_version),
        Fact("text_language", _("Språk"), event.notice_language, language_name(event.notice_language)),
        Fact("text_sha256", "SHA-256", event.notice_sha256),
        Fact("text", _("Teksten slik den var"), texts.get(event.notice_sha256, "")),
        Fact("hash", _("Ledd i kjeden"), event.own_hash),
    ]


def _age(record: ConsentRecord) -> list[Fact]:
    return [Fact("age_band", _("Alder"), str(AgeBand(record.age_band).label))]


def _adult(guardianship: Guardianship) -> list[Fact]:
    return [
        Fact("name", _("Navn"), shown.adult_name(guardianship)),
        Fact("from", _("Fra"), guardianship.made_at),
        Fact("to", _("Til"), guardianship.ended_at),
        Fact("objected", _("Du sa nei til at denne voksne svarer"), guardianship.objected_at),
    ]


def _beside(guardianship: Guardianship, answers: list[ConsentEvent]) -> list[Fact]:
    """What an adult has answered beside somebody young: never what the young person answered, nor that they said no to the
    adult. The name stands there as long as the adult's own page shows it."""
    return [
        Fact("process", _("Samskaping"), guardianship.record.process.name),
        Fact("name", _("Navn"), guardianship.record.person.shown_name if guardianship.counts else ""),
        Fact("from", _("Fra"), guardianship.made_at),
        Fact("to", _("Til"), guardianship.ended_at),
        Fact(
            "answers",
            _("Svar"),
            [
                f"{shown.title(e.purpose)}: {shown.event_words(e, By.GUARDIAN)} {shown.day(e.at)}"
                for e in answers
            ],
        ),
    ]


def _sheet(sheet: Sheet) -> list[Fact]:
    """What was answered on it stands among the answers."""
    return [
        Fact("made_at", _("Laget"), sheet.made_at),
        Fact("language", _("Språk"), sheet.language, language_name(sheet.language)),
        Fact("signed_on", _("Datoen på arket"), sheet.signed_on),
        Fact("keyed_at", _("Skrevet inn"), sheet.keyed_at),
    ]


def _records(parting: Parting) -> list[UUID]:
    return list(
        ConsentRecord.objects.unrestricted(_GONE)
        .filter(person_id=parting.person_id, **in_scope(parting))
        .values_list("pk", flat=True)
    )


def counts(parting: Parting) -> Counts:
    events = ConsentEvent.objects.unrestricted(_GONE).of_person(parting.person_id)
    beside = _beside_others(parting).filter(ended_at__isnull=True, objected_at__isnull=True)
    return {
        (Fate.GONE, "consent-answer"): events.filter(**in_scope(parting, "record__process_id")),
        (Fate.FREED, "adult-beside"): beside,
    }


def _beside_others(parting: Parting) -> GuardianshipQuerySet:
    guards = Guardianship.objects.unrestricted(_GONE).guarded_by(parting.person_id)
    return guards.filter(**in_scope(parting, "record__process_id"))


def foretell(parting: Parting) -> Numbers:
    return counted(counts(parting))


def erase(parting: Parting) -> Numbers:
    """Their records go, whichever way they leave: what was used with their yes goes too, or has lost its name. As an adult
    beside a child they no longer count: the child's host must ask somebody else."""
    told = foretell(parting)
    for sheet in Sheet.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **in_scope(parting)):
        sheet.delete()
    _beside_others(parting).filter(objected_at__isnull=True).update(objected_at=clock.now())
    remove(_records(parting))
    return told


_PROOF = gettext_lazy("For at du og vi kan se hva du har sagt ja og nei til.")


def declare() -> None:
    register(
        Register(
            app="consent",
            holdings=(
                Holding(
                    "consent.ConsentRecord",
                    gettext_lazy("hvilken samskaping du svarer i, og om du er under 16, 16–17 eller voksen"),
                    _PROOF,
                    (Category.CONSENT,),
                    whose=("person_id",),
                    process="process_id",
                ),
                Holding(
                    "consent.ConsentEvent",
                    gettext_lazy("hva du har sagt ja og nei til, når, og hvilken tekst du så"),
                    _PROOF,
                    (Category.CONSENT,),
                    whose=("record__person_id",),
                    process="record__process_id",
                ),
                Holding(
                    "consent.Guardianship",
                    gettext_lazy("hvilken voksen som svarer sammen med deg"),
                    gettext_lazy("For at en voksen skal si ja i tillegg når du er under 16."),
                    (Category.CONSENT, Category.IDENTITY),
                    whose=("record__person_id",),
                    mentions=("guardian",),
                    process="record__process_id",
                ),
                Holding(
                    "consent.Witness",
                    gettext_lazy("hvem som hørte det du svarte muntlig"),
                    _PROOF,
                    (Category.CONSENT, Category.IDENTITY),
                    whose=("event__record__person_id",),
                    process="event__record__process_id",
                ),
                Holding(
                    "consent.Sheet",
                    gettext_lazy("ark vi har skrevet ut til deg for at du skal svare på papir"),
                    gettext_lazy("For at svaret skal høre til akkurat den teksten du leste."),
                    (Category.CONSENT,),
                    whose=("person_id",),
                    process="process_id",
                ),
            ),
            export=export,
            counts=counts,
            erase=erase,
            things={
                "adult-beside": lambda n: (
                    ngettext("%(n)d ung du svarer for", "%(n)d unge du svarer for", n) % {"n": n}
                ),
                "consent-answer": lambda n: (
                    ngettext("%(n)d svar om ja eller nei", "%(n)d svar om ja eller nei", n) % {"n": n}
                ),
            },
        )
    )
