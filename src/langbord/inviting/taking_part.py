"""How somebody wants to take part, and the step from having said yes to having a seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, CasePower, Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.actions import known_by_email, register_person
from langbord.people.models import Contact, Person, Unit
from langbord.rooms import finding, seating
from langbord.rooms.models import Room
from langbord.vault import keys
from langbord.vault.lookup import digest

from .actions import email_of, may_change
from .enums import ANSWERS, Side, Step, Through
from .models import Invitee, TakingPart
from .querysets import invites

_HELD = "the row itself, held while it becomes a person; or that person, at a second click"
SEATED = "invitee.seated"
GONE = gettext_lazy("Dette er ikke lenger på lista.")
_SAME = "the one row of a person or an invitee, held while it is written"


def write_own(*, actor: Actor, process_id: UUID, words: Mapping[str, str]) -> TakingPart:
    """The person's own words on how they want to take part. Citizens of the process; the latest counts. On a new card's
    first day the form shows nothing older, so what it leaves empty stays as it was."""
    if actor.subject is None or actor.person_id is None or not actor.has_role(process_id, *CITIZEN_SIDE):
        raise NotAllowed()
    actor.must_be_open(process_id)
    keys.ensure(actor.subject)
    with transaction.atomic():
        row = (
            TakingPart.objects.unrestricted(_SAME)
            .select_for_update()
            .filter(process_id=process_id, person_id=actor.person_id)
            .first()
        )
        if row is None:
            row = TakingPart(process_id=process_id, person=actor.person, sealed_by=actor.subject)
        if actor.reads_from is not None and row.written_at is not None and row.written_at < actor.reads_from:
            # The day it was written stays too: a new one would open the older words to this card.
            _write(row, {name: text for name, text in words.items() if text.strip()}, at=row.written_at)
        else:
            _write(row, words)
        events.record(actor.person_id, "taking-part.written", row, process_id=process_id)
    return row


def write_for(*, invitee: Invitee, words: Mapping[str, str], actor: Actor | None) -> TakingPart | None:
    """What somebody said on the page of the letter (`actor` None) or to the one who asks. Only what was said is changed;
    nothing is stored when nothing was said."""
    said = {name: text for name, text in words.items() if text.strip()}
    if not said:
        return None
    with transaction.atomic():
        # Held: who asks may have changed since the page was loaded, and the words are for that one alone.
        held = Invitee.objects.unrestricted(_HELD).select_for_update().filter(pk=invitee.pk).first()
        if held is None:
            raise NotNow(GONE)
        invitee = held
        if actor is not None and (not may_change(actor, invitee) or invitee.asker_id != actor.person_id):
            raise NotAllowed()
        rows = TakingPart.objects.unrestricted(_SAME).select_for_update()
        row = rows.filter(invitee=invitee, heard_by_id=invitee.asker_id).first()
        if row is None:
            row = TakingPart(
                process_id=invitee.process_id,
                invitee=invitee,
                heard_by_id=invitee.asker_id,
                household_id=invitee.household_id,
                side=invitee.side,
                sealed_by=invitee.sealed_by,
            )
        _write(row, said)
        events.record(
            actor.person_id if actor is not None else None,
            "taking-part.written",
            row,
            process_id=invitee.process_id,
        )
    return row


def _write(row: TakingPart, words: Mapping[str, str], at: datetime | None = None) -> None:
    for name, text in words.items():
        if name in TakingPart.WORDS:
            setattr(row, name, text.strip())
    row.written_at = at or clock.now()
    row.save()


# -- from a yes to a seat


def may_seat(actor: Actor, process_id: UUID, side: str) -> bool:
    """Coordinators seat everybody; a host seats citizens in the room they host."""
    if actor.has_role(process_id, Role.COORDINATOR):
        return True
    return side == Side.CITIZEN and invites(actor, process_id)


def seat(
    *,
    actor: Actor,
    invitee: Invitee,
    room: Room | None = None,
    unit: Unit | None = None,
    case_power: str = CasePower.NONE,
) -> Person:
    """Somebody who has said yes becomes a person with a role, and a seat where the role needs one, through the same
    actions as everybody. The person has the invitee's id: the key goes along, and what was agreed on how they take part.
    NotNow when they have not said yes, or a guardian's yes is missing for a child. A second click gives the same person."""
    _must_seat(actor, invitee)
    before = email_of(invitee)
    with transaction.atomic():
        # Held, and asked anew: they may have said no, or somebody may have changed what is written, since the page was
        # loaded.
        held = Invitee.objects.unrestricted(_HELD).select_for_update().filter(pk=invitee.pk).first()
        if held is None:
            return _seated_before(actor, invitee, before)
        invitee = held
        _must_seat(actor, invitee)
        role = _role(invitee)
        if room is not None:
            seating.check_power_may_sit(room, role, case_power)
        email, phone = _reached(invitee)
        known = known_by_email(email) if invitee.side != Side.CITIZEN else None
        person = known or register_person(
            name=str(invitee.name),
            actor=actor,
            person_id=invitee.pk,
            unit=unit,
            case_power=case_power,
            email=email,
            phone=phone,
            language=invitee.language,
        )
        seating.take_in(process_id=invitee.process_id, person=person, role=role, actor=actor, room=room)
        _goes_along(invitee, person)
        events.record(actor.person_id, SEATED, invitee, process_id=invitee.process_id)
        own_key = invitee.sealed_by
        invitee.delete()
        if (
            person.sealed_by != own_key
        ):  # somebody who was here already: nothing needs the invitee's key any more
            transaction.on_commit(lambda: keys.destroy(own_key))
    return person


