"""What each role may know of others' consents: the row *consents* of the walls, and nothing beside it.

Hosts learn what they must act on, about those they host. The coordinator learns yes or no per purpose, about those they
invite. A researcher learns of the research purposes, under pseudonyms. Nobody else learns anything, nor that there is
something to learn. Only yes, no, or not answered: never why, when, how, or what an adult beside somebody has said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, Role
from langbord.processes.models import Membership
from langbord.vault.lookup import digest

from .. import asking
from ..asking import State
from ..enums import HOST_PURPOSES, RESEARCH_PURPOSES, Purpose, Standing
from .querysets import ids_of_members, people_to_ask, with_names

ACTED_ON = HOST_PURPOSES | {Purpose.LATER}
"""Whom not to record, whom not to photograph, whom not to ring, whom to tell of later gatherings."""

SEES: dict[str, frozenset[Purpose]] = {
    Role.HOST: ACTED_ON,
    Role.DAILY_LEADER: ACTED_ON,
    Role.COORDINATOR: frozenset(Purpose),
    Role.RESEARCHER: RESEARCH_PURPOSES,
}
"""Role → the purposes about which it may know others' yes or no. A role that is not here learns nothing."""


class Answer(TextChoices):
    """All that is told of somebody's answer."""

    YES = "yes", _("Ja")
    NO = "no", _("Nei")
    NONE = "none", _("Ikke svart")


_TOLD = {Standing.YES: Answer.YES, Standing.NO: Answer.NO}


def told(state: State) -> Answer:
    """A yes only while it counts; what waits for anybody, or is asked again, is not answered."""
    return _TOLD.get(state.standing, Answer.NONE)


@dataclass(frozen=True)
class Line:
    """One person's answers, in the order of the table's purposes. `needs_sheet`: a text they said yes to has changed in
    substance, or ran out; `unasked`: they have answered nothing yet. membership: None under a pseudonym."""

    name: str
    answers: tuple[Answer, ...]
    membership: Membership | None = None
    needs_sheet: bool = False
    unasked: bool = False


@dataclass(frozen=True)
class Table:
    """Purposes across, people down. Purposes that the process does not use are left out."""

    purposes: tuple[Purpose, ...]
    lines: tuple[Line, ...]

    @property
    def counts(self) -> list[tuple[Purpose, int, int]]:
        """Per purpose: how many say yes, and of how many."""
        return [
            (purpose, sum(line.answers[place] == Answer.YES for line in self.lines), len(self.lines))
            for place, purpose in enumerate(self.purposes)
        ]

    @property
    def need_sheets(self) -> list[Line]:
        return [line for line in self.lines if line.needs_sheet]

    @property
    def unasked(self) -> list[Line]:
        return [line for line in self.lines if line.unasked]


def hosts_citizens(actor: Actor, process_id: UUID) -> bool:
    """Hosts a citizens' room of the process, with a seat that the walls let in."""
    return any(
        actor.sits_in(room.id, *HOST_SIDE) and actor.may_read(room.id)
        for room in actor.rooms_in(process_id, *CITIZEN_ROOMS)
    )


def purposes_for(actor: Actor, process_id: UUID) -> frozenset[Purpose]:
    """The purposes about which this actor may know others' answers here, by name. Research is under pseudonyms."""
    seen: frozenset[Purpose] = frozenset()
    if hosts_citizens(actor, process_id):
        seen |= SEES[Role.HOST]
    if actor.has_role(process_id, Role.COORDINATOR):
        seen |= SEES[Role.COORDINATOR]
    return seen


def people(actor: Actor, process_id: UUID) -> list[Membership]:
    """Those whom this actor may ask, each once. One query."""
    found: dict[UUID, Membership] = {}
    for member in with_names(people_to_ask(actor, process_id)):
        found.setdefault(member.person_id, member)
    return list(found.values())


def table(actor: Actor, process_id: UUID, members: Iterable[Membership]) -> Table:
    """The answers of those whom one may ask (`people`), for the purposes that one may know. Three queries."""
    members = list(members)
    seen = purposes_for(actor, process_id)
    states = asking.states_of_people(process_id, [m.person_id for m in members], Purpose)
    purposes = _used(states.values(), seen)
    lines = [
        Line(
            name=member.person.shown_name,
            answers=tuple(told(states[member.person_id][p]) for p in purposes),
            membership=member,
            needs_sheet=any(s.standing == Standing.ASK_AGAIN for s in states[member.person_id].values()),
            unasked=not any(s.asked or s.since for s in states[member.person_id].values()),
        )
        for member in members
    ]
    return Table(purposes, tuple(sorted(lines, key=lambda line: line.name.casefold())))


def research_table(actor: Actor, process_id: UUID) -> Table | None:
    """Research purposes under pseudonyms, of those who have answered; None for whoever does not research here. Sorted by
    pseudonym, so that the order tells nothing. Four queries."""
    if not actor.has_role(process_id, Role.RESEARCHER):
        return None
    ids = [pk for pk in ids_of_members(process_id) if pk != actor.person_id]
    states = asking.states_of_people(process_id, ids, sorted(SEES[Role.RESEARCHER]))
    purposes = _used(states.values(), SEES[Role.RESEARCHER])
    lines = []
    for person_id in ids:
        answers = tuple(told(states[person_id][p]) for p in purposes)
        if any(answer != Answer.NONE for answer in answers):
            lines.append(Line(name=pseudonym(person_id, process_id), answers=answers))
    return Table(purposes, tuple(sorted(lines, key=lambda line: line.name)))


def _used(states: Iterable[dict[Purpose, State]], seen: frozenset[Purpose]) -> tuple[Purpose, ...]:
    used = {p for own in states for p, state in own.items() if state.standing != Standing.NOT_HERE}
    return tuple(p for p in Purpose if p in seen and p in used)


def pseudonym(person_id: UUID, process_id: UUID) -> str:
    """Four letters that stand for a person in one process. Made with a key, so that no list of persons undoes it."""
    sealed = digest("pseudonym", f"{process_id}|{person_id}")
    number = int(hashlib.sha256(sealed.encode("ascii")).hexdigest()[:8], 16)
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    found = ""
    for _place in range(4):
        number, rest = divmod(number, len(letters))
        found += letters[rest]
    return found


WORTH_KNOWING = (Purpose.RECORDING, Purpose.PHOTO)
"""What whoever plans a gathering must know beforehand."""


def hints(actor: Actor, process_id: UUID, room_id: UUID, kind: str) -> dict[str, Answer]:
    """For a host who plans in a citizens' room: purpose → `NO` when somebody who sits there says no, `NONE` when somebody
    has not answered, `YES` when all say yes. Never who, and nothing for whoever does not host there. Four queries."""
    if kind not in CITIZEN_ROOMS or not actor.may_read(room_id) or not actor.sits_in(room_id, *HOST_SIDE):
        return {}
    sitting = Membership.objects.visible_to(actor).in_room(room_id, process_id, kind)
    ids = [
        pk
        for pk, role in sitting.values_list("person_id", "role")
        if role in CITIZEN_SIDE and pk != actor.person_id
    ]
    states = list(asking.states_of_people(process_id, ids, WORTH_KNOWING).values())
    found: dict[str, Answer] = {}
    for purpose in WORTH_KNOWING:
        if states and all(own[purpose].standing != Standing.NOT_HERE for own in states):
            answers = {told(own[purpose]) for own in states}
            found[purpose.value] = next(a for a in (Answer.NO, Answer.NONE, Answer.YES) if a in answers)
    return found
