"""The board as it is shown: what was said, where it stands, and what happened, in as few queries whatever the length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import Role
from langbord.base import clock
from langbord.base.dates import written
from langbord.people.models import Person
from langbord.processes.querysets import NAMELESS
from langbord.rooms.models import Piece
from langbord.vault import preload_for
from langbord.vault.fields import Unopenable

from . import rules
from .enums import Source, State, StepKind
from .models import Case, Step, Taker, Task

PAGE = 20
SHORT = 280
"""Letters of a quotation or a reason in a list; the whole is on the page of the case."""

LOOKS = {
    State.IN_USE: "done",
    State.DO: "trying",
    State.TRY: "trying",
    State.NOT_OURS: "wait",
    State.WAITING: "wait",
    State.NOT_NOW: "plain",
}


@dataclass(frozen=True)
class Trail:
    """One step of a case, ready to be shown. `words` is empty when there are none or they were taken back."""

    step: Step
    words: str
    by: str
    responder: str
    sent_to: str
    taken_back: bool
    edited_at: datetime | None

    @property
    def kind(self) -> str:
        return self.step.kind

    @property
    def at(self) -> datetime:
        return self.step.at

    @property
    def promised_on(self) -> date | None:
        return self.step.promised_on

    @property
    def promised_day(self) -> str:
        return as_day(self.step.promised_on)

    @property
    def look(self) -> str:
        return LOOKS.get(self.step.kind, "plain")  # type: ignore[call-overload, no-any-return]

    @property
    def label(self) -> str:
        return str(StepKind(self.step.kind).label)


@dataclass(frozen=True)
class CaseLine:
    """A case in a list. `last` is the answer or use that decided its state; `came_back` what came later from outside."""

    case: Case
    slug: str
    process_name: str
    said: str
    name: str
    responder: str
    last: Trail | None = None
    came_back: Trail | None = None

    @property
    def piece(self) -> Piece:
        return self.case.piece

    @property
    def gone(self) -> bool:
        return self.case.words_taken_back

    @property
    def short(self) -> str:
        return shortened(self.said)

    @property
    def state(self) -> str:
        return self.case.state

    @property
    def label(self) -> str:
        return str(State(self.case.state).label)

    @property
    def look(self) -> str:
        return LOOKS[State(self.case.state)]

    @property
    def source(self) -> str:
        return str(Source(self.case.source).label)

    @property
    def late(self) -> bool:
        return self.case.is_late and not self.gone

    @property
    def promised_day(self) -> str:
        return as_day(self.case.promised_on)

    @property
    def process_id(self) -> UUID:
        return self.case.process_id

    @property
    def happened(self) -> str:
        """The words of what happened last, shortened."""
        told = self.came_back or self.last
        return shortened(told.words) if told is not None else ""


@dataclass(frozen=True)
class TaskLine:
    """A shared task with the first names of those who have taken it. No one's tasks are counted."""

    task: Task
    slug: str
    words: str
    by: str
    takers: list[str] = field(default_factory=list)
    mine: bool = False

    @property
    def piece(self) -> Piece:
        return self.task.piece


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: what they answer for, and (for a coordinator) what nobody answers for yet."""

    mine: list[CaseLine]
    nobodys: list[CaseLine]

    @property
    def late(self) -> list[CaseLine]:
        return [line for line in self.mine if line.late]

    def __bool__(self) -> bool:
        return bool(self.mine or self.nobodys)


def shortened(text: str, limit: int = SHORT) -> str:
    """The beginning of a text, cut between words, on one line."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" .,;:–-") + " …"


def as_day(on: date | None) -> str:
    """A promised day, short enough for a tag: 27. november (with the year when it is another one)."""
    if on is None:
        return ""
    return written(on, "j. F" if on.year == clock.today().year else "j. F Y")


def name_of(person: Person | None) -> str:
    """First name or alias; empty for somebody whose name can't be opened any more."""
    if person is None or isinstance(person.name, Unopenable):
        return ""
    return person.shown_name


def is_nameless(actor: Actor, process_id: UUID) -> bool:
    """Leaders and researchers do not learn who said what, nor who has taken a task: only who answers."""
    return actor.roles_in(process_id) <= NAMELESS


