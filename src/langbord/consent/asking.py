"""**The one place that knows who says yes.** Worked out from the events each time it is asked; stored nowhere.

Everything that uses somebody's words, voice, picture, answers or address asks here, at the moment of use, so that what
was taken back is gone from every page, file and export at once. A test reads the source: no other app reads the events.

What counts (docs/decisions/0013-consent.md):

- the latest answer of one's own; under 16 also that of the adult who answers beside, and both must be yes;
- a no by either is a no; an adult whom the young person has said no to, or who takes no longer part, does not count;
- a yes to a text that has since changed in substance (new major version), or that has run out, is asked again: no
  until it is answered. A no stays a no: nobody is asked again because the text changed;
- whoever takes no longer part says yes to nothing, and nothing is asked where the process does not use the purpose.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from langbord.base import clock
from langbord.base.often import asked_often

from . import texts
from .enums import NO_KINDS, YES_KINDS, AgeBand, By, EventKind, Purpose, Standing
from .models import ConsentEvent, ConsentRecord
from .querysets import FACTS, GUARDS, own_heads

_WHY = "does this person say yes, at this moment?"
WAITING = frozenset({Standing.NOT_ASKED, Standing.ASK_AGAIN, Standing.WAITS_FOR_SELF})


class Said(Enum):
    """One party's latest answer to one purpose."""

    NOTHING = "nothing"
    YES = "yes"
    NO = "no"
    STALE = "stale"
    """A yes that no longer counts: the text changed in substance, or it ran out."""


@dataclass(frozen=True)
class Row:
    """The facts of one event that decide."""

    purpose: str
    kind: str
    by: str
    guardianship_id: UUID | None
    version: str
    at: dt.datetime


@dataclass(frozen=True)
class Guard:
    """An adult who answers beside. `stands`: not ended. `counts`: not objected to either, and takes part."""

    id: UUID
    stands: bool
    counts: bool


@dataclass
class Head:
    """One person in one process."""

    record_id: UUID | None
    process_id: UUID
    person_id: UUID | None
    age_band: str
    unused: frozenset[str]
    here: bool = True
    unseen: bool = False
    """Somebody else has written down an answer that the person has not looked at yet."""
    waits: UUID | None = None
    """The room where an answer of the person's own is waited for (`hooks.waits_in`)."""
    guards: dict[UUID, Guard] = field(default_factory=dict)
    chain: dict[int, Row] = field(default_factory=dict)
    """One's own events by number; filled only where one person is asked about."""

    @property
    def is_young(self) -> bool:
        return is_young(self.age_band, self.guards.values())


@dataclass(frozen=True)
class State:
    """Where one purpose stands for one person, now.

    since: when the answer that decides was given. version: of the text answered to (empty: none). own: one's own latest
    answer, whatever an adult says. asked: one has met the text that counts now (answered, or said *later*).
    """

    purpose: str
    standing: Standing
    since: dt.datetime | None = None
    version: str = ""
    own: Said = Said.NOTHING
    asked: bool = False

    @property
    def says_yes(self) -> bool:
        return self.standing == Standing.YES

    @property
    def waits(self) -> bool:
        """Something for the person to answer, when they want to."""
        return self.standing in WAITING


def is_young(age_band: str, guards: Iterable[Guard]) -> bool:
    """Under 16, by one's own word, or because an adult was named who still stands: where two say different things, the
    more careful counts. Nobody is taken for a child because the age is not known."""
    return age_band == AgeBand.UNDER_16 or any(guard.stands for guard in guards)


# -- the rule, without a database


def state_of(
    purpose: str,
    rows: Sequence[Row],
    *,
    age_band: str,
    guards: Iterable[Guard] = (),
    now: dt.datetime | None = None,
) -> State:
    """The state of one purpose from its events in order. Pure: the texts and the clock are all it asks."""
    now = now or clock.now()
    guards = list(guards)
    rows = [row for row in rows if row.purpose == purpose]
    current = texts.major(texts.version_now(purpose))
    own, mine = _answer([r for r in rows if r.by in (By.SELF, By.SYSTEM)], purpose, now)
    asked = any(r.by == By.SELF and texts.major(r.version) == current for r in rows)

    def state(standing: Standing, *decided_by: Row | None) -> State:
        found = [row for row in decided_by if row is not None]
        since = max((row.at for row in found), default=None)
        return State(purpose, standing, since, mine.version if mine else "", own, asked)

    if not is_young(age_band, guards):
        return state(_ALONE[own], mine)
    beside = [
        _answer([r for r in rows if r.by == By.SYSTEM or r.guardianship_id == guard.id], purpose, now)
        for guard in guards
        if guard.counts
    ]
    refusal = [row for said, row in beside if said is Said.NO]
    consent = [row for said, row in beside if said is Said.YES]
    if own is Said.NO or refusal:
        return state(Standing.NO, mine if own is Said.NO else None, *refusal)
    if own is Said.YES:
        return state(Standing.YES, mine, *consent) if consent else state(Standing.WAITS_FOR_GUARDIAN, mine)
    if own is Said.STALE:
        return state(Standing.ASK_AGAIN, mine)
    return state(Standing.WAITS_FOR_SELF, *consent) if consent else state(Standing.NOT_ASKED)


