"""What waits for somebody, and what they have promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from langbord.access.actor import Actor
from langbord.access.enums import Role

from .. import rules
from ..enums import State
from ..models import Case
from ..querysets import is_late
from .cases import CaseLine, lines_of
from .words import as_day


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


@dataclass(frozen=True)
class Promised:
    """The answer that somebody owes first, in a line on Hjem."""

    on: date

    @property
    def late(self) -> bool:
        return is_late(State.WAITING, self.on)

    @property
    def promised_day(self) -> str:
        return as_day(self.on)


def promised_in(lines: Iterable[CaseLine]) -> Promised | None:
    """What this person owes an answer first, over their boards. From lines that were fetched with `asked` (see
    `latest_cases`); no query, no words."""
    days = [day for line in lines if (day := getattr(line.case, "promised_by_me", None)) is not None]
    return Promised(min(days)) if days else None


def promises_of(actor: Actor) -> list[CaseLine]:
    """The cases this person answers for, over their processes: what waits first, the earliest date first (so what is
    late comes on top), then what they have answered."""
    cases = Case.objects.visible_to(actor).still_said().filter(responder_id=actor.person_id)
    return lines_of(actor, list(cases.soonest_first()))


def waiting_cases(actor: Actor) -> list[Case]:
    """The cases that wait for this person on the boards they read, as `soonest_first` has them. One query; none for those
    who answer for nobody."""
    if not any(s.role in rules.ANSWERING for s in actor.sittings):
        return []
    coordinated = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]
    cases = (
        Case.objects.visible_to(actor)
        .waiting_for(actor.person_id, coordinated)
        .sorted_here("-state_at", "pk")
    )
    return sorted(cases, key=lambda case: case.promised_on or date.max)


def waiting_for(actor: Actor, cases: Sequence[Case] | None = None) -> Waiting:
    """What waits for this person, ready to be shown. `cases`: fetched already, with `waiting_cases`. One query for the
    keys that are not there yet."""
    lines = lines_of(actor, waiting_cases(actor) if cases is None else cases, steps=())
    mine = [line for line in lines if line.case.responder_id == actor.person_id]
    return Waiting(mine=mine, nobodys=[line for line in lines if line.case.responder_id is None])
