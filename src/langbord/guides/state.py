"""Where each point stands in a process, worked out from what was said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from langbord.access.actor import Actor
from langbord.base import clock
from langbord.library import content
from langbord.people.models import Person

from .enums import Standing, StepKind
from .models import PointStep

LATER = timedelta(days=14)
"""So long a point stays off the desk when somebody says «not just now»."""


@dataclass
class PointState:
    """What counts now about one point. `steps`: all that was said, in order."""

    key: str
    carrier: Person | None = None
    talk_on: date | None = None
    talked_at: datetime | None = None
    aside: PointStep | None = None
    later_until: datetime | None = None
    updated_at: datetime | None = None
    steps: list[PointStep] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        if self.aside is not None:
            return Standing.ASIDE
        if self.talked_at is not None:
            return Standing.TALKED
        if self.talk_on is not None:
            return Standing.PLANNED
        return Standing.CARRIED if self.carrier is not None else Standing.OPEN

    @property
    def is_settled(self) -> bool:
        """Talked about, or set aside: nothing waits."""
        return self.standing in (Standing.TALKED, Standing.ASIDE)

    @property
    def is_due(self) -> bool:
        """The day on which they would talk about it has come, and nobody has said that they did."""
        return not self.is_settled and self.talk_on is not None and self.talk_on <= clock.today()

    @property
    def waits(self) -> bool:
        """Somebody has said «not just now», and the time is not out."""
        return self.later_until is not None and self.later_until > clock.now()

    def take(self, step: PointStep) -> None:
        """One more thing that was said."""
        self.steps.append(step)
        match step.kind:
            case StepKind.CARRIED:
                self.carrier = step.carrier
            case StepKind.DATED:
                self.talk_on = step.on
                if step.on is not None:
                    self.talked_at = None
            case StepKind.TALKED:
                self.talked_at, self.aside = step.at, None
            case StepKind.ASIDE:
                self.aside = step
            case StepKind.AGAIN:
                self.aside, self.talked_at, self.talk_on = None, None, None
            case StepKind.LATER:
                self.later_until = step.at + LATER
            case StepKind.UPDATED:
                self.updated_at = step.at


def states(actor: Actor, process_id: UUID) -> dict[str, PointState]:
    """The state of every point of which something was said, by its key. One query."""
    steps = PointStep.objects.visible_to(actor).with_people().filter(process_id=process_id)
    return worked_out(steps.sorted_here("at", "pk"))


def state_of(actor: Actor, process_id: UUID, key: str) -> PointState:
    """The state of one point. One query."""
    steps = PointStep.objects.visible_to(actor).with_people().filter(process_id=process_id, point=key)
    return worked_out(steps).get(key, PointState(key))


def worked_out(steps: Iterable[PointStep]) -> dict[str, PointState]:
    found: dict[str, PointState] = {}
    for step in steps:
        found.setdefault(step.point, PointState(step.point)).take(step)
    return found


@dataclass(frozen=True)
class Next:
    """The one thing that the desk shows. `why` is a key of `WHY` in views."""

    point: content.Point
    why: str


def next_thing(held: dict[str, PointState], points: Iterable[content.Point]) -> Next | None:
    """One at a time: a talk whose day has come, then what is needed before one invites and nobody carries, then what
    somebody carries without a day, then the next point of the guide. None when all is talked about or put off."""
    waiting = [
        (point, state)
        for point in points
        if not (state := held.get(point.key) or PointState(point.key)).is_settled and not state.waits
    ]
    for why, fits in _ORDER:
        for point, state in waiting:
            if fits(point, state):
                return Next(point, why)
    return None


Fits = Callable[[content.Point, PointState], bool]

_ORDER: tuple[tuple[str, Fits], ...] = (
    ("due", lambda point, state: state.is_due),
    (
        "needed",
        lambda point, state: point.needed_for == "inviting" and not state.carrier and not state.talk_on,
    ),
    ("undated", lambda point, state: state.carrier is not None and state.talk_on is None),
    ("next", lambda point, state: state.standing == Standing.OPEN),
)
