"""A group's piece is carried over by a group decision: recorded by a host where the citizens agreed, with each citizen's
own yes, and never against a no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.processes.keeping import closings

from . import gone, rules
from .actions import _copy, _remove_copy
from .enums import DecisionKind
from .models import GroupAnswer, GroupDecision, Piece, Room
from .seating import answering, citizens_of

DAYS_TO_SAY_NO = timedelta(days=7)
_WHY = "does the group decision take effect?"


@dataclass(frozen=True)
class DecisionState:
    """For the group: how far it is. Counts only when all have answered, so that nobody is worked out."""

    decision: GroupDecision
    my_answer: bool | None
    takes_effect_at: object


def propose(
    *,
    actor: Actor,
    piece: Piece,
    target: Room,
    text: str,
    agreed_at_gathering: bool = False,
    decision_id: UUID | None = None,
) -> GroupDecision:
    """A host records that the group wants this taken over, with exactly the words that will be shown there."""
    if piece.room_id is None or not rules.may_propose_decision(actor, piece, target):
        raise NotAllowed()
    actor.must_be_open(piece.process_id)
    found = GroupDecision.objects.unrestricted("a second click makes nothing new").filter(
        piece=piece, target=target, kind=DecisionKind.OVER
    )
    clicked = found.filter(pk=decision_id).first() if decision_id is not None else None
    again = clicked or found.still_counting().first()
    if again is not None:
        return again
    others = GroupDecision.objects.unrestricted("another decision's key opens nothing")
    if decision_id is not None and others.filter(pk=decision_id).exists():
        raise NotAllowed()
    decision = GroupDecision.objects.create(
        id=decision_id or uuid4(),
        piece=piece,
        room_id=piece.room_id,
        target=target,
        sealed_by=piece.sealed_by,
        text=text,
        recorded_by=actor.person,
        recorded_at=clock.now(),
        agreed_at_gathering=agreed_at_gathering,
    )
    events.record(actor.person_id, "group_decision.recorded", decision, process_id=piece.process_id)
    return decision


def take_back_for_group(
    *, actor: Actor, copy: Piece, said: bool, decision_id: UUID | None = None
) -> GroupDecision:
    """The group takes back what it carried over. `said`: the host records the group's own word, and it is done at once;
    else each citizen is asked, and the last yes does it. An answer that was given stays, with its dates."""
    if copy.room_id is None or not rules.may_take_back_for_group(actor, copy):
        raise NotAllowed()
    with transaction.atomic():
        held = GroupDecision.objects.unrestricted(_WHY).select_for_update()
        if decision_id is not None and (clicked := held.filter(pk=decision_id).first()) is not None:
            if clicked.copy_id != copy.pk or clicked.kind != DecisionKind.BACK:
                raise NotAllowed()
            return clicked
        decision = held.filter(
            copy=copy, kind=DecisionKind.BACK, stopped_at__isnull=True, effective_at__isnull=True
        ).first()
        if decision is None:
            decision = GroupDecision.objects.create(
                id=decision_id or uuid4(),
                kind=DecisionKind.BACK,
                piece_id=copy.copied_from_id or copy.pk,
                room_id=copy.sealed_by,
                target_id=copy.room_id,
                sealed_by=copy.sealed_by,
                text=str(copy.body),
                recorded_by=actor.person,
                recorded_at=clock.now(),
                copy=copy,
            )
            events.record(actor.person_id, "group_decision.recorded", decision, process_id=copy.process_id)
        if said:
            decision.recorded_by, decision.agreed_at_gathering = actor.person, True
            decision.save(update_fields=["recorded_by", "agreed_at_gathering"])
            _take_back(decision, actor)
    return decision


def _take_back(decision: GroupDecision, actor: Actor) -> None:
    """The copy goes (answered: its words), and with it what this decision holds of them."""
    process_id = Room.objects.unrestricted(_WHY).values_list("process_id", flat=True).get(pk=decision.room_id)
    copy = Piece.objects.unrestricted(_WHY).filter(pk__in=[decision.copy_id]).first()
    decision.effective_at, decision.text = clock.now(), ""
    decision.save(update_fields=["effective_at", "text"])
    events.record(actor.person_id, "group_decision.took_back", decision, process_id=process_id)
    if copy is not None and copy.words_removed_at is None:
        _remove_copy(actor, copy)


def taken_back_of(actor: Actor, piece: Piece) -> list[GroupDecision]:
    """When copies of a piece of the group's own were taken back, and who recorded it."""
    return list(GroupDecision.objects.visible_to(actor).took_back(piece.pk))


