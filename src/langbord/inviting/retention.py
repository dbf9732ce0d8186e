"""How long people on the list are kept when nothing comes of it, what a person agreed after they have left, and what was
prepared when the process is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from langbord.base import clock, retention
from langbord.base.retention import Thing, Went
from langbord.processes.keeping import closings
from langbord.processes.models import Membership, Process

from .forgetting import remove_rows
from .models import Household, Invitee, Letter, Proposal, QuestionVersion, TakingPart, WhoToAsk

_WHY = "what is kept no longer; nothing is shown"


def register() -> None:
    retention.register("invitee", find=_waiting, remove=_remove_invitees)
    retention.register("invitee", find=_left, remove=_remove_agreed)
    retention.register("inviting", find=_over, remove=_remove_prepared)


def _waiting(before: datetime) -> Iterable[Thing]:
    """Those with whom nothing has happened for so long: asked and silent, no, later, or never asked."""
    rows = Invitee.objects.unrestricted(_WHY).filter(step_at__lte=before).order_by("pk")
    return [
        Thing(key=str(pk), since=step_at, process_id=process_id)
        for pk, step_at, process_id in rows.values_list("pk", "step_at", "process_id")
    ]


def _remove_invitees(things: list[Thing]) -> Went:
    since = {UUID(thing.key): thing.since for thing in things}
    rows = Invitee.objects.unrestricted(_WHY).filter(pk__in=list(since)).select_for_update()
    due = [row for row in rows if row.step_at <= since[row.pk]]
    gone = remove_rows([row.pk for row in due])
    return Went({"invitees": gone}, tuple(row.sealed_by for row in due))


def _left(before: datetime) -> Iterable[Thing]:
    """What a person agreed on how they take part, when they take part no longer."""
    agreed = TakingPart.objects.unrestricted(_WHY).filter(person__isnull=False)
    found = []
    ended = {
        (process_id, person_id): at
        for process_id, person_id, at in Membership.objects.unrestricted(_WHY)
        .filter(ended_at__isnull=False)
        .order_by("ended_at")
        .values_list("process_id", "person_id", "ended_at")
    }
    here = set(Membership.objects.unrestricted(_WHY).current().values_list("process_id", "person_id"))
    for pk, process_id, person_id in agreed.values_list("pk", "process_id", "person_id"):
        at = ended.get((process_id, person_id))
        if at is not None and at <= before and (process_id, person_id) not in here:
            found.append(Thing(key=f"agreed-{pk}", since=at, process_id=process_id, person_id=person_id))
    return found


def _remove_agreed(things: list[Thing]) -> Went:
    gone = 0
    for thing in things:
        if thing.process_id is None or thing.person_id is None:
            continue
        here = Membership.objects.unrestricted(_WHY).current()
        if here.filter(process_id=thing.process_id, person_id=thing.person_id).exists():
            continue
        pk = UUID(thing.key.removeprefix("agreed-"))
        gone += TakingPart.objects.unrestricted(_WHY).filter(pk=pk).delete()[0]
    return Went({"agreed": gone})


def _over(before: datetime) -> Iterable[Thing]:
    """The question, lists and letters of a process that is over: on the day its rooms go."""
    over = Process.objects.unrestricted(_WHY).filter(ended_at__isnull=False, rooms_go_on__isnull=False)
    held = {
        *QuestionVersion.objects.unrestricted(_WHY)
        .order_by()
        .values_list("process_id", flat=True)
        .distinct(),
        *Letter.objects.unrestricted(_WHY).order_by().values_list("process_id", flat=True).distinct(),
        *WhoToAsk.objects.unrestricted(_WHY).order_by().values_list("process_id", flat=True).distinct(),
        *Invitee.objects.unrestricted(_WHY).order_by().values_list("process_id", flat=True).distinct(),
    }
    return [
        Thing(key=f"prepared-{pk}", since=ended_at, process_id=pk, due_on=day)
        for pk, ended_at, day in over.values_list("pk", "ended_at", "rooms_go_on")
        if pk in held and ended_at is not None
    ]


def _remove_prepared(things: list[Thing]) -> Went:
    wanted = [thing.process_id for thing in things if thing.process_id is not None]
    process = Process.objects.unrestricted(_WHY).filter(pk__in=wanted).select_for_update().first()
    if process is None or process.ended_at is None or process.rooms_go_on is None:
        return Went()
    if process.rooms_go_on > clock.today():
        return Went()
    closing = closings.held(process.pk)
    if closing is not None:
        closings.has_begun(closing)
    counts: dict[str, int] = {}
    keys = list(
        Invitee.objects.unrestricted(_WHY).filter(process=process).values_list("sealed_by", flat=True)
    )
    for model in (Invitee, TakingPart, Household, Proposal, Letter, QuestionVersion, WhoToAsk):
        rows = list(model.objects.unrestricted(_WHY).filter(process=process))
        counts[model._meta.model_name or ""] = len(rows)
        for row in rows:
            row.delete()
    return Went(counts, tuple(keys))
