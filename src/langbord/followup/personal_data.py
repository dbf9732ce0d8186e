"""What the board holds on a person: what they promised, answered and took on. The words themselves lie in `rooms`."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.access.enums import SERVICE_SIDE
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
    Way,
    counted,
    in_scope,
    register,
)
from langbord.processes.models import Membership
from langbord.vault import keys, preload_for
from langbord.vault.moving import moved_to

from . import receiving_personal_data as receiving
from .enums import State, StepKind
from .models import Case, Step, Taker

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"
_STAYS = "somebody leaves: what they gave stays without their name"


def export(person_id: UUID) -> list[Section]:
    promised = Case.objects.unrestricted(_SHOWN).filter(responder_id=person_id).with_process()
    steps = list(Step.objects.unrestricted(_SHOWN).filter(by_id=person_id).with_process())
    taken = Taker.objects.unrestricted(_SHOWN).filter(person_id=person_id).with_process()
    preload_for(steps)
    return [
        Section(
            "promises",
            _("Det jeg har lovet å svare på"),
            [
                [
                    Fact("process", _("Samskaping"), case.process.name),
                    Fact("promised_on", _("Svar innen"), case.promised_on),
                    Fact("state", _("Hvor langt det har kommet"), str(State(case.state).label)),
                    Fact("piece", _("Innspill nummer"), str(case.piece_id)),
                ]
                for case in promised
            ],
        ),
        Section("steps", _("Det jeg har gjort på tavla"), [_step(step) for step in steps]),
        Section(
            "tasks",
            _("Oppgaver jeg har tatt"),
            [
                [
                    Fact("process", _("Samskaping"), row.task.process.name),
                    Fact("taken_at", _("Tatt"), row.taken_at),
                ]
                for row in taken
            ],
        ),
        *receiving.export(person_id),
    ]


def _step(step: Step) -> list[Fact]:
    return [
        Fact("process", _("Samskaping"), step.case.process.name),
        Fact("kind", _("Hva"), str(StepKind(step.kind).label)),
        Fact("at", _("Når"), step.at),
        Fact("words", _("Teksten har nummer"), str(step.words_id or "")),
        Fact("sent_to", _("Sendt til"), str(step.sent_to or "")),
    ]


def answered(copies: Collection[UUID]) -> set[UUID]:
    """Of these copies on the board, those whose case was answered, or received: only their words can go."""
    cases = Case.objects.unrestricted(
        "was it answered or received before its author leaves?"
    ).answered_or_received()
    return set(cases.filter(piece_id__in=list(copies)).values_list("piece_id", flat=True))


def _served_in(person_id: UUID) -> set[UUID]:
    rows = Membership.objects.unrestricted(_STAYS).filter(person_id=person_id, role__in=list(SERVICE_SIDE))
    return set(rows.values_list("process_id", flat=True))


def counts(parting: Parting) -> Counts:
    """Promises that nobody holds any more (the coordinator sees them among what nobody answers for), and tasks taken."""
    waiting = Case.objects.unrestricted(_GONE).unanswered()
    waiting = waiting.filter(responder_id=parting.person_id, **in_scope(parting))
    taken = Taker.objects.unrestricted(_GONE).left_by(parting.person_id, parting.process_id)
    return {(Fate.FREED, "promise"): waiting, (Fate.GONE, "taken-task"): taken}


def keep_without_name(parting: Parting) -> Numbers:
    """Where somebody sent a question is sealed with the board's key, for whoever the answer is for. What was not the
    service's goes with its writer, if they take everything."""
    served = _served_in(parting.person_id)
    rows = Step.objects.unrestricted(_STAYS).left_by(parting.person_id, parting.process_id)
    steps = list(preload_for(list(rows.with_process())))
    boards = {step.case.piece.room_id for step in steps if step.case.piece.room_id is not None}
    keys.ensure_many(boards)
    for step in steps:
        board = step.case.piece.room_id or step.case.process_id
        stays = parting.way == Way.KEEP or step.case.process_id in served
        values = moved_to(step, board) if stays else None
        if values is None:
            values = {"sealed_by": board, "sent_to": ""}
        Step.objects.unrestricted(_STAYS).filter(pk=step.pk).update(**values)
    receiving.keep_without_name(parting)
    return Numbers()


def erase(parting: Parting) -> Numbers:
    told = counted(counts(parting))
    for row in Taker.objects.unrestricted(_GONE).left_by(parting.person_id, parting.process_id):
        row.delete()
    receiving.erase(parting)
    return told


_BOARD = gettext_lazy("For at den som sa noe, skal få svar, og vite hvem som svarer.")


def declare() -> None:
    register(
        Register(
            app="followup",
            holdings=(
                Holding(
                    "followup.Case",
                    gettext_lazy("innspill på tavla som er dine, eller som du har lovet å svare på"),
                    _BOARD,
                    (Category.TAKING_PART, Category.TRACES),
                    whose=("piece__author_id",),
                    mentions=("responder",),
                    process="process_id",
                ),
                Holding(
                    "followup.Step",
                    gettext_lazy("det du har lovet og svart på tavla"),
                    _BOARD,
                    (Category.TRACES,),
                    mentions=("by", "responder"),
                    process="case__process_id",
                ),
                Holding(
                    "followup.Task",
                    gettext_lazy("oppgaver du har foreslått eller gjort ferdig"),
                    gettext_lazy("For at oppgavene skal bli gjort."),
                    (Category.TAKING_PART, Category.TRACES),
                    whose=("piece__author_id",),
                    mentions=("done_by",),
                    process="process_id",
                ),
                Holding(
                    "followup.Taker",
                    gettext_lazy("oppgaver du har tatt"),
                    gettext_lazy("For at oppgavene skal bli gjort."),
                    (Category.TAKING_PART,),
                    whose=("person_id",),
                    process="task__process_id",
                ),
                *receiving.HOLDINGS,
            ),
            export=export,
            counts=counts,
            keep_without_name=keep_without_name,
            erase=erase,
            stays=receiving.stays,
            things={
                "promise": lambda n: ngettext("%(n)d løfte om svar", "%(n)d løfter om svar", n) % {"n": n},
                "taken-task": lambda n: (
                    ngettext("%(n)d oppgave du har tatt", "%(n)d oppgaver du har tatt", n) % {"n": n}
                ),
            },
        )
    )