def answer(*, actor: Actor, decision: GroupDecision, yes: bool) -> None:
    """One citizen's own yes or no. A no stops it at once; the last yes makes it take effect."""
    if not actor.sits_in(decision.room_id, *CITIZEN_SIDE) or not actor.may_read(decision.room_id):
        raise NotAllowed()
    with transaction.atomic():
        decision = GroupDecision.objects.unrestricted(_WHY).select_for_update().get(pk=decision.pk)
        if decision.effective_at is not None or decision.stopped_at is not None:
            raise NotNow(_("Dette er allerede avgjort."))
        GroupAnswer.objects.unrestricted("one's own answer is written over").update_or_create(
            decision=decision, person=actor.person, defaults={"yes": yes, "at": clock.now()}
        )
        if not yes:
            decision.stopped_at = clock.now()
            decision.save(update_fields=["stopped_at"])
            events.record(None, "group_decision.stopped", decision)
        else:
            _settle(decision, actor)


def _settle(decision: GroupDecision, actor: Actor | None) -> bool:
    """Make it take effect if it may now. Returns whether it did."""
    room = Room.objects.unrestricted(_WHY).get(pk=decision.room_id)
    if closings.standing([room.process_id]):
        return False  # nothing is carried over after the process was closed
    asked = answering(citizens_of(room))
    answers = dict(
        GroupAnswer.objects.unrestricted(_WHY).filter(decision=decision).values_list("person_id", "yes")
    )
    if not asked.people or False in answers.values():
        return False
    # Whoever is silent for a while is not waited for, and says neither yes nor no; a no they gave before stands.
    everyone = asked.enough and all(answers.get(person_id) for person_id in asked.people)
    if everyone and decision.kind == DecisionKind.OVER and gone.is_waiting(room.pk):
        everyone = False  # others have just taken somebody out: those who are left are not everybody
    waited = decision.agreed_at_gathering and clock.now() >= decision.recorded_at + DAYS_TO_SAY_NO
    if not (everyone or waited):
        return False
    if decision.kind == DecisionKind.BACK:
        _take_back(decision, actor or Actor())
        return True
    piece = Piece.objects.unrestricted(_WHY).get(pk=decision.piece_id)
    if piece.hidden_at is not None:
        return False
    target = Room.objects.unrestricted(_WHY).get(pk=decision.target_id)
    decision.copy = _copy(
        actor=actor or Actor(), piece=piece, target=target, text=decision.text, copy_id=None, signed=False
    )
    decision.effective_at = clock.now()
    decision.save(update_fields=["copy", "effective_at"])
    events.record(None, "group_decision.took_effect", decision, process_id=piece.process_id)
    return True


def settle_due() -> int:
    """Let decisions whose seven days have passed take effect: those a host recorded, and those that everybody has said yes to
    and that waited because somebody was taken out. Called by the worker. Returns how many did."""
    due = GroupDecision.objects.unrestricted(_WHY).filter(
        effective_at__isnull=True,
        stopped_at__isnull=True,
        recorded_at__lte=clock.now() - DAYS_TO_SAY_NO,
    )
    done = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            decision = GroupDecision.objects.unrestricted(_WHY).select_for_update().get(pk=pk)
            if decision.effective_at is None and decision.stopped_at is None:
                done += _settle(decision, None)
    return done


def open_decisions(actor: Actor, room: Room) -> list[DecisionState]:
    """Decisions in this room that wait, with one's own answer. One query."""
    decisions = (
        GroupDecision.objects.visible_to(actor)
        .filter(room=room, effective_at__isnull=True, stopped_at__isnull=True)
        .with_answer_of(actor)
        .sorted_here("-recorded_at")
    )
    return [
        DecisionState(
            decision=d,
            my_answer=getattr(d, "own_answer", None),
            takes_effect_at=d.recorded_at + DAYS_TO_SAY_NO if d.agreed_at_gathering else None,
        )
        for d in decisions
    ]
