"""What paper and voice have in common: writing down what somebody answered, on their behalf.

An answer that the person gave later, in another way, always counts: a sheet that was signed before does not overrule it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Person

from .. import actions, ledger
from ..enums import By, EventKind, Method
from ..models import ConsentEvent, ConsentRecord, Guardianship
from ..texts import Notice
from . import rules
from .models import Sheet

RESEARCH_BY_HOST = _(
    "Verten i gruppa må skrive inn et ja til forskning, eller personen må svare selv på skjermen."
)
_LATEST = "what this party answered last, before something is written down for them"


class Answer:
    """What stood in a form, for one purpose."""

    YES = "yes"
    NO = "no"
    NONE = "none"


def write_down(
    *,
    actor: Actor,
    person: Person,
    process_id: UUID,
    answers: Iterable[tuple[Notice, str]],
    method: str,
    once: UUID,
    language: str,
    guardianship: Guardianship | None = None,
    witness: str = "",
    takes_back: frozenset[str] = frozenset(),
) -> list[ConsentEvent]:
    """Add what somebody answered, one event for each text; the caller holds a transaction.

    *Not answered* adds that they were asked; for the purposes in `takes_back`, where a yes was keyed in by a slip, it
    takes that back. NotAllowed for whoever may not ask this person, NotNow for a yes that would open more than they read
    themself, ProcessClosed for a yes in a process that is over.
    """
    if not rules.may_ask(actor, process_id, person.pk):
        raise NotAllowed()
    answers = list(answers)
    said_yes = {notice.purpose for notice, answer in answers if answer == Answer.YES}
    if not rules.may_write_yes(actor, process_id, person.pk, said_yes):
        raise NotNow(RESEARCH_BY_HOST)
    if any(answer == Answer.YES for _notice, answer in answers):
        actor.must_be_open(process_id)
    record = ledger.open_head(person, process_id, language)
    by = By.SELF if guardianship is None else By.GUARDIAN
    written = []
    for notice, answer in answers:
        event_id = uuid5(once, notice.purpose)
        if answer == Answer.NONE:
            event: ConsentEvent | None = None
            if notice.purpose in takes_back:
                event = actions.take_back(
                    record=record,
                    actor=actor,
                    purpose=notice.purpose,
                    by=by,
                    method=method,
                    guardianship=guardianship,
                    witness=witness,
                    event_id=event_id,
                )
            elif latest(record, notice.purpose, guardianship.pk if guardianship else None) is None:
                event = ledger.append(
                    record=record,
                    actor=actor,
                    purpose=notice.purpose,
                    kind=EventKind.ASKED,
                    notice=notice,
                    by=by,
                    method=method,
                    guardianship=guardianship,
                    event_id=event_id,
                )
        else:
            event = actions.give(
                record=record,
                actor=actor,
                purpose=notice.purpose,
                yes=answer == Answer.YES,
                notice=notice,
                by=by,
                method=method,
                guardianship=guardianship,
                witness=witness,
                event_id=event_id,
            )
        if event is not None:
            written.append(event)
    return written


def latest(record: ConsentRecord | None, purpose: str, guardianship_id: UUID | None) -> ConsentEvent | None:
    """This party's latest answer; being asked is none."""
    if record is None:
        return None
    found = ConsentEvent.objects.unrestricted(_LATEST).of_record(record.pk).filter(purpose=purpose)
    found = (
        found.filter(guardianship_id=guardianship_id)
        if guardianship_id is not None
        else found.filter(guardianship_id__isnull=True)
    )
    return found.exclude(kind__in=[EventKind.ASKED, EventKind.EXPIRED]).order_by("-number").first()


def answered_since(sheet: Sheet, purpose: str, signed_on: dt.date) -> dt.date | None:
    """The day on which the same party answered in another way, on or after the day the sheet was signed; None when the
    sheet is the latest. A correction of the sheet's own answers is not such a day."""
    record = ledger.head_of(sheet.person_id, sheet.process_id)
    found = latest(record, purpose, sheet.guardianship_id)
    if found is None:
        return None
    if found.method == Method.PAPER:
        others = Sheet.objects.unrestricted(_LATEST).filter(
            person_id=sheet.person_id, process_id=sheet.process_id, signed_on__gt=signed_on
        )
        days = [
            other.signed_on
            for other in others
            if other.pk != sheet.pk
            and other.guardianship_id == sheet.guardianship_id
            and other.signed_on is not None
            and _asks(other, purpose)
        ]
        return max(days, default=None)
    day = found.at.astimezone(clock.OSLO).date()
    return day if day >= signed_on else None


def _asks(sheet: Sheet, purpose: str) -> bool:
    return any(text[0] == purpose for text in sheet.texts)
