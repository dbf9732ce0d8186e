"""What gatherings hold on a person: whether they come, what they need, and that they were there."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
    register,
)
from langbord.rooms.models import Room
from langbord.vault import preload_for

from .enums import AnswerKind
from .models import Answer, Attendance, CaughtInput, Gathering, Quote

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"


def export(person_id: UUID) -> list[Section]:
    answers = list(Answer.objects.unrestricted(_SHOWN).of_person(person_id))
    there = Attendance.objects.unrestricted(_SHOWN).of_person(person_id)
    caught = CaughtInput.objects.unrestricted(_SHOWN).of_person(person_id)
    quotes = Quote.objects.unrestricted(_SHOWN).of_person(person_id)
    preload_for(answers)
    return [
        Section("gathering_answers", _("Det jeg har svart om samlinger"), [_answer(row) for row in answers]),
        Section(
            "attendance",
            _("Samlinger jeg har vært på"),
            [
                [
                    Fact("room", _("Rom"), mark.room.name),
                    Fact("gathering_at", _("Samlingen"), mark.gathering.starts_at),
                ]
                for mark in there
            ],
        ),
        Section(
            "noted_down",
            _("Det jeg sa, som ble skrevet ned på en samling"),
            [_where(row.gathering, row.room, row.piece_id) for row in caught],
        ),
        Section(
            "quoted",
            _("Referater der ordene mine er med"),
            [_where(row.minutes.gathering, row.minutes.gathering.room, row.piece_id) for row in quotes],
        ),
    ]


def _where(gathering: Gathering, room: Room, piece_id: UUID) -> list[Fact]:
    """The words themselves stand among what one has shared, by their number."""
    return [
        Fact("room", _("Rom"), room.name),
        Fact("gathering_at", _("Samlingen"), gathering.starts_at),
        Fact("words", _("Teksten har nummer"), str(piece_id)),
    ]


def _answer(row: Answer) -> list[Fact]:
    return [
        Fact("room", _("Rom"), row.room.name),
        Fact("gathering_at", _("Samlingen"), row.gathering.starts_at),
        Fact("answer", _("Svar"), str(AnswerKind(row.answer).label) if row.answer else ""),
        Fact("answered_at", _("Svarte"), row.answered_at),
        Fact("needs", _("Det jeg trenger"), row.shown_needs),
        Fact("note", _("Beskjed til verten"), str(row.note)),
    ]


def counts(parting: Parting) -> Counts:
    scope = in_scope(parting, "gathering__process_id")
    answers = Answer.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **scope)
    there = Attendance.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **scope)
    return {(Fate.GONE, "gathering-answer"): answers, (Fate.COUNTED, "attendance"): there}


def erase(parting: Parting) -> Numbers:
    """Answers and needs go. That somebody was there becomes a head without a name, so that old counts still hold."""
    told = counted(counts(parting))
    scope = in_scope(parting, "gathering__process_id")
    for mark in Attendance.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **scope):
        heads = f"others_{mark.side}"
        Gathering.objects.unrestricted(_GONE).filter(pk=mark.gathering_id).update(**{heads: F(heads) + 1})
        mark.delete()
    for answer in Answer.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **scope):
        answer.delete()
    return told


_TABLE = gettext_lazy("For at verten skal vite hvor mange som kommer, og hva de trenger.")
_MADE = gettext_lazy("For at alle skal vite hva som skjer.")


def declare() -> None:
    register(
        Register(
            app="gatherings",
            holdings=(
                Holding(
                    "gatherings.Answer",
                    gettext_lazy("om du kommer til en samling, og hva du trenger da"),
                    _TABLE,
                    (Category.PRESENCE, Category.NEEDS),
                    whose=("person_id",),
                    process="gathering__process_id",
                ),
                Holding(
                    "gatherings.Attendance",
                    gettext_lazy("hvilke samlinger du var på"),
                    gettext_lazy("For at vi skal vite hvor mange som var der."),
                    (Category.PRESENCE,),
                    whose=("person_id",),
                    process="gathering__process_id",
                ),
                Holding(
                    "gatherings.Gathering",
                    gettext_lazy("at du har planlagt en samling"),
                    _MADE,
                    (Category.TRACES,),
                    mentions=("planned_by",),
                    process="process_id",
                ),
                Holding(
                    "gatherings.GatheringWords",
                    gettext_lazy("det som er skrevet til alle om en samling"),
                    _MADE,
                    (Category.TRACES,),
                    process="gathering__process_id",
                ),
                Holding(
                    "gatherings.AgendaItem",
                    gettext_lazy("det dere skal gjøre på en samling, og hvem som vil gjøre det"),
                    _MADE,
                    (Category.TRACES,),
                    process="gathering__process_id",
                ),
                Holding(
                    "gatherings.CaughtInput",
                    gettext_lazy("på hvilken samling noe du sa, ble skrevet ned"),
                    gettext_lazy("For at det du sa, skal finnes igjen."),
                    (Category.PRESENCE,),
                    whose=("piece__author_id",),
                    process="gathering__process_id",
                ),
                Holding(
                    "gatherings.Minutes",
                    gettext_lazy("referater du skriver på"),
                    _MADE,
                    (Category.TRACES,),
                    whose=("piece__author_id",),
                    process="gathering__process_id",
                ),
                Holding(
                    "gatherings.Quote",
                    gettext_lazy("i hvilket referat ordene dine står"),
                    gettext_lazy("For at referatet skal vise det du sa, så lenge du vil."),
                    (Category.TRACES,),
                    whose=("piece__author_id",),
                    process="piece__process_id",
                ),
                Holding(
                    "gatherings.Correction",
                    gettext_lazy("at du har sagt at noe i et referat ikke stemmer"),
                    gettext_lazy("For at referatet skal bli riktig."),
                    (Category.TRACES,),
                    whose=("piece__author_id",),
                    process="piece__process_id",
                ),
            ),
            export=export,
            counts=counts,
            erase=erase,
            things={
                "gathering-answer": lambda n: (
                    ngettext("%(n)d svar om samlinger", "%(n)d svar om samlinger", n) % {"n": n}
                ),
                "attendance": lambda n: (
                    ngettext("%(n)d samling du var på", "%(n)d samlinger du var på", n) % {"n": n}
                ),
            },
        )
    )
