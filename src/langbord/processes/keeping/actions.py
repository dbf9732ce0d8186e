"""Every write about how long things are kept: closing and reopening a process, lengths, the end of research."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.retention import policies
from langbord.people.models import Organisation
from langbord.processes.models import Process
from langbord.vault import keys

from .enums import BoardAfter
from .lengths import Lengths, lengths_of
from .models import Closing, ResearchEnd, Term

_AGAIN = "a second click makes nothing new"

TOO_SOON = _("Velg en dag litt lenger fram. Folk skal få god tid til å lese og ta med seg sitt.")
SAY_WHY = _("Skriv i en setning hvorfor.")
HAS_GONE = _("Noe er allerede borte. Da kan samskapinga ikke åpnes igjen.")


def first_day_rooms_may_go() -> date:
    """People are warned first, so long as the file says."""
    return clock.today() + timedelta(days=policies()["room"].warn)


def close(
    *,
    actor: Actor,
    process: Process,
    reason: str,
    goes_on: date,
    board: str = BoardAfter.NAMELESS,
    closing_id: UUID | None = None,
) -> Closing:
    """Close a process: writing ends at once, the rooms go on `goes_on`. Coordinators only. NotNow without a reason, for
    a day before people could be warned, and when it is closed already; a second click changes nothing."""
    if not actor.has_role(process.pk, Role.COORDINATOR):
        raise NotAllowed()
    if board not in BoardAfter.values:
        raise NotAllowed()
    if not reason.strip():
        raise NotNow(SAY_WHY)
    if goes_on < first_day_rooms_may_go():
        raise NotNow(TOO_SOON)
    keys.ensure(process.pk)
    now = clock.now()
    with transaction.atomic():
        held = Process.objects.unrestricted(_AGAIN).select_for_update().get(pk=process.pk)
        found = Closing.objects.unrestricted(_AGAIN).standing().filter(process=process).first()
        if found is not None:
            return found
        closing = Closing.objects.create(
            id=closing_id or uuid4(),
            process=held,
            sealed_by=held.pk,
            reason=reason.strip(),
            board=board,
            goes_on=goes_on,
            closed_by=actor.person,
            closed_at=now,
        )
        held.ended_at, held.rooms_go_on = now, goes_on
        held.save(update_fields=["ended_at", "rooms_go_on"])
        events.record(actor.person_id, "process.closed", closing, process_id=held.pk)
    return closing


def reopen(*, actor: Actor, process: Process) -> None:
    """Open a closed process again, as long as nothing has gone (NotNow). Nothing happens when it is open."""
    if not actor.has_role(process.pk, Role.COORDINATOR):
        raise NotAllowed()
    with transaction.atomic():
        rows = Closing.objects.unrestricted(_AGAIN).standing().filter(process=process)
        closing = rows.select_for_update().first()
        if closing is None:
            return
        if closing.begun_at is not None:
            raise NotNow(HAS_GONE)
        closing.reopened_by, closing.reopened_at = actor.person, clock.now()
        closing.save(update_fields=["reopened_by", "reopened_at"])
        held = Process.objects.unrestricted(_AGAIN).select_for_update().get(pk=process.pk)
        held.ended_at = held.rooms_go_on = None
        held.save(update_fields=["ended_at", "rooms_go_on"])
        events.record(actor.person_id, "process.reopened", closing, process_id=process.pk)


def set_length(
    *,
    actor: Actor,
    process: Process,
    kind: str,
    days: int | None,
    reason: str = "",
    term_id: UUID | None = None,
) -> None:
    """Choose how long a kind is kept in a process; None goes back to what counts otherwise. Coordinators only. Longer
    than it would be says why (NotNow)."""
    policy = policies().get(kind)
    if not actor.has_role(process.pk, Role.COORDINATOR) or policy is None or policy.scope != "process":
        raise NotAllowed()
    otherwise = _without(lengths_of(process), kind, process.pk).days(kind, process.pk)
    if days is not None and days > otherwise and not reason.strip():
        raise NotNow(SAY_WHY)
    _choose(actor, kind, days, reason, term_id, process=process)


def set_length_for_all(
    *,
    actor: Actor,
    organisation: Organisation,
    kind: str,
    days: int | None,
    reason: str = "",
    term_id: UUID | None = None,
) -> None:
    """The same for all processes that an organisation answers for. Operators only."""
    policy = policies().get(kind)
    if not actor.is_operator or policy is None or policy.scope != "process":
        raise NotAllowed()
    if days is not None and days > policy.days and not reason.strip():
        raise NotNow(SAY_WHY)
    _choose(actor, kind, days, reason, term_id, organisation=organisation)


def _without(lengths: Lengths, kind: str, process_id: UUID) -> Lengths:
    lengths.chosen.pop((kind, process_id), None)
    return lengths


def _choose(
    actor: Actor,
    kind: str,
    days: int | None,
    reason: str,
    term_id: UUID | None,
    process: Process | None = None,
    organisation: Organisation | None = None,
) -> None:
    owner = process or organisation
    assert owner is not None
    keys.ensure(owner.pk)
    try:
        with transaction.atomic():
            term = Term(
                id=term_id or uuid4(),
                process=process,
                organisation=organisation,
                kind=kind,
                days=days,
                sealed_by=owner.pk,
                reason=reason.strip(),
                set_by=actor.person,
                set_at=clock.now(),
            )
            term.save(force_insert=True)
            said = f"retention.chosen.{kind}"
            events.record(actor.person_id, said, term, process_id=process.pk if process else None)
    except IntegrityError:
        if not events.has_done(actor.person_id, f"retention.chosen.{kind}", term_id or uuid4()):
            raise NotAllowed() from None


def set_research_end(
    *,
    actor: Actor,
    process: Process,
    reference: str,
    ends_on: date,
    reason: str = "",
    end_id: UUID | None = None,
) -> None:
    """Say under which notification research is done here, and its last day. Researchers and coordinators. A day that
    has been is refused, and a later day than before needs a reason (NotNow). It counts from now on for everything that
    asks `research.is_over`."""
    if not actor.has_role(process.pk, Role.RESEARCHER, Role.COORDINATOR):
        raise NotAllowed()
    if ends_on < clock.today():
        raise NotNow(_("Den dagen har vært. Velg en dag som kommer."))
    keys.ensure(process.pk)
    with transaction.atomic():
        held = Process.objects.unrestricted(_AGAIN).select_for_update().get(pk=process.pk)
        if end_id is not None and events.has_done(actor.person_id, "research.end_set", end_id):
            return
        if held.research_ends_on is not None and ends_on > held.research_ends_on and not reason.strip():
            raise NotNow(SAY_WHY)
        try:
            with transaction.atomic():
                end = ResearchEnd(
                    id=end_id or uuid4(),
                    process=held,
                    reference=reference.strip(),
                    ends_on=ends_on,
                    sealed_by=held.pk,
                    reason=reason.strip(),
                    set_by=actor.person,
                    set_at=clock.now(),
                )
                end.save(force_insert=True)
        except IntegrityError:
            raise NotAllowed() from None
        held.research_reference, held.research_ends_on = reference.strip(), ends_on
        held.save(update_fields=["research_reference", "research_ends_on"])
        events.record(actor.person_id, "research.end_set", end, process_id=held.pk)
