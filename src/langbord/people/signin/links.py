"""One-time links: made, and consumed exactly once by a POST."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.people.models import Person

from . import codes, pins
from .cards import public_url
from .models import OneTimeLink

_WHY = "signing in: a link is looked up by its digest"


def make_link(*, person: Person, minutes: int, actor: Actor | None, for_example: bool = False) -> str:
    """The address of a fresh link, valid for so many minutes. Only the digest of it is kept.

    `actor` is None for the system itself (the command line, the first-run wizard). Others may make one for themselves and
    for those whom they may give a card to; else NotAllowed.
    """
    if actor is not None and actor.person_id != person.pk and not _may_invite(actor, person):
        raise NotAllowed()
    if for_example and not example_data():
        raise NotAllowed()
    now = clock.now()
    token = codes.token()
    link = OneTimeLink.objects.create(
        person=person,
        token_lookup=codes.look_up("link", token),
        made_by=actor.person if actor is not None else None,
        made_at=now,
        expires_at=now + timedelta(minutes=minutes),
        for_example=for_example,
    )
    events.record(actor.person_id if actor is not None else None, "link.made", link)
    return public_url("one-time-link", token)


def _may_invite(actor: Actor, person: Person) -> bool:
    return bool(Person.objects.may_get_card_from(actor).filter(pk=person.pk).exists())


def example_data() -> bool:
    """Whether this is the example, where the personas may be tried without PIN or second factor."""
    # The example can be taken away while other processes go on that still remember the mark.
    removed = settings.EXAMPLE_MARKER.with_suffix(".removed")
    return bool(settings.EXAMPLE_DATA) and not removed.exists()


def link_by_token(token: str) -> OneTimeLink | None:
    """The link, if it can still be used. Changes nothing."""
    found: OneTimeLink | None = (
        OneTimeLink.objects.unrestricted(_WHY)
        .usable(clock.now())
        .with_person()
        .filter(token_lookup=codes.look_up("link", token))
        .first()
    )
    if found is not None and found.for_example and not example_data():
        return None
    return found


def consume(link: OneTimeLink) -> bool:
    """Use it up. True for exactly one caller, however many come at once."""
    now = clock.now()
    with transaction.atomic():
        mine = OneTimeLink.objects.unrestricted(_WHY).usable(now).filter(pk=link.pk).update(used_at=now)
        if mine != 1:
            return False
        events.record(link.person_id, "link.used", link)
    return True


def choose_pin(*, link_id: UUID | None, person: Person, pin: str) -> None:
    """Somebody without a PIN came by a link, or (`link_id` None) by a code to their address: they choose one, and it counts
    as the first day of a new card."""
    pins.validate_pin(pin)
    now = clock.now()
    with transaction.atomic():
        if link_id is None:
            OneTimeLink.objects.create(
                person=person,
                token_lookup=codes.look_up("link", codes.token()),  # of an address that nobody has
                made_at=now,
                expires_at=now,
                used_at=now,
                sets_pin=True,
            )
        else:
            OneTimeLink.objects.unrestricted(_WHY).filter(pk=link_id, person_id=person.pk).update(
                sets_pin=True, used_at=now
            )
        pins.set_pin(person, pin)