def _must_seat(actor: Actor, invitee: Invitee) -> None:
    if not may_change(actor, invitee) or not may_seat(actor, invitee.process_id, invitee.side):
        raise NotAllowed()
    actor.must_be_open(invitee.process_id)
    if invitee.step != Step.YES:
        raise NotNow(_("%(name)s har ikke sagt ja ennå.") % {"name": invitee.name})
    if invitee.needs_guardian:
        raise NotNow(
            _(
                "%(name)s er under 16 år. Da må en voksen som har ansvaret, si ja først. Skriv dagen på siden om %(name)s."
            )
            % {"name": invitee.name}
        )


def has_seated(actor: Actor, invitee_id: UUID) -> bool:
    """Whether this actor gave this one a seat before. Somebody who was here already has another id as a person."""
    return events.has_done(actor.person_id, SEATED, invitee_id)


def _seated_before(actor: Actor, invitee: Invitee, email: str) -> Person:
    """Whoever got the seat by the first of two clicks. NotNow when they were taken off the list instead."""
    seated: Person | None = Person.objects.unrestricted(_HELD).filter(pk=invitee.pk).first()
    if seated is None and has_seated(actor, invitee.pk):
        seated = known_by_email(email)
    if seated is None:
        raise NotNow(GONE)
    return seated


def _role(invitee: Invitee) -> str:
    if invitee.side == Side.CITIZEN:
        return Role.PAID if invitee.paid else Role.CITIZEN
    return Role.PARTNER if invitee.side == Side.PARTNER else Role.EMPLOYEE


def _reached(invitee: Invitee) -> tuple[str, str]:
    """E-mail and phone, as far as they are nobody else's here: a family often has one phone together."""
    email = email_of(invitee)
    phone = "".join(sign for sign in str(invitee.contact).replace(email, "") if sign.isdigit() or sign == "+")
    taken = Contact.objects.unrestricted("is this address or number somebody's already? nothing is shown")
    if invitee.side == Side.CITIZEN and email and taken.filter(email_lookup=digest("email", email)).exists():
        email = ""
    if len(phone) < 8 or taken.filter(phone_lookup=digest("phone", phone)).exists():
        phone = ""
    return email, phone


def _goes_along(invitee: Invitee, person: Person) -> None:
    """What was agreed on how they take part, and which household they belong to, is the person's from now on."""
    rows = TakingPart.objects.unrestricted(_SAME).select_for_update()
    said = list(rows.filter(invitee=invitee).order_by("written_at", "pk"))
    row = rows.filter(process_id=invitee.process_id, person=person).first()
    if row is None and said:
        row = said.pop(0)
    if row is None:
        row = TakingPart(
            process_id=invitee.process_id,
            household_id=invitee.household_id,
            side=invitee.side,
            written_at=clock.now(),
        )
    for more in said:
        _add(row, more)
    row.invitee, row.heard_by, row.person, row.sealed_by = None, None, person, person.sealed_by
    row.save()


def _add(row: TakingPart, more: TakingPart) -> None:
    """What was said at another time comes after what stands; of how to reach somebody only the latest counts. The day is
    the earliest of the two: a later one would open the older words to a new card."""
    newer = more.written_at >= row.written_at
    for name in TakingPart.WORDS:
        stands, said = str(getattr(row, name)), str(getattr(more, name))
        if not said or said in stands.splitlines() or said == stands:
            continue
        if not stands or (name == "channel" and newer):
            setattr(row, name, said)
        elif name != "channel":
            setattr(row, name, f"{stands}\n{said}")
    row.written_at = min(row.written_at, more.written_at)


def rooms_to_seat_in(actor: Actor, process_id: UUID) -> list[Room]:
    """The citizens' rooms in which this actor may give somebody a seat."""
    found = []
    for fact in actor.rooms_in(process_id, *CITIZEN_ROOMS):
        if actor.has_role(process_id, Role.COORDINATOR):
            found.append(finding.room_to_arrange(actor, process_id, fact.id))
        elif actor.may_read(fact.id) and actor.sits_in(fact.id, Role.HOST, Role.DAILY_LEADER):
            found.append(finding.room(actor, fact.id))
    return found


def seat_many(
    *, actor: Actor, invitees: Sequence[Invitee], room: Room | None, unit: Unit | None, case_power: str
) -> list[Person]:
    """All of them or nobody: what one cannot be given, is said before anything is stored."""
    with transaction.atomic():
        return [
            seat(actor=actor, invitee=invitee, room=room, unit=unit, case_power=case_power)
            for invitee in invitees
        ]


@dataclass(frozen=True)
class Answer:
    """One answer of somebody who was asked: when, and whether it came by the letter or was written down here."""

    step: str
    at: datetime
    through: str

    @property
    def shown_step(self) -> str:
        return str(Step(self.step).label)

    @property
    def shown_through(self) -> str:
        return str(Through(self.through).label)


def answers_of(actor: Actor, process_id: UUID) -> list[Answer]:
    """How the actor's own yes came here: whoever printed the letter had its code too, so they can see whether somebody
    answered for them. From the event log, which names nobody who answers by a letter. One query."""
    if actor.person_id is None:
        return []
    verbs = [f"invitee.{step}" for step in ANSWERS]
    return [
        Answer(
            step=event.verb.removeprefix("invitee."),
            at=event.at,
            through=Through.LETTER if event.actor_id is None else Through.DESK,
        )
        for event in events.about(actor.person_id, verbs, process_id)
    ]