_ALONE = {
    Said.YES: Standing.YES,
    Said.NO: Standing.NO,
    Said.STALE: Standing.ASK_AGAIN,
    Said.NOTHING: Standing.NOT_ASKED,
}


def said_by(
    purpose: str, rows: Sequence[Row], by: str, guardianship_id: UUID | None = None
) -> tuple[Said, Row | None]:
    """What one party has answered: oneself, or one adult. An adult's page shows this, and so nothing of what the young
    person answered."""
    mine = [
        r
        for r in rows
        if r.purpose == purpose
        and (r.by == By.SYSTEM or (r.by == by and r.guardianship_id == guardianship_id))
    ]
    return _answer(mine, purpose, clock.now())


def _answer(rows: Sequence[Row], purpose: str, now: dt.datetime) -> tuple[Said, Row | None]:
    """The latest answer among one party's rows, in order. Being asked is no answer."""
    said, decided = Said.NOTHING, None
    for row in rows:
        if row.kind in YES_KINDS:
            said, decided = Said.YES, row
        elif row.kind in NO_KINDS:
            said, decided = Said.NO, row
        elif row.kind == EventKind.EXPIRED and said is Said.YES:
            said = Said.STALE
    if (
        said is Said.YES
        and decided is not None
        and (
            texts.major(decided.version) != texts.major(texts.version_now(purpose))
            or _has_run_out(purpose, decided.at, now)
        )
    ):
        said = Said.STALE
    return said, decided


def _has_run_out(purpose: str, at: dt.datetime, now: dt.datetime) -> bool:
    months = texts.facts(purpose).months
    return months is not None and runs_out(at, months) <= now


def runs_out(at: dt.datetime, months: int) -> dt.datetime:
    """The same day so many months later; the 28th where that month has no such day."""
    years, month = divmod(at.month - 1 + months, 12)
    try:
        return at.replace(year=at.year + years, month=month + 1)
    except ValueError:
        return at.replace(year=at.year + years, month=month + 1, day=28)


# -- asked of the database


def says_yes(person_id: UUID, purpose: str, process_id: UUID) -> bool:
    """Whether this person says yes to this purpose in this process, now. One query."""
    return state(person_id, purpose, process_id).says_yes


def who_says_yes(purpose: str, process_id: UUID) -> frozenset[UUID]:
    """The ids of all persons who say yes, now. Two queries, however many."""
    return who_says_yes_to([purpose], process_id)[purpose]


def who_says_yes_to(purposes: Sequence[str], process_id: UUID) -> dict[str, frozenset[UUID]]:
    """The same for several purposes. Two queries, however many."""
    heads = _heads_of_members(process_id)
    rows = _rows([head.record_id for head in heads], purposes[0] if len(purposes) == 1 else "")
    return {
        purpose: frozenset(
            head.person_id
            for head in heads
            if head.person_id is not None and _state(head, purpose, rows[head.record_id]).says_yes
        )
        for purpose in purposes
    }


def state(person_id: UUID, purpose: str, process_id: UUID) -> State:
    """Where one purpose stands for one person. One query."""
    head = own_head(person_id, process_id)
    if head is None:
        return State(purpose, Standing.NOT_HERE)
    return _state(head, purpose, list(head.chain.values()))


def own_states(person_id: UUID, process_ids: Iterable[UUID]) -> dict[UUID, dict[Purpose, State]]:
    """All purposes that are used, per process, in the order in which they are asked. One query."""
    return {head.process_id: states for head, states in own_heads_and_states(person_id, process_ids)}


def own_heads_and_states(
    person_id: UUID, process_ids: Iterable[UUID]
) -> list[tuple[Head, dict[Purpose, State]]]:
    """The same, with what is known of the person in each process. One query."""
    found = []
    for head in _own_heads(person_id, process_ids):
        states = {p: _state(head, p, list(head.chain.values())) for p in Purpose}
        found.append((head, {p: s for p, s in states.items() if s.standing != Standing.NOT_HERE}))
    return found


def own_head(person_id: UUID, process_id: UUID) -> Head | None:
    """What is known of the person in the process: age band, adults beside, events. One query."""
    heads = _own_heads(person_id, [process_id])
    return heads[0] if heads else None


