"""Every write about cards: issuing, first use, revoking, and saying that it was me."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.people.models import Person

from . import codes, pins
from .models import FIRST_DAY, Card, OneTimeLink

FIRST_USE_WITHIN = timedelta(days=60)
SHOWN_AS_NEW = timedelta(days=14)
_WHY = "signing in: the holder of a code is looked up by its digest"


@dataclass(frozen=True)
class PrintedCard:
    """A card with its codes, which exist only here and on the paper."""

    name: str
    code: str
    url: str


def issue_cards(*, people: Sequence[Person], actor: Actor) -> list[PrintedCard]:
    """Print a new card for each. Cards that nobody took in use are revoked; one in use goes on until the new one is.

    Raises NotAllowed if one of them is not this actor's to give cards to; then nothing is printed.
    """
    wanted = [person.pk for person in people]
    allowed = set(Person.objects.may_get_card_from(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if not wanted or not allowed.issuperset(wanted):
        raise NotAllowed()
    now = clock.now()
    printed = []
    with transaction.atomic():
        Card.objects.unrestricted("cards that nobody took in use are replaced").filter(
            person_id__in=wanted, first_used_at__isnull=True, revoked_at__isnull=True
        ).update(revoked_at=now)
        for person in people:
            code, token = codes.card_code(), codes.token()
            card = Card.objects.create(
                person=person,
                code_lookup=codes.look_up("card", codes.plain(code)),
                link_lookup=codes.look_up("card-link", token),
                issued_by=actor.person,
                issued_at=now,
                expires_at=now + FIRST_USE_WITHIN,
            )
            events.record(actor.person_id, "card.issued", card)
            printed.append(PrintedCard(person.shown_name, code, public_url("card-link", token)))
    return printed


def public_url(name: str, token: str) -> str:
    """The address as others reach it: from the setting, since a QR code is read on another machine."""
    return str(settings.LANGBORD_PUBLIC_URL).rstrip("/") + reverse(name, args=[token])


def printed_where() -> dict[str, Any]:
    """What a printed card says of where one signs in, and whether phones reach it at all."""
    address = str(settings.LANGBORD_PUBLIC_URL)
    return {
        "public_url": address,
        "only_here": any(name in address for name in ("://localhost", "://127.", "://[::1]")),
    }


def card_by_code(code: str) -> Card | None:
    return _usable(code_lookup=codes.look_up("card", codes.plain(code)))


def card_by_token(token: str) -> Card | None:
    return _usable(link_lookup=codes.look_up("card-link", token))


def card_by_id(card_id: UUID) -> Card | None:
    return _usable(pk=card_id)


def _usable(**lookup: object) -> Card | None:
    return Card.objects.unrestricted(_WHY).usable(clock.now()).with_person().filter(**lookup).first()


def take_in_use(card: Card, pin: str) -> bool:
    """First use: the person's PIN is set, and every earlier card of theirs ends, with its sessions. True for exactly one
    caller; another who holds the same card gets False and is asked for the PIN like everybody else."""
    pins.validate_pin(pin)
    now = clock.now()
    with transaction.atomic():
        mine = (
            Card.objects.unrestricted(_WHY)
            .filter(pk=card.pk, first_used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)
            .update(first_used_at=now)
        )
        if mine != 1:
            return False
        earlier = Card.objects.unrestricted(_WHY).filter(person_id=card.person_id, revoked_at__isnull=True)
        earlier = earlier.exclude(pk=card.pk)
        _end(list(earlier))
        pins.set_pin(card.person, pin)
        card.first_used_at = now
        events.record(card.person_id, "card.first-used", card)
    return True


def revoke_card(*, card: Card, actor: Actor) -> None:
    """The card opens nothing from now on, and wherever it is signed in, that ends. The person, or who may issue."""
    if not Card.objects.visible_to(actor).filter(pk=card.pk).exists():
        raise NotAllowed()
    with transaction.atomic():
        _end([card])
        events.record(actor.person_id, "card.revoked", card)


def _end(cards: list[Card]) -> None:
    from .sessions import end_sessions_of_cards

    Card.objects.unrestricted("a card ends").filter(
        pk__in=[card.pk for card in cards], revoked_at__isnull=True
    ).update(revoked_at=clock.now())
    end_sessions_of_cards([card.pk for card in cards])


def notice_card(*, card: Card, actor: Actor) -> None:
    """The person says: it was I who took it in use. The hosts go on being shown it; it may have been another."""
    if actor.person_id is None or card.person_id != actor.person_id:
        raise NotAllowed()
    if card.noticed_at is None:
        card.noticed_at = clock.now()
        card.save(update_fields=["noticed_at"])
        events.record(actor.person_id, "card.noticed", card)


@dataclass(frozen=True)
class NewCard:
    """That somebody has taken a new card in use: shown to them, and to the hosts of their group."""

    id: UUID
    person: Person
    at: datetime
    mine: bool

    @property
    def name(self) -> str:
        """Opened when it is shown: the page fetches the keys of `person` together with its other keys."""
        return self.person.shown_name


def new_cards_for(actor: Actor) -> list[NewCard]:
    """Cards taken in use the last fourteen days: one's own until one has answered, and those of the people in the rooms
    one hosts or the processes one coordinates. One query; the names need the keys of `person`."""
    if actor.person_id is None:
        return []
    since = clock.now() - SHOWN_AS_NEW
    rows = Card.objects.visible_to(actor).with_person()
    found = rows.filter(first_used_at__gte=since, revoked_at__isnull=True).sorted_here("-first_used_at")
    return [
        NewCard(card.pk, card.person, card.first_used_at, card.person_id == actor.person_id)
        for card in found
        if card.first_used_at is not None and not (card.person_id == actor.person_id and card.noticed_at)
    ]


def reads_from_for(person: Person) -> datetime | None:
    """From when on this person reads, if they are on the first day of a new card (or of a PIN chosen by a link).

    Counted for every way of signing in: whoever printed the card may also know another way in.
    """
    since = clock.now() - FIRST_DAY
    card = (
        Card.objects.unrestricted("whether a new card is on its first day")
        .filter(person_id=person.pk, first_used_at__gt=since)
        .order_by("-first_used_at")
        .values_list("first_used_at", flat=True)
        .first()
    )
    link = (
        OneTimeLink.objects.unrestricted("whether a PIN was chosen by a link today")
        .filter(person_id=person.pk, sets_pin=True, used_at__gt=since)
        .order_by("-used_at")
        .values_list("used_at", flat=True)
        .first()
    )
    return max((at for at in (card, link) if at is not None), default=None)
