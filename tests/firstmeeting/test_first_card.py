"""A first card for somebody who has no account: what it opens, who prints it, what a later card opens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.firstmeeting import actions, cards
from langbord.firstmeeting.models import FirstCard, Meeting, Party
from langbord.people.models import Card, Person
from langbord.people.signin import cards as signin_cards
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import at, fresh, html


def registered(table: Table) -> tuple[Meeting, Person, str]:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    client = signed_in(table.people["employee"])
    printed = client.post(at(meeting, "kort/"), {"once": str(uuid4()), "name": "Nora"})
    assert printed.status_code == 200
    code = re.search(r'class="code">([A-Z2-9-]+)<', printed.content.decode())
    assert code is not None
    person: Any = Person.objects.unrestricted(TEST).order_by("-created_at").first()
    return meeting, person, code[1]


def test_a_card_for_somebody_who_has_no_account_opens_this_list_at_once(table: Table) -> None:
    meeting, nora, code = registered(table)
    card: Any = signin_cards.card_by_code(code)
    assert card.person_id == nora.pk
    assert signin_cards.take_in_use(card, "2468")
    first_day = actor_of(nora, signin_cards.reads_from_for(nora))
    assert first_day.reads_from is not None
    assert list(Meeting.objects.visible_to(first_day)) == [meeting]
    assert first_day.sittings == ()
    actions.tick(actor=first_day, meeting=fresh(meeting), point="who-we-are")
    assert list(Meeting.objects.visible_to(first_day)) == [meeting]
    assert not FirstCard.objects.unrestricted(TEST).exists()


def test_a_first_card_says_where_its_code_is_typed(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    client = signed_in(table.people["employee"])
    page = client.post(at(meeting, "kort/"), {"once": str(uuid4()), "name": "Nora"}).content.decode()
    assert f"{settings.LANGBORD_PUBLIC_URL}{reverse('sign-in-card')}<" in page


def test_whoever_came_by_a_first_card_finds_the_list_on_their_first_page(table: Table) -> None:
    _meeting, nora, code = registered(table)
    card: Any = signin_cards.card_by_code(code)
    assert signin_cards.take_in_use(card, "2468")
    page = html(signed_in(Person.objects.unrestricted(TEST).get(pk=nora.pk)), "/")
    assert "En liste for deg og rådgiveren din." in page
    assert page.count('href="/forste-mote/"') == 1
    assert "Du er ikke med i noe akkurat nå." not in page
    assert "Du er ikke med i noe akkurat nå." in html(signed_in(table.people["outsider"]), "/")


def test_whoever_printed_it_prints_no_other_once_it_is_in_use(table: Table) -> None:
    meeting, nora, code = registered(table)
    client = signed_in(table.people["employee"])
    assert client.post(at(meeting, "kort/")).status_code == 200, "the paper was lost before it was used"
    assert signin_cards.card_by_code(code) is None
    first: Any = FirstCard.objects.unrestricted(TEST).with_person().get()
    printed = Card.objects.unrestricted(TEST).get(person=nora, revoked_at__isnull=True)
    card: Any = signin_cards.card_by_id(printed.pk)
    assert signin_cards.take_in_use(card, "2468")
    assert client.get(at(meeting, "kort/")).status_code == 404
    assert client.post(at(meeting, "kort/")).status_code == 404
    with pytest.raises(NotAllowed):
        signin_cards.issue_cards(people=[nora], actor=table.actor("employee"))
    with pytest.raises(NotAllowed):
        cards.print_card(actor=table.actor("employee"), first=first)


def test_nobody_else_may_print_it(table: Table) -> None:
    _meeting, nora, _code = registered(table)
    for name in table.cast:
        if name != "employee":
            assert not Person.objects.may_get_card_from(table.actor(name)).filter(pk=nora.pk).exists(), name


def test_a_later_card_opens_no_older_list_on_its_first_day(table: Table) -> None:
    """Say a host of a group she later joins prints it."""
    meeting, nora, code = registered(table)
    card: Any = signin_cards.card_by_code(code)
    signin_cards.take_in_use(card, "2468")
    actions.tick(actor=actor_of(nora), meeting=fresh(meeting), point="who-we-are")
    later = actor_of(nora, reads_from=clock.now())
    assert not Meeting.objects.visible_to(later).exists()


def test_a_later_card_opens_nothing_also_when_nothing_was_done_with_the_first(table: Table) -> None:
    """Amina's host prints a new one before she did anything on the list: whoever holds it meets an empty home."""
    meeting, nora, code = registered(table)
    card: Any = signin_cards.card_by_code(code)
    assert signin_cards.take_in_use(card, "2468")
    assert Meeting.objects.visible_to(actor_of(nora, signin_cards.reads_from_for(nora))).get() == meeting
    with clock.frozen(clock.now() + timedelta(days=3)):
        Card.objects.create(
            person=nora,
            code_lookup="another",
            link_lookup="another",
            issued_at=clock.now(),
            expires_at=clock.now() + timedelta(days=9),
            first_used_at=clock.now(),
        )
        later = actor_of(nora, signin_cards.reads_from_for(nora))
        assert later.reads_from == clock.now()
        assert FirstCard.objects.unrestricted(TEST).exists()
        assert not Meeting.objects.visible_to(later).exists()
    assert not Meeting.objects.visible_to(actor_of(nora, clock.now())).exists(), "a PIN chosen by a link"


def test_an_adviser_who_was_shown_out_prints_no_card(table: Table) -> None:
    meeting, nora, _code = registered(table)
    actions.part(actor=actor_of(nora), meeting=meeting)
    assert not Person.objects.may_get_card_from(table.actor("employee")).filter(pk=nora.pk).exists()
    assert Party.objects.unrestricted(TEST).filter(meeting=meeting, ended_at__isnull=True).count() == 1
