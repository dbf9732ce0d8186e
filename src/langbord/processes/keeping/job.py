"""The job that warns first, then takes away and logs. Every step can be repeated, and cut off anywhere.

Nothing goes that was not warned about. A warning is a row; the job counts the different days on which it has seen it
standing, and takes nothing before that number is as high as the file asks. So a clock that leaps a year ahead gives one
day of warning, not a year's; one that goes back begins the count anew. Run it at least once a day: fewer runs only make
things stay longer.

What goes, and the keys that must die with it, are written in one transaction (`Gone`); then the keys are destroyed.
Whoever is cut off between the two finds the row at the next run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from langbord.base import clock, events
from langbord.base.retention import Handler, Policy, Thing, Went, handlers, policies, sweeps
from langbord.vault import keys, residue

from .lengths import Lengths, all_lengths
from .models import Gone, Notice

log = logging.getLogger("langbord.retention")

AT_ONCE = 100
"""Things taken away in one transaction, so that nobody has to wait long."""

_WHY = "the job that warns and takes away; nothing is shown"

Told = Callable[[str, int, int], None]
"""Progress: (kind, number, of how many)."""


@dataclass(frozen=True)
class Item:
    """A thing whose day comes within the time of warning, or has come."""

    handler: Handler
    thing: Thing
    due_on: date


@dataclass
class Result:
    """What one run did, by kind. `failed`: kinds that could not be finished this time."""

    warned: dict[str, int] = field(default_factory=dict)
    gone: dict[str, dict[str, int]] = field(default_factory=dict)
    keys_destroyed: int = 0
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Planned:
    """One line of what would go: how many of a kind, from where, when, and whether people have been warned (None: it
    goes without, because nobody made it)."""

    kind: str
    process_id: UUID | None
    goes_on: date
    things: int
    warned: bool | None


def _items(kind: str, lengths: Lengths) -> Iterator[Item]:
    policy, today = policies()[kind], clock.today()
    before = clock.now() + timedelta(days=policy.warn - lengths.shortest(kind))
    for handler in handlers()[kind]:
        for thing in handler.find(before):
            due_on = thing.due_on or _day_after(thing, lengths.days(kind, thing.process_id))
            if due_on <= today + timedelta(days=policy.warn):
                yield Item(handler, thing, due_on)


def _day_after(thing: Thing, days: int) -> date:
    """The first day on which the whole time has passed."""
    return thing.since.astimezone(clock.OSLO).date() + timedelta(days=days + 1)


def day_it_goes(notice: Notice, policy: Policy) -> date:
    """The promised day, or later when the warning has not stood long enough yet."""
    return max(notice.goes_on, clock.today() + timedelta(days=max(0, policy.warn - notice.days)))


def plan() -> list[Planned]:
    """What would go and when, within the time of warning. Writes nothing."""
    found: dict[tuple[str, UUID | None, date, bool], int] = {}
    lengths = all_lengths()
    for kind in handlers():
        standing = _standing(kind)
        policy = policies()[kind]
        for item in _items(kind, lengths):
            notice = standing.get(item.thing.key)
            least = clock.today() + timedelta(days=policy.warn)
            goes_on = max(item.due_on, least if notice is None else day_it_goes(notice, policy))
            place = (kind, item.thing.process_id, goes_on, notice is not None)
            found[place] = found.get(place, 0) + 1
    planned = [Planned(k, p, day, number, warned) for (k, p, day, warned), number in found.items()]
    for sweep in sweeps():
        planned.append(Planned(sweep.kind, None, clock.today(), sweep.waiting(), None))
    order = list(policies())
    return sorted(planned, key=lambda p: (order.index(p.kind), p.goes_on, str(p.process_id)))


def run(told: Told | None = None) -> Result:
    """Warn, take away, log. A kind that fails is logged and tried again next time; the others go on."""
    result = Result(keys_destroyed=finish())
    lengths = all_lengths()
    kinds = handlers()
    for number, kind in enumerate(kinds, 1):
        if told is not None:
            told(kind, number, len(kinds))
        try:
            _one_kind(kind, lengths, result)
        except Exception:
            log.exception("retention: %s could not be finished", kind)
            result.failed.append(kind)
    for sweep in sweeps():
        try:
            if removed := sweep.sweep():
                result.gone.setdefault(sweep.kind, {})["rows"] = removed
        except Exception:
            log.exception("retention: %s could not be swept", sweep.kind)
            result.failed.append(sweep.kind)
    if result.gone:
        residue.settle()
    return result


def finish() -> int:
    """Destroy keys whose things have gone: also those of a run that was cut off. How many."""
    destroyed = 0
    for gone in Gone.objects.filter(done_at__isnull=True).order_by("at"):
        for subject in gone.keys:
            destroyed += keys.destroy(UUID(subject))
        gone.done_at = clock.now()
        gone.save(update_fields=["done_at"])
    return destroyed


def _standing(kind: str) -> dict[str, Notice]:
    return {notice.key: notice for notice in Notice.objects.unrestricted(_WHY).filter(kind=kind)}


def _one_kind(kind: str, lengths: Lengths, result: Result) -> None:
    policy, today = policies()[kind], clock.today()
    items = {item.thing.key: item for item in _items(kind, lengths)}
    standing = _standing(kind)
    _withdraw(kind, standing, items)
    result.warned[kind] = _warn(kind, policy, standing, items)
    _count_the_day(kind, today)
    standing = _standing(kind)
    ready = [
        item
        for key, item in items.items()
        if (notice := standing.get(key)) is not None
        and notice.days >= policy.warn
        and max(notice.goes_on, item.due_on) <= today
    ]
    for batch in _batches(ready):
        went = _take_away(kind, batch)
        total = result.gone.setdefault(kind, {})
        for what, number in went.counts.items():
            total[what] = total.get(what, 0) + number
        result.keys_destroyed += finish()
    result.gone = {k: counts for k, counts in result.gone.items() if any(counts.values())}
    if not result.warned[kind]:
        del result.warned[kind]


def _withdraw(kind: str, standing: dict[str, Notice], items: dict[str, Item]) -> None:
    """Warnings of what was touched again, was reopened, got a longer time, or is gone."""
    stale = [notice.pk for key, notice in standing.items() if key not in items]
    for start in range(0, len(stale), AT_ONCE):
        Notice.objects.unrestricted(_WHY).filter(pk__in=stale[start : start + AT_ONCE]).delete()


def _warn(kind: str, policy: Policy, standing: dict[str, Notice], items: dict[str, Item]) -> int:
    today = clock.today()
    fresh = []
    for key, item in items.items():
        notice = standing.get(key)
        if notice is None:
            thing = item.thing
            fresh.append(
                Notice(
                    kind=kind,
                    key=key,
                    process_id=thing.process_id,
                    person_id=thing.person_id,
                    room_ref=thing.room_id,
                    first_on=today,
                    goes_on=max(item.due_on, today + timedelta(days=policy.warn)),
                    counted_on=today,
                )
            )
        elif notice.goes_on < item.due_on:
            notice.goes_on = item.due_on
            notice.save(update_fields=["goes_on"])
    Notice.objects.bulk_create(fresh, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(fresh)


def _count_the_day(kind: str, today: date) -> None:
    rows = Notice.objects.unrestricted(_WHY).filter(kind=kind)
    rows.filter(counted_on__gt=today).update(days=0, counted_on=today)
    rows.filter(counted_on__lt=today).update(days=F("days") + 1, counted_on=today)


def _batches(ready: list[Item]) -> Iterator[list[Item]]:
    """Things of one app and one process together, at most so many at once; one by one where steps are their own."""
    by_place: dict[tuple[int, UUID | None], list[Item]] = {}
    for item in ready:
        by_place.setdefault((id(item.handler), item.thing.process_id), []).append(item)
    for held in by_place.values():
        size = 1 if held[0].handler.alone else AT_ONCE
        for start in range(0, len(held), size):
            yield held[start : start + size]


def _take_away(kind: str, batch: list[Item]) -> Went:
    """The things, their warnings and the row that tells of it, in one transaction."""
    things, handler = [item.thing for item in batch], batch[0].handler
    if handler.alone:
        went = handler.remove(things)
        with transaction.atomic():
            _note(kind, things, went)
        return went
    with transaction.atomic():
        went = handler.remove(things)
        _note(kind, things, went)
    return went


def _note(kind: str, things: list[Thing], went: Went) -> None:
    Notice.objects.unrestricted(_WHY).filter(kind=kind, key__in=[thing.key for thing in things]).delete()
    if not any(went.counts.values()) and not went.keys:
        return
    process_id = things[0].process_id
    Gone.objects.create(
        kind=kind,
        process_ref=process_id,
        counts=went.counts,
        keys=[str(key) for key in went.keys],
        at=clock.now(),
    )
    events.record(None, f"retention.gone.{kind}", process_id=process_id)
