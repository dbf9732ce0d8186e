"""Every write about when and where: planning, changing, calling off, answering, saying what one needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import RoomKind
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.seen import check
from langbord.inputs.rules import AnyRoom
from langbord.rooms import door
from langbord.vault import keys

from . import agenda as lines
from . import rules
from .enums import AnswerKind, Need
from .models import AgendaItem, Answer, Gathering, GatheringWords

_AGAIN = "a second click makes nothing new"
OVER = _("Samlingen er over.")
CALLED_OFF = _("Samlingen er avlyst.")


def room_of(actor: Actor, gathering: Gathering) -> AnyRoom:
    """The room of a gathering, as the actor knows it. NotAllowed for somebody outside the process."""
    room = actor.room(gathering.room_id)
    if room is None:
        raise NotAllowed()
    return room


def _check_times(starts_at: datetime, ends_at: datetime, place: str) -> None:
    if ends_at <= starts_at:
        raise NotNow(_("Samlingen må slutte etter at den begynner."))
    if ends_at <= clock.now():
        raise NotNow(_("Den tida har vært. Velg en tid som kommer."))
    if not place.strip():
        raise NotNow(_("Skriv hvor dere skal møtes."))


def plan(
    *,
    actor: Actor,
    room: AnyRoom,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    title: str = "",
    ground: str = "",
    food: str = "",
    practical: str = "",
    agenda: str | Iterable[str] = (),
    plan_made_by: str = "",
    gathering_id: UUID | None = None,
) -> Gathering:
    """Plan a gathering. NotNow says in plain words why there can be no joint gathering just now. A second click with
    the same id returns the first one's gathering. A host who waits for the group's yes gives time and place only."""
    if not rules.may_plan(actor, room):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    again = _planned_before(gathering_id, actor, room)
    if again is not None:
        return again
    if room.kind == RoomKind.JOINT:
        reason = door.why_no_joint_gathering(room.process_id)
        if reason:
            raise NotNow(reason)
        if not actor.may_read(room.id):
            raise NotAllowed()
    _check_times(starts_at, ends_at, place)
    keys.ensure(room.id)
    try:
        with transaction.atomic():
            gathering = Gathering.objects.create(
                id=gathering_id or uuid4(),
                process_id=room.process_id,
                room_id=room.id,
                sealed_by=room.id,
                place=place.strip(),
                starts_at=starts_at,
                ends_at=ends_at,
                planned_by=actor.person,
                plan_made_by=plan_made_by,
                created_at=clock.now(),
            )
            words = GatheringWords(gathering=gathering, room_id=room.id, sealed_by=room.id)
            if rules.may_tell(actor, room):
                words.title, words.ground = title.strip(), ground.strip()
                words.food, words.practical = food.strip(), practical.strip()
                _lay_agenda(gathering, lines.parse(agenda))
            words.save(force_insert=True)
            events.record(
                actor.person_id, f"gathering.planned.{room.kind}", gathering, process_id=room.process_id
            )
    except IntegrityError:
        first = _planned_before(gathering_id, actor, room)
        if first is None:
            raise
        return first
    return gathering


def _planned_before(gathering_id: UUID | None, actor: Actor, room: AnyRoom) -> Gathering | None:
    """What an earlier, identical click made. Somebody else's id is refused as if it were nothing."""
    if gathering_id is None:
        return None
    found = Gathering.objects.unrestricted(_AGAIN).filter(pk=gathering_id).first()
    if found is not None and (found.planned_by_id != actor.person_id or found.room_id != room.id):
        raise NotAllowed()
    return found


def _lay_agenda(gathering: Gathering, items: list[lines.Line]) -> None:
    AgendaItem.objects.unrestricted("written anew by those who plan").filter(gathering=gathering).delete()
    for position, item in enumerate(items):
        AgendaItem.objects.create(
            gathering=gathering,
            room_id=gathering.room_id,
            sealed_by=gathering.room_id,
            position=position,
            minutes=item.minutes,
            text=item.text,
            who=item.who,
        )


def move(*, actor: Actor, gathering: Gathering, starts_at: datetime, ends_at: datetime, place: str) -> None:
    """Change time and place. People are asked anew when the time changes: their old answers no longer count."""
    room = room_of(actor, gathering)
    if not rules.may_change(actor, room):
        raise NotAllowed()
    actor.must_be_open(gathering.process_id)
    _still_to_come(gathering)
    _check_times(starts_at, ends_at, place)
    if (starts_at, ends_at) != (gathering.starts_at, gathering.ends_at):
        gathering.moved_at = clock.now()
    gathering.starts_at, gathering.ends_at, gathering.place = starts_at, ends_at, place.strip()
    gathering.save(update_fields=["starts_at", "ends_at", "place", "moved_at"])
    events.record(actor.person_id, "gathering.changed", gathering, process_id=gathering.process_id)


def tell(
    *,
    actor: Actor,
    gathering: Gathering,
    title: str = "",
    ground: str = "",
    food: str = "",
    practical: str = "",
    agenda: str | Iterable[str] = (),
    plan_made_by: str = "",
) -> None:
    """Change what is said about it: title, whose home ground, food, what is good to know, the agenda, who made the plan."""
    if not rules.may_tell(actor, room_of(actor, gathering)):
        raise NotAllowed()
    actor.must_be_open(gathering.process_id)
    _still_to_come(gathering)
    with transaction.atomic():
        words = GatheringWords.objects.visible_to(actor).get(gathering=gathering)
        words.title, words.ground = title.strip(), ground.strip()
        words.food, words.practical = food.strip(), practical.strip()
        words.save()
        gathering.plan_made_by = plan_made_by
        gathering.save(update_fields=["plan_made_by"])
        _lay_agenda(gathering, lines.parse(agenda))


