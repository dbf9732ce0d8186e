"""Every write in the library: an organisation says a point of the guide in its own words, adds one, or takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.people.models import Organisation

from . import kinds, overrides
from .content import Point, Section
from .models import OwnText
from .overrides import FIELDS
from .rules import may_change


class ChangedMeanwhile(ValueError):
    """Somebody else in the organisation changed the same point while this was written."""


def our_point(key: str) -> Point | None:
    """The point as this installation has it, without any organisation's words."""
    sections: tuple[Section, ...] = kinds.entries("guide")
    return next((p for s in sections for p in s.points if p.key == key), None)


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _laid(
    held: Mapping[str, Mapping[str, str]], said: Mapping[str, str], language: str, ours: Point | None
) -> dict[str, dict[str, str]]:
    """The texts of a row after somebody wrote in one language. What is the same as ours is not kept; Bokmål comes first."""
    found = {field: dict(texts) for field, texts in held.items()}
    for field in FIELDS:
        if field not in said:
            continue
        text = _clean(said[field])
        if language == "nb":
            same = ours is not None and text == _clean(getattr(ours, field).nb)
            if not text or same:
                found.pop(field, None)
            else:
                found[field] = {**found.get(field, {}), "nb": text}
        elif field in found:
            found[field] = {**found[field], language: text}
            if not text:
                found[field].pop(language)
    return found


def say_differently(
    *,
    actor: Actor,
    organisation: Organisation,
    key: str,
    said: Mapping[str, str],
    language: str = "nb",
    seen: int = 0,
) -> OwnText | None:
    """The organisation's words in a point, in one language; `said` is field -> text. An empty field, or one that says the
    same as ours, is ours again. `seen`: the version of theirs that was on the screen (0: none). None: nothing of theirs is
    left. NotAllowed; ChangedMeanwhile. A point of ours that is gone can be changed no more, only taken back."""
    if not may_change(actor, organisation.pk):
        raise NotAllowed()
    ours = our_point(key)
    with transaction.atomic():
        row = (
            OwnText.objects.select_for_update()
            .filter(organisation=organisation, kind="guide", key=key)
            .first()
        )
        if ours is None and (row is None or not row.section):
            raise NotAllowed()
        if (row.version if row is not None else 0) != seen:
            raise ChangedMeanwhile()
        texts = _laid(row.texts if row is not None else {}, said, language, ours)
        if row is None and not texts:
            return None
        if row is not None and ours is not None and not texts:
            row.delete()
            events.record(actor.person_id, "library.taken_back", organisation)
            overrides.forget()
            return None
        row = row or OwnText(organisation=organisation, key=key, version=0)
        row.texts, row.version, row.changed_at = texts, row.version + 1, clock.now()
        row.based_on = ours.version if ours is not None else 0
        row.save()
        events.record(actor.person_id, "library.said_differently", row)
    overrides.forget()
    return row


def add_point(
    *,
    actor: Actor,
    organisation: Organisation,
    section: str,
    said: Mapping[str, str],
    point_id: UUID | None = None,
) -> OwnText:
    """A point of the organisation's own, last in a section, in Bokmål first. A second click gives the same one.
    NotAllowed where there is no such section, or title and text are empty."""
    made = point_id or uuid4()
    sections: tuple[Section, ...] = kinds.entries("guide")
    texts = _laid({}, said, "nb", None)
    if not may_change(actor, organisation.pk) or section not in {s.key for s in sections}:
        raise NotAllowed()
    if not {"title", "about"} <= set(texts):
        raise NotAllowed()
    with transaction.atomic():
        row, new = OwnText.objects.get_or_create(
            pk=made,
            defaults={
                "organisation": organisation,
                "key": f"own-{made.hex[:12]}",
                "section": section,
                "texts": texts,
                "changed_at": clock.now(),
            },
        )
        if row.organisation_id != organisation.pk:
            raise NotAllowed()
        if new:
            events.record(actor.person_id, "library.point_added", row)
    overrides.forget()
    return row


def take_back(*, actor: Actor, organisation: Organisation, key: str) -> None:
    """Ours stands again; a point of their own is gone. Processes that keep a copy keep it. Nothing there: nothing happens."""
    if not may_change(actor, organisation.pk):
        raise NotAllowed()
    with transaction.atomic():
        gone, _more = OwnText.objects.filter(organisation=organisation, kind="guide", key=key).delete()
        if gone:
            events.record(actor.person_id, "library.taken_back", organisation)
    overrides.forget()