def lines_of(
    actor: Actor, cases: Sequence[Case], steps: Iterable[Step] | None = None, also: Iterable[Any] = ()
) -> list[CaseLine]:
    """Ready for a list. One query for the steps (unless given) and one for the keys. `also`: more that the page will
    open, so that its keys come in the same query."""
    if not cases:
        preload_for(list(also))
        return []
    if steps is None:
        steps = Step.objects.visible_to(actor).of(cases).telling().words_only()
    by_case: dict[UUID, list[Step]] = defaultdict(list)
    for step in steps:
        by_case[step.case_id].append(step)
    told = {case.pk: _told(by_case[case.pk]) for case in cases}
    _preload(cases, [step for pair in told.values() for step in pair if step is not None], also, named=False)
    places = {s.process_id: s for s in actor.sittings}
    lines = []
    for case in cases:
        last, came_back = told[case.pk]
        place = places.get(case.process_id)
        lines.append(
            CaseLine(
                case=case,
                slug=place.process_slug if place else "",
                process_name=place.process_name if place else "",
                said=str(case.piece.body),
                name=name_of(case.piece.author)
                if case.piece.signed and not is_nameless(actor, case.process_id)
                else "",
                responder=name_of(case.responder),
                last=_trail(actor, last, case.process_id, named=False) if last else None,
                came_back=_trail(actor, came_back, case.process_id, named=False) if came_back else None,
            )
        )
    return lines


def _told(steps: list[Step]) -> tuple[Step | None, Step | None]:
    """The settling step that counts, and what came back after it."""
    last = next((s for s in reversed(steps) if s.kind in LOOKS), None)
    back = next((s for s in reversed(steps) if s.kind == StepKind.CAME_BACK), None)
    if last is None or back is None or last.kind != StepKind.NOT_OURS or back.at < last.at:
        return last, None
    return last, back


def trail_of(actor: Actor, case: Case) -> tuple[CaseLine, list[Trail]]:
    """The case with everything that happened to it, in time. Two queries and one for the keys."""
    steps = list(Step.objects.visible_to(actor).of([case]))
    _preload([case], steps)
    line = lines_of(actor, [case], [s for s in steps if s.kind not in (StepKind.PROMISE, StepKind.COMMENT)])[
        0
    ]
    trail = [_trail(actor, step, case.process_id) for step in steps]
    # A comment whose author took it back leaves nothing; an answer leaves its date.
    return line, [t for t in trail if t.kind != StepKind.COMMENT or not t.taken_back]


def _trail(actor: Actor, step: Step, process_id: UUID, *, named: bool = True) -> Trail:
    """`named`: with the names of those who wrote and promised, which the lists do not show."""
    shown = rules.shows_words(actor, step.words)
    return Trail(
        step=step,
        words=str(step.words.body) if shown and step.words is not None else "",
        by=name_of(step.by)
        if named and not (step.kind == StepKind.COMMENT and is_nameless(actor, process_id))
        else "",
        responder=name_of(step.responder) if named else "",
        sent_to=str(step.sent_to or "") if step.kind == StepKind.NOT_OURS else "",
        taken_back=not shown and step.kind != StepKind.PROMISE,
        edited_at=step.words.edited_at if shown and step.words is not None else None,
    )


def sealed_in(cases: Iterable[Case]) -> list[Any]:
    """What must be opened to show these cases in a list."""
    sealed: list[Any] = []
    for case in cases:
        sealed += [case.piece, case.responder, case.piece.author if case.piece.signed else None]
    return [row for row in sealed if row is not None]


def _preload(
    cases: Iterable[Case], steps: Iterable[Step] = (), more: Iterable[Any] = (), *, named: bool = True
) -> None:
    """The keys of everything that will be opened, in one query."""
    sealed: list[Any] = [*more, *sealed_in(cases)]
    for step in steps:
        sealed += [step, step.words, *((step.by, step.responder) if named else ())]
    preload_for([row for row in sealed if row is not None])


def tasks_of(actor: Actor, process_id: UUID, case: Case | None = None) -> list[TaskLine]:
    """The shared tasks of a process (or of one case). Two queries and one for the keys."""
    found = Task.objects.visible_to(actor).filter(process_id=process_id).as_laid()
    tasks = list(found.filter(case=case) if case is not None else found)
    if not tasks:
        return []
    takers: dict[UUID, list[Taker]] = defaultdict(list)
    for taker in Taker.objects.visible_to(actor).filter(task__in=tasks):
        takers[taker.task_id].append(taker)
    people = [taker.person for rows in takers.values() for taker in rows]
    _preload([], more=[*(t.piece for t in tasks), *(t.piece.author for t in tasks), *people])
    nameless = is_nameless(actor, process_id)
    return [
        TaskLine(
            task=task,
            slug=actor.slug_of(task.process_id),
            words=str(task.piece.body),
            by="" if nameless else name_of(task.piece.author),
            takers=_taken_by(actor, takers[task.pk], nameless),
            mine=any(t.person_id == actor.person_id for t in takers[task.pk]),
        )
        for task in tasks
    ]