def standing(actor: Actor, gathering: Gathering) -> dict[str, str]:
    """What is said about a gathering now, as its page has it: time, place, and for those who read the room the rest. Two
    queries."""
    starts, ends = gathering.starts_at.astimezone(clock.OSLO), gathering.ends_at.astimezone(clock.OSLO)
    stands = {
        "date": f"{starts:%d.%m.%Y}",
        "start": f"{starts:%H.%M}",
        "end": f"{ends:%H.%M}",
        "place": gathering.place,
        "plan_made_by": gathering.plan_made_by,
    }
    words = GatheringWords.objects.visible_to(actor).filter(gathering=gathering).first()
    if words is not None:
        items = AgendaItem.objects.visible_to(actor).filter(gathering=gathering)
        stands |= {name: str(getattr(words, name)) for name in ("title", "ground", "food", "practical")}
        stands["agenda"] = lines.written([lines.Line(i.text, i.minutes, i.who) for i in items])
    return stands


def change(
    *,
    actor: Actor,
    gathering: Gathering,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    told: Mapping[str, Any] | None = None,
    seen: str | None = None,
) -> None:
    """Time, place, and what is said about it (`told`: as in `tell`; None: only time and place), all or nothing. `seen`: the
    mark of what stood on the page; ChangedMeanwhile when somebody else has written since."""
    if not rules.may_change(actor, room_of(actor, gathering)):
        raise NotAllowed()
    with transaction.atomic():
        held = hold(gathering)
        stands = standing(actor, held)
        said = {
            "date": f"{starts_at.astimezone(clock.OSLO):%d.%m.%Y}",
            "start": f"{starts_at.astimezone(clock.OSLO):%H.%M}",
            "end": f"{ends_at.astimezone(clock.OSLO):%H.%M}",
            "place": place.strip(),
        }
        for name, text in (told or {}).items():
            said[name] = lines.written(lines.parse(text)) if name == "agenda" else text.strip()
        check({name: stands[name] for name in said}, said, seen)
        move(actor=actor, gathering=held, starts_at=starts_at, ends_at=ends_at, place=place)
        if told is not None:
            tell(actor=actor, gathering=held, **told)


def hold(gathering: Gathering) -> Gathering:
    """The gathering as it is now, held until the end of the transaction."""
    found: Gathering = (
        Gathering.objects.unrestricted("the gathering itself, held while it is written about")
        .select_for_update()
        .get(pk=gathering.pk)
    )
    return found


def _still_to_come(gathering: Gathering) -> None:
    if gathering.cancelled_at is not None:
        raise NotNow(CALLED_OFF)
    if gathering.is_over():
        raise NotNow(OVER)


def cancel(*, actor: Actor, gathering: Gathering, why: str) -> None:
    """Call it off, with a word to people. Saying it twice changes nothing; NotNow when it was called off with other words:
    people read those."""
    if not rules.may_tell(actor, room_of(actor, gathering)):
        raise NotAllowed()
    with transaction.atomic():
        gathering = hold(gathering)
        words = GatheringWords.objects.visible_to(actor).get(gathering=gathering)
        if gathering.cancelled_at is not None:
            if words.cancelled_why != why.strip():
                raise NotNow(CALLED_OFF)
            return
        if gathering.is_over():
            raise NotNow(OVER)
        words.cancelled_why = why.strip()
        words.save(update_fields=["cancelled_why"])
        gathering.cancelled_at = clock.now()
        gathering.save(update_fields=["cancelled_at"])
        events.record(actor.person_id, "gathering.cancelled", gathering, process_id=gathering.process_id)


def answer(*, actor: Actor, gathering: Gathering, answer: str) -> Answer:
    """Say whether one comes. Can be changed until it is over. What one has said one needs stays."""
    found = _own_answer(actor, gathering)
    found.answer, found.answered_at = AnswerKind(answer).value, clock.now()
    found.save()
    events.record(actor.person_id, "gathering.answered", gathering, process_id=gathering.process_id)
    return found


def say_needs(*, actor: Actor, gathering: Gathering, needs: Iterable[str], note: str = "") -> Answer:
    """Say what one needs to be able to come. Only the hosts see it. Does not say that one comes."""
    found = _own_answer(actor, gathering)
    found.needs, found.note = " ".join(Need(kind).value for kind in needs), note.strip()
    found.save()
    events.record(actor.person_id, "gathering.needs_said", gathering, process_id=gathering.process_id)
    return found


def _own_answer(actor: Actor, gathering: Gathering) -> Answer:
    """One's own row, made the first time. Two clicks at once end in one row."""
    if actor.subject is None or not rules.may_answer(actor, room_of(actor, gathering)):
        raise NotAllowed()
    actor.must_be_open(gathering.process_id)
    _still_to_come(gathering)
    keys.ensure(actor.subject)
    # The needs of a new row are empty text: nothing to seal before the row is the person's own.
    found, _made = Answer.objects.unrestricted("one's own answer is written over").get_or_create(
        gathering=gathering,
        person=actor.person,
        defaults={
            "room_id": gathering.room_id,
            "side": rules.side_of(actor.roles_in(gathering.process_id)),
            "sealed_by": actor.subject,
            "answered_at": clock.now(),
        },
    )
    return found
