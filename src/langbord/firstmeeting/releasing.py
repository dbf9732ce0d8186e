"""What a unit is shown of many lists: made, looked at, thought about, and gone when a yes in it is taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow

from . import points
from .counting import Counted, Made, month_of, next_release
from .enums import Seat
from .models import Look, Meeting, Party, Release, Thought, Tick
from .rules import advises, leads, sees_figures_first

_COUNTED = "which points nobody ticked, from lists whose citizen said yes; nobody's list is shown"
_ADVISE = "who sits with a citizen at a list of the unit; no list is shown"
_MONTHS = "which months a unit was shown before"
LOOKERS = 2
"""So many advisers must have looked before their leader sees it."""


def counted_lists(unit_id: UUID, *, held: bool = False) -> list[Counted]:
    """The lists of a unit that may be counted, without words. Three queries. `held`: nobody answers or deletes until the
    transaction is over."""
    found = Meeting.objects.unrestricted(_COUNTED).may_be_counted(unit_id).order_by("pk")
    rows = list(found.select_for_update() if held else found)
    ids = [row.pk for row in rows]
    citizens: dict[UUID, UUID] = {}
    advisers: dict[UUID, set[UUID]] = {}
    for party in Party.objects.unrestricted(_COUNTED).filter(meeting_id__in=ids).order_by("since"):
        if party.side == Seat.CITIZEN:
            citizens[party.meeting_id] = party.person_id
        else:
            advisers.setdefault(party.meeting_id, set()).add(party.person_id)
    ticked: dict[UUID, set[str]] = {}
    said = Tick.objects.unrestricted(_COUNTED).filter(meeting_id__in=ids, wrong_at__isnull=True)
    for meeting_id, point in said.values_list("meeting_id", "point"):
        ticked.setdefault(meeting_id, set()).add(point)
    every = points.every()
    return [
        Counted(
            key=row.pk,
            citizen=citizens[row.pk],
            advisers=frozenset(advisers[row.pk]),
            month=_month(row),
            skipped=frozenset(every - ticked.get(row.pk, set())),
        )
        for row in rows
        if row.pk in citizens and row.pk in advisers
    ]


def _month(row: Meeting) -> Any:
    """The month from which it may be counted: of the yes or of the first ending, whichever came last."""
    times = [at for at in (row.first_closed_at, row.counts_at) if at is not None]
    return month_of(max(times).astimezone(clock.OSLO).date())


def _shown_until(unit_id: UUID) -> Any:
    """The last month that was ever in a release of the unit, also one that is gone."""
    rows = Release.objects.unrestricted(_MONTHS).filter(unit_id=unit_id).order_by("-last")
    return rows.values_list("last", flat=True).first()


def ready(actor: Actor, has_list: bool | None = None) -> Made | None:
    """What could be made now for the actor's unit. Never how much is lacking: whoever knows which lists are closed would
    read a citizen's yes or no from it. Nothing for whoever advises nobody (`has_list`: as
    `has_a_list` said just now)."""
    return _next(actor) if (has_a_list(actor) if has_list is None else has_list) else None


def has_a_list(actor: Actor) -> bool:
    """Leads nobody, and sits with a citizen at a list of their unit: an invented colleague has no citizen."""
    if not sees_figures_first(actor):
        return False
    rows = Party.objects.unrestricted(_ADVISE).advising(actor.person.unit_id)
    return bool(rows.filter(person=actor.person).exists())


def _next(actor: Actor, *, held: bool = False) -> Made | None:
    unit_id = actor.person.unit_id
    lists = counted_lists(unit_id, held=held)
    return next_release(lists, after=_shown_until(unit_id), today=clock.today())


def make(*, actor: Actor) -> Release:
    """Take out the next release for the actor's own unit. By an adviser of it who leads nobody. NotNow when there is not
    enough, or for somebody who advises nobody. Each list in it is marked, and is never counted again."""
    if not sees_figures_first(actor):
        raise NotAllowed()
    if not has_a_list(actor):
        raise NotNow(NO_LIST)
    try:
        with transaction.atomic():
            # The lists are held while they are counted: a citizen's no waits, and then finds the release it is in.
            found = _next(actor, held=True)
            if found is None:
                raise NotNow(NOT_ENOUGH)
            made = Release.objects.create(
                id=uuid4(),
                unit_id=actor.person.unit_id,
                first=found.first,
                last=found.last,
                lists=len(found.lists),
                figures=found.figures,
                made_at=clock.now(),
            )
            rows = Meeting.objects.unrestricted(_COUNTED).may_be_counted(actor.person.unit_id)
            ids = [one.key for one in found.lists]
            if rows.filter(pk__in=ids).update(release=made) != len(ids):
                raise NotNow(NOT_ENOUGH)  # a yes was taken back at this very moment
            events.record(actor.person_id, "first-meeting.figures-made", made)
    except IntegrityError:
        raise NotNow(_("En kollega hentet dem akkurat. De står her nå.")) from None
    return made


NOT_ENOUGH = _("Det er ikke nok lister ennå.")
NO_LIST = _("Bare en rådgiver som har en liste med en innbygger her, kan hente tall og si at de er sett.")


def withdraw(meetings: Any) -> None:
    """The releases that these lists were counted in are gone, for good: figures without one list would tell of that one.
    In a transaction: the lists are held, so that none is counted in the meantime."""
    rows = list(meetings.order_by("pk").select_for_update().values_list("release_id", flat=True))
    held = {release_id for release_id in rows if release_id is not None}
    if not held:
        return
    gone = Release.objects.unrestricted("a yes was taken back, and nobody sees the figures any more")
    gone.filter(pk__in=held, gone_at__isnull=True).update(gone_at=clock.now(), figures={}, lists=0)
    for model in (Thought, Look):
        model.objects.unrestricted("goes with the figures").filter(release_id__in=held).delete()


def think(*, actor: Actor, release: Release, text: str, thought_id: UUID | None = None) -> Thought:
    """What an adviser thinks of it. Stands beside the figures for the unit's advisers, and for the leader later."""
    _of_my_unit(actor, release)
    again = _thought_before(actor, thought_id)
    if again is not None:
        return again
    try:
        with transaction.atomic():
            made = Thought.objects.create(
                id=thought_id or uuid4(),
                release=release,
                author=actor.person,
                sealed_by=actor.person.sealed_by,
                text=text.strip(),
                at=clock.now(),
            )
            events.record(actor.person_id, "first-meeting.thought", made)
    except IntegrityError:
        again = _thought_before(actor, thought_id)
        if again is None:
            raise
        return again
    return made


