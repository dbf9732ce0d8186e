"""Every write on the board: promises, answers, what came back, in use, comments, shared tasks.

All take `actor`, check again, and can be sent twice: the id of what is made comes with the form.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import SERVICE_SIDE, RoomKind
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.processes.models import Membership
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room
from langbord.vault import keys

from . import rules
from .enums import ANSWERS, SETTLING, StepKind
from .models import Case, Step, Taker, Task

DAYS_TO_ANSWER = 14
LONGEST_PROMISE = timedelta(days=366)
_AGAIN = "a second click makes nothing new"
_ON_THE_BOARD = frozenset({PieceKind.ANSWER, PieceKind.TASK, PieceKind.COMMENT})

SAY_WHY = _("Skriv hvorfor. Den som spurte, skal få vite grunnen.")
SAY_WHERE = _("Skriv hvor dere har sendt det, så alle vet hvem som bestemmer.")
GONE = _("Den som sa dette, har tatt ordene tilbake. Da er det ikke noe mer å svare på.")


def usual_promise() -> date:
    """Two weeks from today, Norwegian date."""
    return clock.today() + timedelta(days=DAYS_TO_ANSWER)


def write_on_board(
    *, actor: Actor, process_id: UUID, kind: str, text: str, piece_id: UUID | None = None
) -> Piece:
    """Write an answer, a task or a comment on the board, signed. (Everything else comes to it by being carried over.)"""
    board = rules.board_of(actor, process_id)
    if board is None or actor.subject is None or kind not in _ON_THE_BOARD:
        raise NotAllowed()
    actor.must_be_open(process_id)
    keys.ensure(actor.subject)
    now = clock.now()
    piece = Piece.objects.create(
        id=piece_id or uuid4(),
        process_id=process_id,
        room_id=board,
        author=actor.person,
        sealed_by=actor.subject,
        kind=kind,
        body=text,
        signed=True,
        created_at=now,
        shared_at=now,
    )
    events.record(actor.person_id, "piece.shared", piece, process_id=process_id)
    return piece


# -- promises


def assign(
    *,
    actor: Actor,
    case: Case,
    promised_on: date,
    responder_id: UUID | None = None,
    step_id: UUID | None = None,
) -> Step:
    """Say who answers, and by when. `responder_id` empty or one's own: taking it on oneself.

    NotNow when somebody else who is still here has taken it, or the date makes no sense.
    """
    if actor.person_id is None:
        raise NotAllowed()
    actor.must_be_open(case.process_id)
    chosen = responder_id or actor.person_id
    own, appoints = chosen == actor.person_id, rules.may_appoint(actor, case)
    if not (appoints or (own and rules.may_take_on(actor, case))):
        raise NotAllowed()
    with transaction.atomic():
        again = _again(step_id, actor, case, StepKind.PROMISE)
        if again is not None:
            return again
        _hold(case)
        if not own and not _answers_for_service(actor, case, chosen):
            raise NotNow(_("Denne personen er ikke med lenger, eller må ta den selv."))
        holder = case.responder_id
        if holder not in (None, actor.person_id) and not appoints and _is_here(case, holder):
            raise NotNow(_("Noen andre har allerede tatt den. Snakk med dem, eller med koordinatoren."))
        _check_date(promised_on)
        step = _add(actor, case, StepKind.PROMISE, step_id, responder_id=chosen, promised_on=promised_on)
        case.responder_id, case.promised_on = chosen, promised_on
        case.save(update_fields=["responder", "promised_on"])
        events.record(actor.person_id, "case.promised", case, process_id=case.process_id)
    return step


def candidates(actor: Actor, case: Case) -> list[Membership]:
    """Those whom the coordinator may appoint: all who answer for the service, oneself among them. One query."""
    if not rules.may_appoint(actor, case):
        return []
    seen: dict[UUID, Membership] = {}
    found = Membership.objects.visible_to(actor).current().with_person()
    for membership in found.filter(process_id=case.process_id, role__in=list(SERVICE_SIDE)).order_by(
        "started_at"
    ):
        seen.setdefault(membership.person_id, membership)
    return list(seen.values())


def _answers_for_service(actor: Actor, case: Case, person_id: UUID) -> bool:
    members = Membership.objects.visible_to(actor).current()
    return members.filter(
        process_id=case.process_id, person_id=person_id, role__in=list(SERVICE_SIDE)
    ).exists()


def _is_here(case: Case, person_id: UUID) -> bool:
    """Whether somebody still takes part on a side: a promise of one who left binds nobody."""
    members = Membership.objects.unrestricted("may somebody else take over what one who left had promised?")
    return (
        members.current()
        .filter(process_id=case.process_id, person_id=person_id, role__in=list(rules.ANSWERING))
        .exists()
    )


def _check_date(promised_on: date) -> None:
    today = clock.today()
    if promised_on < today:
        raise NotNow(_("Den dagen har vært. Velg en dag som kommer."))
    if promised_on > today + LONGEST_PROMISE:
        raise NotNow(_("Det er veldig lenge til. Velg en dag innen et år."))


# -- answers and what followed


def answer(
    *, actor: Actor, case: Case, kind: str, reason: str, sent_to: str = "", step_id: UUID | None = None
) -> Step:
    """Answer, always with a reason; one answer may follow another, and all of them stay to be seen.

    «Not ours to decide» says where it was sent. NotNow when the reason or the place is missing.
    """
    if kind not in ANSWERS or not rules.may_answer(actor, case):
        raise NotAllowed()
    if not reason.strip():
        raise NotNow(SAY_WHY)
    if kind == StepKind.NOT_OURS and not sent_to.strip():
        raise NotNow(SAY_WHERE)
    where = sent_to.strip() if kind == StepKind.NOT_OURS else ""
    return _say(actor, case, kind, reason, step_id, sent_to=where)


def tell_what_came_back(*, actor: Actor, case: Case, text: str, step_id: UUID | None = None) -> Step:
    """Tell what came back from where it was sent. Only of what was not ours to decide."""
    if not rules.may_answer(actor, case):
        raise NotAllowed()
    if not _has(case, StepKind.NOT_OURS):
        raise NotNow(_("Dette er ikke sendt til noen andre. Da er det ikke noe å vente på utenfra."))
    return _say(actor, case, StepKind.CAME_BACK, text, step_id)


def take_into_use(*, actor: Actor, case: Case, text: str, step_id: UUID | None = None) -> Step:
    """Say that something is in use now, and what. An idea is no innovation until it is used (Kobro and Bjørnerud 2021)."""
    if not rules.may_answer(actor, case):
        raise NotAllowed()
    if not _has(case, *ANSWERS):
        raise NotNow(_("Gi et svar først. Så kan du si fra når det er tatt i bruk."))
    return _say(actor, case, StepKind.IN_USE, text, step_id)


def comment(*, actor: Actor, case: Case, text: str, step_id: UUID | None = None) -> Step:
    """Anybody who reads the board may comment, under their own first name."""
    if not rules.can_view(actor, case) or not rules.may_write_on(actor, case.process_id):
        raise NotAllowed()
    return _say(actor, case, StepKind.COMMENT, text, step_id)


def _has(case: Case, *kinds: str) -> bool:
    steps = Step.objects.unrestricted("has this case been answered? nothing is shown")
    return steps.filter(case=case, kind__in=kinds).exists()


def _say(actor: Actor, case: Case, kind: str, text: str, step_id: UUID | None, **more: Any) -> Step:
    """A step with words. The right to say it was checked before."""
    if not text.strip():
        raise NotNow(_("Skriv noe først."))
    with transaction.atomic():
        again = _again(step_id, actor, case, kind)
        if again is not None:
            return again
        _hold(case)
        step_id = step_id or uuid4()
        words = write_on_board(
            actor=actor,
            process_id=case.process_id,
            kind=PieceKind.COMMENT if kind == StepKind.COMMENT else PieceKind.ANSWER,
            text=text.strip(),
            piece_id=step_id,
        )
        step = _add(actor, case, kind, step_id, words=words, **more)
        if kind in SETTLING:
            case.state, case.state_at = kind, step.at
            case.save(update_fields=["state", "state_at"])
        events.record(actor.person_id, f"case.{kind}", case, process_id=case.process_id)
    return step


def _add(actor: Actor, case: Case, kind: str, step_id: UUID | None, **facts: Any) -> Step:
    if actor.subject is None:
        raise NotAllowed()
    actor.must_be_open(case.process_id)
    return Step.objects.create(
        id=step_id or uuid4(),
        case=case,
        kind=kind,
        by=actor.person,
        sealed_by=actor.subject,
        at=clock.now(),
        **facts,
    )


def _again(step_id: UUID | None, actor: Actor, case: Case, kind: str) -> Step | None:
    """The step that an earlier, identical click made. An id that is somebody's or something else's is refused."""
    if step_id is None:
        return None
    found = Step.objects.unrestricted(_AGAIN).filter(pk=step_id).first()
    if found is None:
        if Piece.objects.unrestricted(_AGAIN).filter(pk=step_id).exists():
            raise NotAllowed()
        return None
    if found.by_id != actor.person_id or found.case_id != case.pk or found.kind != kind:
        raise NotAllowed()
    return found


def _hold(case: Case) -> None:
    """Bring the case up to date and hold its row until the end of the transaction. NotNow when its author took the
    words back in the meantime."""
    rows = Case.objects.unrestricted("the same row, held while it is written").select_for_update()
    now = rows.filter(pk=case.pk).still_said().first()
    if now is None:
        raise NotNow(GONE)
    for name in ("responder_id", "promised_on", "state", "state_at"):
        setattr(case, name, getattr(now, name))


# -- shared tasks


def propose_task(
    *, actor: Actor, process_id: UUID, text: str, case: Case | None = None, task_id: UUID | None = None
) -> Task:
    """Propose something to be done together. Anybody who reads the board may, and it belongs to nobody until taken."""
    if not rules.may_write_on(actor, process_id):
        raise NotAllowed()
    if case is not None and (case.process_id != process_id or not rules.can_view(actor, case)):
        raise NotAllowed()
    if not text.strip():
        raise NotNow(_("Skriv hva som skal gjøres."))
    with transaction.atomic():
        task_id = task_id or uuid4()
        again = Piece.objects.unrestricted(_AGAIN).filter(pk=task_id).first()
        if again is not None:
            task = Task.objects.unrestricted(_AGAIN).filter(piece=again).first()
            if task is None or again.author_id != actor.person_id or task.process_id != process_id:
                raise NotAllowed()
            return task
        piece = write_on_board(
            actor=actor, process_id=process_id, kind=PieceKind.TASK, text=text.strip(), piece_id=task_id
        )
        task = Task.objects.create(
            id=task_id, process_id=process_id, piece=piece, case=case, proposed_at=clock.now()
        )
        events.record(actor.person_id, "task.proposed", task, process_id=process_id)
    return task


def take_task(*, actor: Actor, task: Task) -> None:
    """Take a task because one wants to. Several may take the same."""
    _check_task(actor, task)
    if task.done_at is not None:
        raise NotNow(_("Den er allerede gjort."))
    _row, made = Taker.objects.unrestricted("one's own row").get_or_create(
        task=task, person=actor.person, defaults={"taken_at": clock.now()}
    )
    if made:
        events.record(actor.person_id, "task.taken", task, process_id=task.process_id)


def leave_task(*, actor: Actor, task: Task) -> None:
    """Let go of it again. No trace is kept of who let go, but for the log."""
    _check_task(actor, task)
    row = Taker.objects.unrestricted("one's own row").filter(task=task, person=actor.person).first()
    if row is not None:
        row.delete()
        events.record(actor.person_id, "task.left", task, process_id=task.process_id)


def finish_task(*, actor: Actor, task: Task, done: bool = True) -> None:
    """Say that it is done, or (`done=False`) that it was not after all."""
    _check_task(actor, task)
    if (task.done_at is not None) == done:
        return
    task.done_at, task.done_by = (clock.now(), actor.person) if done else (None, None)
    task.save(update_fields=["done_at", "done_by"])
    events.record(actor.person_id, "task.done" if done else "task.reopened", task, process_id=task.process_id)


def _check_task(actor: Actor, task: Task) -> None:
    if not rules.can_view(actor, task) or not rules.may_write_on(actor, task.process_id):
        raise NotAllowed()
    actor.must_be_open(task.process_id)


def board_room(actor: Actor, process_id: UUID) -> Room | None:
    """The board itself, for showing who reads it."""
    return Room.objects.visible_to(actor).filter(process_id=process_id, kind=RoomKind.BOARD).first()
