"""A case with where it stands and what happened to it, ready to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.base import clock
from langbord.rooms.models import Piece
from langbord.vault import preload_for

from .. import rules
from ..enums import SETTLING, Source, State, StepKind
from ..models import Case, Step
from .words import LOOKS, as_day, is_nameless, name_of, shortened


@dataclass(frozen=True)
class Trail:
    """One step of a case, ready to be shown. `words` is empty when there are none or they were taken back."""

    step: Step
    words: str
    by: str
    responder: str
    sent_to: str
    taken_back: bool
    held_back: bool
    edited_at: datetime | None
    over: bool = False
    """A promise that was kept, that another took the place of, or whose process is over: told as what was, not as what
    will come."""

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
    def day(self) -> str:
        """The day of the step, as it is written on paper: never today or tomorrow."""
        return as_day(self.step.at.astimezone(clock.OSLO).date())

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
    closed: bool = False
    """The process is over: what waits gets no answer."""

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
        """The words of what happened last, shortened; before what came back from outside, where it came from."""
        told = self.came_back or self.last
        words = shortened(told.words) if told is not None else ""
        if self.came_back is None or self.last is None or not self.last.sent_to:
            return words
        return " ".join(filter(None, (_("Sendt til %(where)s.") % {"where": self.last.sent_to}, words)))


def lines_of(
    actor: Actor, cases: Sequence[Case], steps: Iterable[Step] | None = None, also: Iterable[Any] = ()
) -> list[CaseLine]:
    """Ready for a list. One query for the steps (unless given) and one for the keys. `also`: more that the page will
    open, so that its keys come in the same query."""
    if not cases:
        preload_for(list(also))
        return []
    if steps is None:
        steps = Step.objects.visible_to(actor).of(cases).telling().words_only().sorted_here("at", "pk")
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
                closed=actor.is_closed(case.process_id),
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
    last = max((n for n, s in enumerate(steps) if s.kind in (StepKind.PROMISE, *SETTLING)), default=-1)
    trail = [
        _trail(actor, step, case.process_id, over=line.closed or n < last) for n, step in enumerate(steps)
    ]
    # A comment whose author took it back leaves nothing; an answer leaves its date.
    return line, [t for t in trail if t.kind != StepKind.COMMENT or not t.taken_back]


def _trail(actor: Actor, step: Step, process_id: UUID, *, named: bool = True, over: bool = False) -> Trail:
    """`named`: with the names of those who wrote and promised, which the lists do not show. `over`: a later step stands."""
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
        held_back=step.words is not None and step.words.hidden_at is not None,
        edited_at=step.words.edited_at if shown and step.words is not None else None,
        over=over and step.kind == StepKind.PROMISE,
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


def case_on(actor: Actor, piece_id: UUID) -> Case | None:
    """The case that stands on a piece of the board, if this actor sees it."""
    return Case.objects.visible_to(actor).filter(piece_id=piece_id).first()