def _thought_before(actor: Actor, thought_id: UUID | None) -> Thought | None:
    """What an earlier, identical click made. NotAllowed for somebody else's."""
    if thought_id is None:
        return None
    found = Thought.objects.unrestricted("a second click makes nothing new").filter(pk=thought_id).first()
    if found is not None and found.author_id != actor.person_id:
        raise NotAllowed()
    return found


def look(*, actor: Actor, release: Release) -> None:
    """An adviser says: I have looked at this. With the second one, the unit's leader sees it. Twice changes nothing. NotNow
    for somebody who advises nobody; whoever advises nobody any more counts no longer."""
    _of_my_unit(actor, release)
    if not has_a_list(actor):
        raise NotNow(NO_LIST)
    with transaction.atomic():
        held, new = Look.objects.unrestricted("one's own look").get_or_create(
            release=release, person=actor.person, defaults={"at": clock.now()}
        )
        if not new:
            return
        events.record(actor.person_id, "first-meeting.looked", release)
        looks = Look.objects.unrestricted("how many have looked").that_count(release)
        if looks.count() >= LOOKERS and release.opened_at is None:
            release.opened_at = held.at
            release.save(update_fields=["opened_at"])


def _of_my_unit(actor: Actor, release: Release) -> None:
    """Advisers who lead nobody write and look."""
    if not advises(actor) or leads(actor):
        raise NotAllowed()
    if not Release.objects.visible_to(actor).filter(pk=release.pk).exists():
        raise NotAllowed()
