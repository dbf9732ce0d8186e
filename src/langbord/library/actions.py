"""Every write in the library: an organisation says a point of the guide or a sheet in its own words, adds one, or takes it
back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.people.models import Organisation

from . import overrides, saying
from .models import OwnText
from .reading import Texts
from .rules import may_change
from .saying import GUIDE, SHEET, WORD


class ChangedMeanwhile(ValueError):
    """Somebody else in the organisation changed the same text while this was written."""


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _laid(
    held: Mapping[str, Mapping[str, str]],
    said: Mapping[str, str],
    language: str,
    ours: Mapping[str, Texts],
) -> dict[str, dict[str, str]]:
    """The texts of a row after somebody wrote in one language. What is the same as ours is not kept; Bokmål comes first."""
    found = {name: dict(texts) for name, texts in held.items()}
    for name, typed in said.items():
        text = _clean(typed)
        if language == "nb":
            same = name in ours and text == _clean(ours[name].nb)
            if not text or same:
                found.pop(name, None)
            else:
                found[name] = {**found.get(name, {}), "nb": text}
        elif name in found:
            found[name] = {**found[name], language: text}
            if not text:
                found[name].pop(language)
    return found


def say_differently(
    *,
    actor: Actor,
    organisation: Organisation,
    key: str,
    said: Mapping[str, str],
    language: str = "nb",
    seen: int = 0,
    kind: str = GUIDE,
) -> OwnText | None:
    """The organisation's words in a point or a sheet, in one language; `said` is the name of a text (`saying`) -> text. An
    empty text, or one that says the same as ours, is ours again. `seen`: the version of theirs that was on the screen (0:
    none). None: nothing of theirs is left. NotAllowed; ChangedMeanwhile. What is gone from ours can be changed no more, only
    taken back."""
    if not may_change(actor, organisation.pk):
        raise NotAllowed()
    ours = saying.ours(kind, key)
    with transaction.atomic():
        row = (
            OwnText.objects.select_for_update().filter(organisation=organisation, kind=kind, key=key).first()
        )
        own = row is not None and bool(row.section)
        if ours is None and not own:
            raise NotAllowed()
        if (row.version if row is not None else 0) != seen:
            raise ChangedMeanwhile()
        held = row.texts if row is not None else {}
        known = {slot.name for slot in saying.slots(kind, ours, {**held, **said})}
        texts = _laid(
            held,
            {name: text for name, text in said.items() if name in known},
            language,
            dict(saying.texts_of(ours)) if ours is not None else {},
        )
        if own and not saying.is_whole(kind, texts):
            raise NotAllowed()
        if row is None and not texts:
            return None
        if row is not None and not texts:
            row.delete()
            events.record(actor.person_id, "library.taken_back", organisation)
            overrides.forget()
            return None
        row = row or OwnText(organisation=organisation, kind=kind, key=key, version=0)
        row.texts, row.version, row.changed_at = texts, row.version + 1, clock.now()
        row.based_on = ours.version if ours is not None else 0
        row.save()
        events.record(actor.person_id, "library.said_differently", row)
    overrides.forget()
    return row


def _add(
    kind: str,
    verb: str,
    *,
    actor: Actor,
    organisation: Organisation,
    place: str,
    said: Mapping[str, str],
    made: UUID,
) -> OwnText:
    known = {slot.name for slot in saying.slots(kind, None, said)}
    texts = _laid({}, {name: text for name, text in said.items() if name in known}, "nb", {})
    if not may_change(actor, organisation.pk) or place not in saying.places(kind):
        raise NotAllowed()
    if not saying.is_whole(kind, texts):
        raise NotAllowed()
    with transaction.atomic():
        row, new = OwnText.objects.get_or_create(
            pk=made,
            defaults={
                "organisation": organisation,
                "kind": kind,
                "key": f"own-{made.hex[:12]}",
                "section": place,
                "texts": texts,
                "changed_at": clock.now(),
            },
        )
        if row.organisation_id != organisation.pk:
            raise NotAllowed()
        if new:
            events.record(actor.person_id, verb, row)
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
    return _add(
        GUIDE,
        "library.point_added",
        actor=actor,
        organisation=organisation,
        place=section,
        said=said,
        made=made,
    )


def add_sheet(
    *,
    actor: Actor,
    organisation: Organisation,
    shelf: str,
    said: Mapping[str, str],
    sheet_id: UUID | None = None,
) -> OwnText:
    """A sheet of the organisation's own, last on a shelf, in Bokmål first. A second click gives the same one. NotAllowed
    where there is no such shelf, or it has no title or nothing to read."""
    made = sheet_id or uuid4()
    return _add(
        SHEET,
        "library.sheet_added",
        actor=actor,
        organisation=organisation,
        place=shelf,
        said=said,
        made=made,
    )


def add_word(
    *, actor: Actor, organisation: Organisation, said: Mapping[str, str], word_id: UUID | None = None
) -> OwnText:
    """An office word of the organisation's own, with what to say instead. A second click gives the same one. NotAllowed where
    it has no word, or nothing to say instead."""
    made = word_id or uuid4()
    return _add(
        WORD,
        "library.word_added",
        actor=actor,
        organisation=organisation,
        place="words",
        said=said,
        made=made,
    )


def take_back(*, actor: Actor, organisation: Organisation, key: str, kind: str = GUIDE) -> None:
    """Ours stands again; a point or a sheet of their own is gone. Processes that keep a copy of a point keep it. Nothing
    there: nothing happens."""
    if not may_change(actor, organisation.pk):
        raise NotAllowed()
    with transaction.atomic():
        gone, _more = OwnText.objects.filter(organisation=organisation, kind=kind, key=key).delete()
        if gone:
            events.record(actor.person_id, "library.taken_back", organisation)
    overrides.forget()
