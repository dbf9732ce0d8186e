"""A list as its two see it: seats, things with points and ticks, words in their places. Few queries, all opened at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.library.content import Item, Part
from langbord.vault import preload_for

from . import points
from .actions import seat_of
from .enums import OWN_TEXTS, Kind, Seat
from .models import Entry, Meeting, Party, Tick
from .writing import corrects_later, may_correct, may_remove


@dataclass(frozen=True)
class Said:
    """Words with who says them, what stands beside them, and what this person may do with them."""

    entry: Entry
    by: str
    beside: list[Said]
    mine: bool
    may_correct: bool
    may_remove: bool
    is_overdue: bool = False


@dataclass(frozen=True)
class Point:
    """A point with the ticks of both."""

    item: Item
    citizen: Tick | None
    adviser: Tick | None

    @property
    def citizen_counts(self) -> bool:
        return self.citizen is not None and self.citizen.wrong_at is None

    @property
    def both(self) -> bool:
        return self.citizen_counts and self.adviser is not None


@dataclass(frozen=True)
class Thing:
    """One of the seven things."""

    part: Part
    points: list[Point]
    said: list[Said]

    @property
    def done(self) -> int:
        return sum(point.both for point in self.points)

    @property
    def total(self) -> int:
        return len(self.points)

    @property
    def by_phone(self) -> bool:
        """Something here was written down on the telephone, and the citizen has not set it right."""
        ticked = any(
            p.citizen is not None and p.citizen.by_phone and not p.citizen.wrong_at for p in self.points
        )
        return ticked or any(one.entry.by_phone for one in self.said)


@dataclass(frozen=True)
class Shown:
    """The whole list, for one of the two."""

    meeting: Meeting
    seat: Party
    parties: list[Party]
    things: list[Thing]
    promises: list[Said]
    said_back: list[Said]
    own: dict[str, Entry | None]
    proposals: dict[str, list[Said]]
    not_heard: bool
    ticks: list[Tick] = field(default_factory=list)

    @property
    def is_citizen(self) -> bool:
        return self.seat.side == Seat.CITIZEN

    @property
    def is_adviser(self) -> bool:
        return self.seat.side == Seat.ADVISER

    @property
    def other(self) -> Party | None:
        """Who sits on the other side now."""
        return next((p for p in self.parties if p.side != self.seat.side and p.ended_at is None), None)

    @property
    def had_adviser(self) -> bool:
        return any(p.side == Seat.ADVISER for p in self.parties)

    @property
    def citizen_called(self) -> str:
        return self._called(Seat.CITIZEN) or _("innbyggeren")

    @property
    def adviser_called(self) -> str:
        return self._called(Seat.ADVISER) or _("rådgiveren")

    @property
    def citizen_named(self) -> str:
        """The name they chose; empty when nobody sits there, and a paper leaves room for it."""
        return self._called(Seat.CITIZEN)

    @property
    def adviser_named(self) -> str:
        return self._called(Seat.ADVISER)

    def _called(self, side: str) -> str:
        return next((str(p.called) for p in self.parties if p.side == side and p.ended_at is None), "")

    @property
    def name(self) -> str:
        """What this person finds the list by."""
        return name_for(self.seat, self.other)

    @property
    def next_promise(self) -> Said | None:
        """The one that is due first, of those not kept yet."""
        waiting = (said for said in self.promises if said.entry.kept_at is None and not said.entry.is_empty)
        return next(waiting, None)

    def thing(self, key: str) -> Thing | None:
        return next((thing for thing in self.things if thing.part.key == key), None)


def name_for(seat: Party, other: Party | None) -> str:
    if other is not None:
        return str(other.called)
    return str(seat.label) or (_("Ingen har kommet ennå") if seat.side == Seat.ADVISER else _("Lista mi"))


def show(actor: Actor, meeting: Meeting, today: Any) -> Shown:
    """Five queries with the keys."""
    seat = seat_of(actor, meeting)
    parties = list(Party.objects.visible_to(actor).filter(meeting_id=meeting.pk))
    ticks = list(Tick.objects.visible_to(actor).filter(meeting_id=meeting.pk))
    entries = list(Entry.objects.visible_to(actor).filter(meeting_id=meeting.pk))
    preload_for([seat, *parties, *entries])
    names = {party.person_id: str(party.called) for party in parties}
    heard_at = next((p.heard_at for p in parties if p.side == Seat.CITIZEN and p.ended_at is None), None)
    beside: dict[Any, list[Entry]] = {}
    for entry in entries:
        if entry.about_id is not None:
            beside.setdefault(entry.about_id, []).append(entry)

    def said(entry: Entry) -> Said:
        return Said(
            entry,
            _by(entry, names),
            [said(one) for one in beside.get(entry.pk, [])],
            entry.author_id == actor.person_id,
            (meeting.closed_at is None or corrects_later(seat, entry)) and may_correct(seat, entry),
            may_remove(seat, entry, heard_at),
            bool(entry.due_on and entry.kept_at is None and entry.due_on < today),
        )

    def of_kind(kind: str) -> list[Said]:
        return [said(entry) for entry in entries if entry.kind == kind]

    comments = of_kind(Kind.COMMENT)
    ticked = {(tick.point, tick.side): tick for tick in ticks}
    things = [
        Thing(
            part,
            [
                Point(item, ticked.get((item.key, Seat.CITIZEN)), ticked.get((item.key, Seat.ADVISER)))
                for item in part.items
            ],
            [one for one in comments if one.entry.thing == part.key],
        )
        for part in points.things()
    ]
    return Shown(
        meeting=meeting,
        seat=seat,
        parties=parties,
        things=things,
        promises=sorted(of_kind(Kind.PROMISE), key=lambda one: (one.entry.due_on, one.entry.at)),
        said_back=of_kind(Kind.SAY_BACK),
        own={kind.value: next((e for e in entries if e.kind == kind), None) for kind in OWN_TEXTS},
        proposals={own.value: of_kind(proposal) for own, proposal in OWN_TEXTS.items()},
        not_heard=seat.side == Seat.CITIZEN and _not_heard(seat, ticks, entries),
        ticks=ticks,
    )


def _by(entry: Entry, names: dict[Any, str]) -> str:
    """Who says it. What was said on the telephone is the citizen's, in the adviser's hand."""
    who = names.get(entry.author_id, "") if entry.author_id is not None else ""
    if entry.by_phone:
        if not who:
            return _("Innbyggeren, sagt i telefonen")
        return _("Innbyggeren, sagt i telefonen og skrevet av %(name)s") % {"name": who}
    if who:
        return who
    return _("En rådgiver som har sluttet") if entry.side == Seat.ADVISER else _("Innbyggeren")


def _not_heard(seat: Party, ticks: list[Tick], entries: list[Entry]) -> bool:
    since: datetime | None = seat.heard_at
    by_phone = [tick.at for tick in ticks if tick.by_phone and tick.wrong_at is None]
    by_phone += [entry.at for entry in entries if entry.by_phone]
    return any(since is None or at > since for at in by_phone)


@dataclass(frozen=True)
class Line:
    """A list among one's lists."""

    meeting: Meeting
    name: str
    mine: bool


def lines(actor: Actor) -> list[Line]:
    """One's lists, the latest first. Three queries with the keys."""
    held = list(Meeting.objects.visible_to(actor)[:200])
    seats = list(Party.objects.visible_to(actor).now())
    preload_for(seats)
    mine = {seat.meeting_id: seat for seat in seats if seat.person_id == actor.person_id}
    others = {seat.meeting_id: seat for seat in seats if seat.person_id != actor.person_id}
    return [
        Line(one, name_for(mine[one.pk], others.get(one.pk)), mine[one.pk].side == Seat.CITIZEN)
        for one in held
        if one.pk in mine
    ]
