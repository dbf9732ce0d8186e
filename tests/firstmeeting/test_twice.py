"""A true double click: the other request comes in between looking whether it was done and doing it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.firstmeeting import actions, cards, releasing, writing
from langbord.firstmeeting.enums import Kind
from langbord.firstmeeting.models import Entry, FirstCard, Meeting, Party, Release, Thought
from tests.cast import TEST, Table

from .helpers import a_list

Patch = pytest.MonkeyPatch


def clicked_at_once(patch: Patch, module: Any, do: Callable[[], Any]) -> list[Any]:
    """What `do` gives twice: the second runs whole, just before the first one's transaction begins."""
    real, first = transaction.atomic, []
    waiting = [do]

    def atomic() -> Any:
        if waiting:
            first.append(waiting.pop()())
        return real()

    patch.setattr(module, "transaction", SimpleNamespace(atomic=atomic))
    return [do(), *first]


def test_a_list_is_begun_once(table: Table, monkeypatch: Patch) -> None:
    new = uuid4()

    def click() -> Meeting:
        return actions.begin(actor=table.actor("employee"), called="Espen", meeting_id=new)

    one, two = clicked_at_once(monkeypatch, actions, click)
    assert one == two
    assert Party.objects.unrestricted(TEST).filter(meeting_id=new).count() == 1
    with pytest.raises(NotAllowed):
        actions.begin(actor=table.actor("citizen"), called="Amina", meeting_id=new)


def test_words_are_said_once(table: Table, monkeypatch: Patch) -> None:
    meeting, new = a_list(table), uuid4()

    def click() -> Entry:
        return writing.say(
            actor=table.actor("citizen"), meeting=meeting, kind=Kind.COMMENT, text="Hei", entry_id=new
        )

    one, two = clicked_at_once(monkeypatch, writing, click)
    assert one == two
    assert Entry.objects.unrestricted(TEST).count() == 1


def test_a_thought_is_written_once(table: Table, monkeypatch: Patch) -> None:
    new, day, adviser = uuid4(), clock.today().replace(day=1), table.actor("employee")
    release = Release.objects.create(
        unit=adviser.person.unit, first=day, last=day, lists=10, made_at=clock.now()
    )

    def click() -> Thought:
        return releasing.think(actor=adviser, release=release, text="Tanke", thought_id=new)

    one, two = clicked_at_once(monkeypatch, releasing, click)
    assert one == two
    assert Thought.objects.unrestricted(TEST).count() == 1


def test_somebody_is_registered_once(table: Table, monkeypatch: Patch) -> None:
    meeting, new = actions.begin(actor=table.actor("employee"), called="Espen"), uuid4()

    def click() -> FirstCard:
        return cards.register_for(actor=table.actor("employee"), meeting=meeting, name="Nora", person_id=new)

    one, two = clicked_at_once(monkeypatch, cards, click)
    assert one == two
    assert Party.objects.unrestricted(TEST).filter(meeting=meeting, side="citizen").count() == 1
