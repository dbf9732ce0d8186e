"""The adult's side: which young people one answers for, and what one has answered oneself. Never what they answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.vault import preload_for

from . import asking, shown, texts
from .asking import Said
from .enums import By, Purpose
from .models import Guardianship


@dataclass(frozen=True)
class Child:
    """A young person one answers for, in one process."""

    guardianship: Guardianship
    name: str
    process_id: UUID
    process_name: str


@dataclass(frozen=True)
class OwnAnswer:
    """What the adult has answered to one purpose."""

    purpose: str
    title: str
    said: Said
    words: str
    has_text: bool
    once: UUID = field(default_factory=uuid4)

    @property
    def may_take_back(self) -> bool:
        return self.said in (Said.YES, Said.STALE)

    @property
    def tone(self) -> str:
        return {Said.YES: "done", Said.NO: "plain"}.get(self.said, "wait")


def children_of(actor: Actor) -> list[Child]:
    """Those one answers for now. One query, and the keys of their names."""
    if actor.person_id is None:
        return []
    rows = list(Guardianship.objects.visible_to(actor).guarded_by(actor.person_id).with_people())
    preload_for([g.record.person for g in rows])
    return [as_child(g) for g in rows]


def as_child(guardianship: Guardianship) -> Child:
    record = guardianship.record
    return Child(guardianship, record.person.shown_name, record.process_id, record.process.name)


def answers(child: Child) -> list[OwnAnswer]:
    """One's own answers for a young person, to all that the process uses. Two queries."""
    off = asking.purposes_off(child.process_id)
    rows = asking.rows_of_record(child.guardianship.record_id)
    made = []
    for purpose in Purpose:
        if purpose in off:
            continue
        said, row = asking.said_by(purpose, rows, By.GUARDIAN, child.guardianship.pk)
        made.append(
            OwnAnswer(
                purpose=purpose,
                title=shown.title(purpose),
                said=said,
                words=_words(said, shown.day(row.at) if row is not None else ""),
                has_text=texts.notice(purpose, shown.language()) is not None,
            )
        )
    return made


def _words(said: Said, day: str) -> str:
    match said:
        case Said.YES:
            return _("Du sa ja %(day)s.") % {"day": day}
        case Said.NO:
            return _("Du sa nei %(day)s.") % {"day": day}
        case Said.STALE:
            return _("Vi spør deg på nytt. Til du svarer, er det et nei.")
    return _("Du har ikke svart ennå.")