def _taken_by(actor: Actor, takers: list[Taker], nameless: bool) -> list[str]:
    """First names; for whoever is not told names only their own, and that there is somebody."""
    told = [t for t in takers if not nameless or t.person_id == actor.person_id]
    names = [name for t in told if (name := name_of(t.person))]
    return names if len(told) == len(takers) else [*names, _("noen ved bordet")]


@dataclass(frozen=True)
class Board:
    """A part of the board: what is shown of it, and whether there is more."""

    lines: list[CaseLine]
    more: bool


def board(
    actor: Actor,
    process_id: UUID,
    *,
    side: str = "",
    state: str = "",
    text: str = "",
    show: int | None = PAGE,
) -> Board:
    """The board of a process, narrowed down. `show`: how many cases (None: all, for paper).

    Sealed words are never searched in SQL: with `text` the cases of this one process are opened and read here.
    """
    cases = Case.objects.visible_to(actor).filter(process_id=process_id).as_laid()
    if side:
        cases = cases.filter(side=side)
    if state:
        cases = cases.filter(state=state)
    if text.strip():
        found = _containing(text, lines_of(actor, list(cases)))
        return Board(found[:show], more=show is not None and len(found) > show)
    if show is None:
        return Board(lines_of(actor, list(cases)), more=False)
    rows = list(cases[: show + 1])
    return Board(lines_of(actor, rows[:show]), more=len(rows) > show)


def _containing(text: str, lines: list[CaseLine]) -> list[CaseLine]:
    words = text.casefold().split()
    return [line for line in lines if all(word in _searched(line) for word in words)]


def _searched(line: CaseLine) -> str:
    parts = [line.said, line.name, line.responder]
    for told in (line.last, line.came_back):
        if told is not None:
            parts += [told.words, told.sent_to]
    return " ".join(parts).casefold()


def latest_cases(
    actor: Actor, process_ids: Iterable[UUID], limit: int = 3, also: Iterable[Any] = ()
) -> list[CaseLine]:
    """The latest `limit` cases of each of these processes, latest first. Three queries whatever the number. `also`: see
    `lines_of`."""
    wanted = [pk for pk in process_ids if pk in actor.process_ids]
    if not wanted:
        preload_for(list(also))
        return []
    cases = Case.objects.visible_to(actor).still_said()
    if len(wanted) == 1:  # the usual case, and the cheaper question
        found = cases.filter(process_id=wanted[0]).order_by("-state_at", "pk")[:limit]
    else:
        found = cases.filter(process_id__in=wanted).latest_in_each(limit)
    return lines_of(actor, list(found), also=also)


def promises_of(actor: Actor) -> list[CaseLine]:
    """The cases this person answers for, over their processes: what waits first, the earliest date first (so what is
    late comes on top), then what they have answered."""
    cases = Case.objects.visible_to(actor).still_said().filter(responder_id=actor.person_id)
    return lines_of(actor, list(cases.soonest_first()))


def waiting_cases(actor: Actor) -> list[Case]:
    """The cases that wait for this person on the boards they read. One query."""
    if actor.person_id is None:
        return []
    coordinated = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]
    return list(Case.objects.visible_to(actor).waiting_for(actor.person_id, coordinated).soonest_first())


def waiting_for(actor: Actor, cases: Sequence[Case] | None = None) -> Waiting:
    """What waits for this person, ready to be shown. `cases`: fetched already, with `waiting_cases`. One query for the
    keys that are not there yet."""
    lines = lines_of(actor, waiting_cases(actor) if cases is None else cases, steps=())
    mine = [line for line in lines if line.case.responder_id == actor.person_id]
    return Waiting(mine=mine, nobodys=[line for line in lines if line.case.responder_id is None])


def case_on(actor: Actor, piece_id: UUID) -> Case | None:
    """The case that stands on a piece of the board, if this actor sees it."""
    return Case.objects.visible_to(actor).filter(piece_id=piece_id).first()
