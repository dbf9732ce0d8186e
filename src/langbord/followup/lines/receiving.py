"""Received by the authority, as each person may be told: what I am asked, whether I may ask, what was taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from langbord.access.actor import Actor
from langbord.processes.models import Process
from langbord.vault import preload_for
from langbord.vault.fields import Unopenable

from .. import rules
from ..models import Asking, Case, Received
from ..receiving import AUTHORITIES, DAYS_TO_SAY_NO, authority_of
from .cases import CaseLine
from .words import is_nameless, name_of

Asked = tuple[str, UUID]
"""The slug of a process, and the id of the case that somebody asks about there."""


@dataclass(frozen=True)
class ReceivingPart:
    """On the page of a case. `on_record`: for everybody who reads the board. The rest only for those it concerns:
    `asking` is None for all others, and `waits` is the same whether nobody has answered or somebody said no."""

    on_record_at: datetime | None = None
    authority: str = ""
    is_municipality: bool = False
    copy_id: UUID | None = None
    may_ask: bool = False
    asking: Asking | None = None
    is_asked: bool = False
    hosts: bool = False
    own_answer: bool | None = None

    @property
    def waits(self) -> bool:
        """For those who asked."""
        return self.asking is not None and not self.is_asked and not self.hosts


def receiving_on(actor: Actor, case: Case, *, gone: bool) -> ReceivingPart:
    """Two queries at most, none of them for words."""
    if case.on_record_at is not None:
        organisation = (
            Process.objects.visible_to(actor).with_organisation().get(pk=case.process_id).organisation
        )
        copy = Received.objects.visible_to(actor).filter(case=case).values_list("pk", flat=True).first()
        return ReceivingPart(
            on_record_at=case.on_record_at,
            authority=organisation.name,
            is_municipality=organisation.kind == "municipality",
            copy_id=copy,
        )
    if gone:
        return ReceivingPart()
    asking = Asking.objects.visible_to(actor).with_answer_of(actor).filter(case=case).first()
    if asking is None:
        can = rules.may_ask(actor, case)
        return ReceivingPart(may_ask=can and authority_of(case.process_id) is not None)
    return ReceivingPart(
        asking=asking,
        is_asked=rules.is_asked(actor, asking),
        hosts=rules.may_record_agreement(actor, asking),
        own_answer=getattr(asking, "own_answer", None),
    )


def asked_in(lines: Iterable[CaseLine]) -> list[Asked]:
    """What waits for this person's own yes or no: one for each process, the oldest; the next comes when it is answered.
    From lines that were fetched with `asked` (see `latest_cases`); no query, no words."""
    found = {line.slug: getattr(line.case, "asks_me", None) for line in lines}
    return [(slug, case_id) for slug, case_id in found.items() if case_id is not None]


@dataclass(frozen=True)
class AskingLine:
    """An asking, for the one who is asked."""

    asking: Asking
    authority: str
    asks: str
    reason: str
    for_group: bool
    named: bool
    own_answer: bool | None
    agreed_until: datetime | None


def asking_line(actor: Actor, asking: Asking) -> AskingLine:
    """Ready to be shown. One query for the organisation and one for the keys."""
    organisation = authority_of(asking.case.process_id)
    preload_for([row for row in (asking, asking.asked_by, asking.case.piece) if row is not None])
    return AskingLine(
        asking=asking,
        authority=organisation.name if organisation is not None else "",
        asks=name_of(asking.asked_by),
        reason="" if isinstance(asking.reason, Unopenable) else str(asking.reason),
        for_group=asking.room_id is not None,
        named=asking.case.piece.signed and asking.room_id is None,
        own_answer=getattr(asking, "own_answer", None),
        agreed_until=asking.agreed_at + DAYS_TO_SAY_NO if asking.agreed_at is not None else None,
    )


@dataclass(frozen=True)
class ReceivedLine:
    """A received thing for somebody who reads the copy. `name` is left out for those who learn no names here."""

    received: Received
    words: str
    said_by: str
    asked_by: str
    reason: str
    reference: str
    authority: str

    @property
    def is_municipality(self) -> bool:
        return self.received.organisation.kind in AUTHORITIES - {"state"}


def received_line(actor: Actor, row: Received) -> ReceivedLine:
    """The keys must have been fetched before (one for the organisation)."""
    hides = row.process_id is not None and is_nameless(actor, row.process_id)
    return ReceivedLine(
        received=row,
        words=str(row.body),
        said_by="" if hides else str(row.said_by),
        asked_by=str(row.asked_by_name),
        reason=str(row.reason),
        reference=str(row.archive_reference),
        authority=row.organisation.name,
    )
