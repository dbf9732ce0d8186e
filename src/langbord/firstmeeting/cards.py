"""Somebody who has no account gets one: registered for a list by its adviser, with their very first card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.people.actions import register_person
from langbord.people.signin import cards
from langbord.people.signin.cards import PrintedCard

from .actions import empty_seat, seat_of
from .enums import Seat
from .models import FirstCard, Meeting, Party
from .rules import advises


def register_for(*, actor: Actor, meeting: Meeting, name: str, person_id: UUID) -> FirstCard:
    """A person with this name, in the citizen's seat of the list, who takes part in nothing else. A second click gives the
    first one's. NotAllowed when somebody sits there."""
    if not advises(actor) or seat_of(actor, meeting).side != Seat.ADVISER:
        raise NotAllowed()
    again = FirstCard.objects.visible_to(actor).filter(meeting_id=meeting.pk).first()
    if again is not None:
        return again
    if empty_seat(meeting) != Seat.CITIZEN:
        raise NotAllowed()
    person = register_person(name=name, actor=actor, person_id=person_id)
    try:
        with transaction.atomic():
            Party.objects.create(
                meeting=meeting,
                person=person,
                side=Seat.CITIZEN,
                sealed_by=person.sealed_by,
                called=name.strip(),
                since=clock.now(),
            )
            meeting.code_lookup = meeting.code_until = None
            meeting.save(update_fields=["code_lookup", "code_until"])
            made = FirstCard.objects.create(meeting=meeting, person=person, registered_by=actor.person)
            events.record(actor.person_id, "first-meeting.registered", meeting)
    except IntegrityError:
        again = FirstCard.objects.visible_to(actor).filter(meeting_id=meeting.pk).first()
        if again is None:
            raise
        return again
    return made


def print_card(*, actor: Actor, first: FirstCard) -> PrintedCard:
    """The card, sealed by folding; an earlier one that nobody used opens nothing any more. NotAllowed once one is in use."""
    (printed,) = cards.issue_cards(people=[first.person], actor=actor)
    return printed


def given_by(actor: Actor) -> Any | None:
    """Whom this actor may give a first card: whom they registered for a list at which they sit now, until a card of theirs
    is taken in use. Never again after that: so a refusal tells nothing about what else the person takes part in."""
    if not advises(actor):
        return None
    return FirstCard.objects.visible_to(actor).not_used().values("person_id")