def states_of_people(
    process_id: UUID, person_ids: Iterable[UUID], purposes: Iterable[Purpose]
) -> dict[UUID, dict[Purpose, State]]:
    """The states of several people, for a host's or a coordinator's page. Three queries, however many. Whoever shows
    them must have checked whom and which purposes the reader may know (2-walls, the row *consents*)."""
    wanted = list(purposes)
    unused = purposes_off(process_id)
    by_person = {head.person_id: head for head in _heads_of_members(process_id)}
    rows = _rows([head.record_id for head in by_person.values()])
    found: dict[UUID, dict[Purpose, State]] = {}
    for person_id in person_ids:
        head = by_person.get(person_id) or Head(None, process_id, person_id, AgeBand.UNKNOWN, unused)
        found[person_id] = {p: _state(head, p, rows[head.record_id]) for p in wanted}
    return found


def rows_of_record(record_id: UUID) -> list[Row]:
    """All events of one head, in order. One query."""
    return _rows([record_id])[record_id]


def purposes_off(process_id: UUID) -> frozenset[str]:
    """The purposes that this process does not use. One query."""
    from langbord.processes.models import Process

    found = (
        Process.objects.unrestricted("which purposes a process uses")
        .filter(pk=process_id)
        .values_list("template", "used_purposes__off", "research_ends_on")
        .first()
    )
    return unused(*found) if found else frozenset(Purpose.values)


def unused(template: str, off: list[str] | None, research_ends_on: dt.date | None = None) -> frozenset[str]:
    """What is switched off: what the coordinator chose, or as the template says; research also when its registered last
    day has passed. Taking part is always asked."""
    over = research_ends_on is not None and research_ends_on < clock.today()
    ended = {Purpose.RESEARCH.value} if over else set()
    if off is not None:
        return frozenset({*off, *ended}) - {Purpose.TAKING_PART}
    return frozenset(
        p for p in Purpose.values if p in ended or (template or "blank") in texts.facts(p).off_in
    )


def _state(head: Head, purpose: str, rows: Sequence[Row]) -> State:
    if not head.here or purpose in head.unused:
        return State(purpose, Standing.NOT_HERE)
    return state_of(purpose, rows, age_band=head.age_band, guards=head.guards.values())


def _own_heads(person_id: UUID, process_ids: Iterable[UUID]) -> list[Head]:
    """Heads with guards and events, from one row for each guard × event."""
    found: dict[UUID, Head] = {}
    where = dict.fromkeys(process_ids)
    if not where:
        return []
    for record, process, person, band, template, off, ends_on, here, unseen, waits, *more in asked_often(
        own_heads, [person_id, *where]
    ):
        head = found.get(process)
        if head is None:
            head = Head(
                record, process, person, band or "", unused(template, off, ends_on), here, unseen, waits
            )
            found[process] = head
        _add_guard(head, *more[: len(GUARDS)])
        number, *event = more[len(GUARDS) :]
        if number is not None:
            head.chain.setdefault(number, Row(*event))
    return list(found.values())


def _heads_of_members(process_id: UUID) -> list[Head]:
    found: dict[UUID, Head] = {}
    records = ConsentRecord.objects.unrestricted(_WHY).of_members(process_id).values_list(*FACTS, *GUARDS)
    for record, process, person, band, template, off, ends_on, *guard in records:
        head = found.setdefault(record, Head(record, process, person, band, unused(template, off, ends_on)))
        _add_guard(head, *guard)
    return list(found.values())


def _add_guard(
    head: Head, guard_id: UUID | None, ended_at: Any, objected_at: Any, person_id: UUID | None, here: bool
) -> None:
    """An adult who signs in counts while they take part: else their yes would stand where they can't take it back."""
    if guard_id is not None:
        stands = ended_at is None
        counts = stands and objected_at is None and (here or person_id is None)
        head.guards[guard_id] = Guard(guard_id, stands, counts)


def _rows(record_ids: Iterable[UUID | None], purpose: str = "") -> dict[UUID | None, list[Row]]:
    """The events in order, per record. One query; none where nobody has a head yet."""
    events = (
        ConsentEvent.objects.unrestricted(_WHY).in_order().filter(record_id__in=[r for r in record_ids if r])
    )
    if purpose:
        events = events.filter(purpose=purpose)
    found: dict[UUID | None, list[Row]] = defaultdict(list)
    for record, p, kind, by, guardianship_id, version, at in events.values_list(
        "record_id", "purpose", "kind", "by", "guardianship_id", "notice_version", "at"
    ):
        found[record].append(Row(p, kind, by, guardianship_id, version, at))
    return found
