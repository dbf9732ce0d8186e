"""Learning labs, and talks in stages: gatherings of a service room with something to talk about and a time before.

Planning, answering, who came and the notes are the gatherings' own. Here is what a lab adds: the unit or sheet it is about,
an agenda made from it, and the notes of last time, which are read first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from langbord.access.actor import Actor, RoomFact
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.gatherings import actions as gatherings
from langbord.gatherings import minutes
from langbord.gatherings.agenda import Line, written
from langbord.gatherings.models import Minutes
from langbord.gatherings.rules import may_plan
from langbord.library import content

from . import rules
from .enums import STAGE_AFTER, Stage
from .models import Lab, TalkPlan

READ_ALOUD = 10
"""Minutes for reading last time's notes together."""
READ_BACK = "read-back"
"""The part of a unit's lab that is the reading of last time's notes, with the unit's own question about them."""
TALK = 40


def about(lab: Lab) -> Any:
    """The unit or the sheet a lab is about; None when it is about something else, or the content has gone."""
    if lab.unit_key:
        return content.unit(lab.unit_key)
    return content.sheet(lab.sheet_key) if lab.sheet_key else None


def topic(key: str) -> tuple[str, str, Any]:
    """(unit key, sheet key, the thing) of a choice `unit:…` or `sheet:…`; empty for something of one's own."""
    kind, _sep, name = key.partition(":")
    if kind == "unit" and (unit := content.unit(name)) is not None:
        return name, "", unit
    if kind == "sheet" and (sheet := content.sheet(name)) is not None:
        return "", name, sheet
    return "", "", None


def agenda_for(thing: Any, *, before: bool, stage: str = "", lead: str = "") -> str:
    """An agenda to begin from: last time's notes first, once, then the parts, with minutes; last, noting together."""
    lines = []
    parts = thing.lab.parts if isinstance(thing, content.Unit) and not stage else ()
    if before and not any(part.key == READ_BACK for part in parts):
        lines.append(Line(_("Les notatene fra sist høyt"), READ_ALOUD, lead))
    if stage:
        lines.append(Line(str(Stage(stage).label), TALK, lead))
    elif isinstance(thing, content.Unit):
        lines += [Line(str(part.title), part.minutes, lead) for part in parts]
    elif thing is not None:
        lines.append(Line(_("Hver for seg: sett merkene dine"), 10))
        lines.append(Line(_("Sammen: se på bildet og snakk om det"), 30, lead))
    lines.append(Line(_("Skriv ned sammen det dere vil huske"), 10))
    return written(lines)


def title_for(thing: Any, stage: str = "") -> str:
    if stage:
        return str(Stage(stage).label)
    if isinstance(thing, content.Unit):
        return str(thing.lab.title)
    return str(thing.title) if thing is not None else ""


def last_before(actor: Actor, room_id: UUID, at: datetime, *, plan: TalkPlan | None = None) -> Lab | None:
    """The lab whose notes are read first: the last one of the same talk, else of the same room. One query or two."""
    labs = Lab.objects.visible_to(actor).held_before(room_id, at)
    if plan is not None and (same := labs.filter(plan=plan).first()) is not None:
        return same
    return labs.first()


def notes_of(actor: Actor, lab: Lab | None) -> Minutes | None:
    """The notes of a lab that the room reads. One query."""
    return minutes.published(actor, lab.gathering) if lab is not None else None


def plan_lab(
    *,
    actor: Actor,
    room: RoomFact,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    title: str,
    agenda: str,
    food: str = "",
    topic_key: str = "",
    plan: TalkPlan | None = None,
    stage: str = "",
    lab_id: UUID | None = None,
) -> Lab:
    """Plan a lab or a stage of a talk: a gathering, with what it is about. A second click makes nothing new."""
    if room.id not in {fact.id for fact in rules.service_rooms(actor)} or not may_plan(actor, room):
        raise NotAllowed()
    if plan is not None and plan.room_id != room.id:
        raise NotAllowed()
    unit_key, sheet_key, _thing = topic(topic_key)
    key = lab_id or uuid4()
    with transaction.atomic():
        gathering = gatherings.plan(
            actor=actor,
            room=room,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            title=title,
            food=food,
            agenda=agenda,
            gathering_id=key,
        )
        found = Lab.objects.unrestricted("a second click makes nothing new").filter(gathering=gathering)
        again = found.laid().first()
        if again is not None:
            return again
        before = last_before(actor, room.id, starts_at, plan=plan)
        lab = Lab.objects.create(
            gathering=gathering,
            room_id=room.id,
            unit_key=unit_key,
            sheet_key=sheet_key,
            plan=plan,
            stage=Stage(stage).value if stage else "",
            follows=before,
        )
        events.record(actor.person_id, "lab.planned", lab, process_id=room.process_id)
    return lab


def begin_talks(*, actor: Actor, room: RoomFact, plan_id: UUID | None = None) -> TalkPlan:
    """Begin a talk in stages in a service room. Whoever plans gatherings there. A second click makes nothing new."""
    if room.id not in {fact.id for fact in rules.service_rooms(actor)} or not may_plan(actor, room):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    own = TalkPlan.objects.unrestricted("a second click makes nothing new")
    key = plan_id or uuid4()
    again = own.filter(pk=key).first()
    if again is None:
        try:
            with transaction.atomic():
                again = TalkPlan.objects.create(
                    id=key,
                    process_id=room.process_id,
                    room_id=room.id,
                    begun_by=actor.person,
                    begun_at=clock.now(),
                )
                events.record(actor.person_id, "talks.begun", again, process_id=room.process_id)
        except IntegrityError:
            again = own.get(pk=key)
    if again.room_id != room.id or again.begun_by_id != actor.person_id:
        raise NotAllowed()
    return again


@dataclass(frozen=True)
class Step:
    """A stage of a talk: planned or not, and what came of it. suggested: when it could be."""

    stage: Stage
    lab: Lab | None
    notes: Minutes | None
    suggested: datetime | None
    over: bool

    @property
    def label(self) -> str:
        return str(self.stage.label)


def steps_of(actor: Actor, plan: TalkPlan) -> list[Step]:
    """The stages in order, with the notes of each. Two queries."""
    held = Lab.objects.visible_to(actor).laid().filter(plan=plan).order_by("gathering__starts_at")
    by_stage: dict[str, Lab] = {}
    for lab in held:
        if lab.gathering.cancelled_at is None:
            by_stage[lab.stage] = lab
    of = [lab.gathering_id for lab in by_stage.values()]
    notes = {
        m.gathering_id: m
        for m in Minutes.objects.visible_to(actor).published().with_piece().filter(gathering_id__in=of)
    }
    steps, before, open_next = [], clock.now(), True
    for stage in Stage:
        found = by_stage.get(stage)
        after = STAGE_AFTER[stage]
        steps.append(
            Step(
                stage=stage,
                lab=found,
                notes=notes.get(found.gathering_id) if found else None,
                suggested=before + timedelta(days=after) if found is None and open_next else None,
                over=found is not None and found.gathering.is_over(),
            )
        )
        open_next = found is not None
        before = found.gathering.ends_at if found else before
    return steps
