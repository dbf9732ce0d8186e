"""What pages need to say how long things are kept: lengths in words, one's own warnings, closed processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, RoomKind
from langbord.base import clock
from langbord.base.retention import Policy, policies
from langbord.processes.models import Process
from langbord.vault import preload_for

from .job import day_it_goes
from .lengths import Lengths
from .models import Notice, Term


@dataclass(frozen=True)
class KindLine:
    """One kind as everybody in the process may read it. reason: why it is not as usual here."""

    policy: Policy
    days: int
    differs: str
    reason: str
    may_change: bool

    @property
    def long(self) -> str:
        return in_words(self.days)


@dataclass(frozen=True)
class Soon:
    """A warning as a person meets it: how many of a kind, in which process, and on which day they go."""

    policy: Policy
    number: int
    goes_on: date
    process: str
    slug: str

    @property
    def days_left(self) -> int:
        return max(0, (self.goes_on - clock.today()).days)


@dataclass(frozen=True)
class Over:
    """A closed process whose rooms are still there."""

    name: str
    slug: str
    goes_on: date | None


def in_words(days: int) -> str:
    """«1 år», «6 måneder», «14 dager»."""
    if days and days % 365 == 0:
        return ngettext("%(n)s år", "%(n)s år", days // 365) % {"n": days // 365}
    if days >= 60 and days % 30 == 0:
        return ngettext("%(n)s måned", "%(n)s måneder", days // 30) % {"n": days // 30}
    return ngettext("%(n)s dag", "%(n)s dager", days) % {"n": days}


def concerns(actor: Actor, policy: Policy, process_id: UUID | None = None) -> bool:
    """Whether a kind is this person's business: what only those who work here make, is not a citizen's.
    Who sits in no process is told of all."""
    if not policy.of_staff:
        return True
    sittings = actor.sittings if process_id is None else actor.sittings_in(process_id)
    return not sittings or any(sitting.role not in CITIZEN_SIDE for sitting in sittings)


def lines_of(actor: Actor, process: Process, *, coordinates: bool) -> list[KindLine]:
    """All kinds for the page of a process. One query, and one for the key."""
    terms = list(
        Term.objects.visible_to(actor).of_process(process.pk, process.organisation_id).order_by("set_at")
    )
    preload_for(terms)
    lengths = Lengths({process.pk: process.organisation_id}).add(terms)
    found = []
    for kind, policy in policies().items():
        if not concerns(actor, policy, process.pk):
            continue
        term = lengths.term(kind, process.pk)
        days = lengths.days(kind, process.pk)
        differs = ""
        if days != policy.days:
            differs = str(_("Kortere enn vanlig her.") if days < policy.days else _("Lenger enn vanlig her."))
        found.append(
            KindLine(
                policy=policy,
                days=days,
                differs=differs,
                reason=str(term.reason) if term is not None else "",
                may_change=coordinates and policy.scope == "process",
            )
        )
    return found


def warnings_for(actor: Actor, process_id: UUID | None = None, *, home: bool = False) -> list[Soon]:
    """What will soon go and this person may know of, kind by kind, the earliest first. One query. `home`: only what
    belongs on the first page."""
    rows = Notice.objects.visible_to(actor)
    if process_id is not None:
        rows = rows.filter(process_id=process_id)
    if home:
        rows = rows.filter(kind__in=[kind for kind, policy in policies().items() if policy.on_home])
    names = {s.process_id: (s.process_name, s.process_slug) for s in actor.sittings}
    held: dict[tuple[str, UUID | None], list[Notice]] = {}
    for notice in rows.sorted_here("goes_on", "pk"):
        policy = policies().get(notice.kind)
        if policy is not None and (notice.person_id or concerns(actor, policy, notice.process_id)):
            held.setdefault((notice.kind, notice.process_id), []).append(notice)
    found = []
    for (kind, of), notices in held.items():
        name, slug = names.get(of, ("", "")) if of is not None else ("", "")
        policy = policies()[kind]
        first = min(day_it_goes(notice, policy) for notice in notices)
        found.append(Soon(policy, len(notices), first, name, slug))
    return sorted(found, key=lambda s: (s.goes_on, list(policies()).index(s.policy.kind)))


def closed_for(actor: Actor) -> list[Over]:
    """Closed processes that one can still read in. No query."""
    found: dict[UUID, Over] = {}
    for sitting in actor.sittings:
        rooms = [r for r in actor.rooms_in(sitting.process_id) if r.kind != RoomKind.BOARD]
        if sitting.process_ended_at is not None and rooms:
            found[sitting.process_id] = Over(sitting.process_name, sitting.process_slug, sitting.rooms_go_on)
    return list(found.values())


def my_file_address() -> str:
    """Where one takes one's own along; empty while there is no such page."""
    try:
        return reverse("my-file")
    except NoReverseMatch:
        return ""


def me_panel(actor: Actor) -> tuple[str, dict[str, Any]]:
    """On *Meg*: the way to the dates. No query."""
    return "retention/_me.html", {}
