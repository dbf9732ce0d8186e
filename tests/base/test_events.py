from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import models

from langbord.base import clock
from langbord.base.events import record
from langbord.base.models import AppendOnly, Event


def test_an_event_says_who_what_when_and_on_which_id(db: None) -> None:
    actor, process = uuid.uuid4(), uuid.uuid4()
    at = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
    with clock.frozen(at):
        first = record(actor, "person.signed-in")
        second = record(None, "input.answered", first, process)
    first.refresh_from_db()
    assert (first.at, first.actor_id, first.object_type, first.object_id) == (at, actor, "", None)
    assert (second.object_type, second.object_id, second.process_id) == ("base.Event", None, process)
    assert list(Event.objects.all()) == [first, second]


def test_events_are_only_added(db: None) -> None:
    event = record(None, "door.opened")
    event.verb = "door.closed"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        Event.objects.update(verb="x")
    with pytest.raises(AppendOnly):
        Event.objects.filter(pk=event.pk).delete()
    with pytest.raises(AppendOnly):
        Event.objects.bulk_update([event], ["verb"])
    with pytest.raises(AppendOnly):
        Event.objects.update_or_create(pk=event.pk, defaults={"verb": "x"})
    assert Event.objects.get().verb == "door.opened"


@pytest.mark.parametrize("verb", ["", "Kari sa at hun", "noe sagt", "input.", "æ", "a\n"])
def test_words_are_no_verb(db: None, verb: str) -> None:
    with pytest.raises(ValueError, match="content never"):
        record(None, verb)


def test_the_log_has_no_field_for_content() -> None:
    texts = {
        f.name for f in Event._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)
    }
    assert texts == {"verb", "object_type"}
