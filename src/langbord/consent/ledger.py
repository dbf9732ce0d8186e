"""Heads and chains: how an event comes to be, and how one sees that nobody has meddled with it.

Called by actions that have checked who may; checks nothing about rights itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.people.models import Person
from langbord.processes.models import Process
from langbord.vault import keys

from . import texts
from .enums import AgeBand, By, EventKind, Method
from .models import BEGINNING, ConsentEvent, ConsentRecord, Guardianship, NoticeText, Witness
from .texts import Notice

_AGAIN = "a second click makes nothing new"
_HEAD = "the head of a person's own chain"
_WHOLE = "is the chain whole?"
_AT_A_TIME = 200


def head_of(person_id: UUID, process_id: UUID) -> ConsentRecord | None:
    """The person's head in the process, if there is one."""
    return (
        ConsentRecord.objects.unrestricted(_HEAD).filter(person_id=person_id, process_id=process_id).first()
    )


def open_head(person: Person, process_id: UUID, language: str) -> ConsentRecord:
    """The person's head in the process, made if there is none. The age band comes along from another process."""
    found = head_of(person.pk, process_id)
    if found is not None:
        return found
    process = Process.objects.unrestricted("who answers for the process").get(pk=process_id)
    bands = ConsentRecord.objects.unrestricted(_HEAD).filter(person_id=person.pk).exclude(age_band="")
    band = bands.order_by("-made_at").values_list("age_band", flat=True).first()
    try:
        with transaction.atomic():
            return ConsentRecord.objects.create(
                person=person,
                process_id=process_id,
                controller_id=process.organisation_id,
                language=language,
                age_band=band or AgeBand.UNKNOWN,
                made_at=clock.now(),
            )
    except IntegrityError:  # the same click, twice at once
        return ConsentRecord.objects.unrestricted(_HEAD).get(person_id=person.pk, process_id=process_id)


def append(
    *,
    record: ConsentRecord,
    actor: Actor | None,
    purpose: str,
    kind: str,
    notice: Notice,
    by: str = By.SELF,
    method: str = Method.SCREEN,
    guardianship: Guardianship | None = None,
    witness: str = "",
    event_id: UUID | None = None,
) -> ConsentEvent:
    """Add an event to the end of the chain. The log is told that something changed, never what was answered to what.

    Must run in a transaction. A second call with the same `event_id` gives back what the first made; NotAllowed when the
    id is somebody else's, or says something else. Side effect: the text is kept under its hash.
    """
    held = ConsentRecord.objects.unrestricted(_HEAD).select_for_update().get(pk=record.pk)
    again = made_before(event_id, held, purpose, by)
    if again is not None:
        return again
    keep(notice)
    event = ConsentEvent(
        id=event_id or uuid4(),
        record=held,
        number=held.length + 1,
        purpose=purpose,
        kind=kind,
        at=clock.now(),
        method=method,
        by=by,
        guardianship_id=guardianship.pk if guardianship is not None else None,
        recorded_by=actor.person_id if actor is not None else None,
        age_band=held.age_band,
        notice_id=notice.purpose,
        notice_version=notice.version,
        notice_language=notice.language,
        notice_sha256=notice.sha256,
        previous_hash=held.head,
    )
    event.own_hash = event.computed_hash()
    event.save()
    if witness.strip():
        subject = subject_of(held.person_id)
        Witness.objects.create(event=event, sealed_by=subject, name=witness.strip())
    held.length, held.head = event.number, event.own_hash
    held.save(update_fields=["length", "head"])
    record.length, record.head = held.length, held.head
    events.record(
        actor.person_id if actor is not None else None,
        "consent.asked" if kind == EventKind.ASKED else "consent.changed",
        held,
        process_id=held.process_id,
    )
    return event


def subject_of(person_id: UUID) -> UUID:
    """Whose key seals what is written about this person. Side effect: the key is made if there is none."""
    people: Any = Person.objects.unrestricted("whose key seals the name of a witness")
    subject: UUID = people.values_list("sealed_by", flat=True).get(pk=person_id)
    keys.ensure(subject)
    return subject


def made_before(
    event_id: UUID | None, record: ConsentRecord, purpose: str, by: str = By.SELF
) -> ConsentEvent | None:
    """The event that an earlier, identical click made."""
    if event_id is None:
        return None
    found = ConsentEvent.objects.unrestricted(_AGAIN).filter(pk=event_id).first()
    if found is not None and (found.record_id, found.purpose, found.by) != (record.pk, purpose, by):
        raise NotAllowed()
    return found


def keep(notice: Notice) -> None:
    """Keep the text as it was shown, once."""
    NoticeText.objects.get_or_create(
        sha256=notice.sha256,
        defaults={
            "purpose": notice.purpose,
            "version": notice.version,
            "language": notice.language,
            "text": notice.text,
        },
    )


def kept_text(sha256: str) -> NoticeText | None:
    """The text somebody answered to, as it was."""
    return NoticeText.objects.filter(sha256=sha256).first()


_WRONG = {
    "number": "mangler, eller står på feil plass",
    "previous": "passer ikke til svaret før",
    "content": "er endret etterpå",
    "end": "og utover mangler, eller noe er føyd til uten å bli ført",
    "text": "viser til en tekst som mangler eller er endret",
}


@dataclass(frozen=True)
class Broken:
    """The first link of a chain that does not hold: its number (one more than the chain has, when the end is missing),
    and what is wrong: `number`, `previous`, `content`, `end` or `text`."""

    record_id: UUID
    number: int
    what: str

    @property
    def told(self) -> str:
        """In plain words for an operator. The id leads to a person for whoever has the database, and to nobody else."""
        return f"Samtykke {self.record_id}: svar nummer {self.number} {_WRONG[self.what]}."


def first_broken_link(record: ConsentRecord, chain: Sequence[ConsentEvent] | None = None) -> Broken | None:
    """Where the chain of this head breaks first; None when it is whole. One query, unless the events are given; one
    more for the kept texts."""
    if chain is None:
        chain = list(ConsentEvent.objects.unrestricted(_WHOLE).of_record(record.pk).in_order())
    return _first_broken(record, chain, kept_texts(chain))


def broken_links() -> tuple[int, list[Broken]]:
    """How many chains there are, and where each that does not hold breaks first. Some heads at a time: neither memory nor
    queries grow with a chain."""
    looked, found = 0, []
    heads = ConsentRecord.objects.unrestricted(_WHOLE).order_by("pk").iterator(chunk_size=_AT_A_TIME)
    while some := list(islice(heads, _AT_A_TIME)):
        events = ConsentEvent.objects.unrestricted(_WHOLE).filter(record_id__in=[head.pk for head in some])
        chains: dict[UUID, list[ConsentEvent]] = {head.pk: [] for head in some}
        for event in events.in_order():
            chains[event.record_id].append(event)
        kept = kept_texts(event for chain in chains.values() for event in chain)
        looked += len(some)
        found += [broken for head in some if (broken := _first_broken(head, chains[head.pk], kept))]
    return looked, found


def kept_texts(chain: Iterable[ConsentEvent]) -> dict[str, str]:
    """The texts that the events name, by their hash."""
    named = {event.notice_sha256 for event in chain}
    return dict(NoticeText.objects.filter(sha256__in=named).values_list("sha256", "text"))


def _first_broken(
    record: ConsentRecord, chain: Sequence[ConsentEvent], kept: dict[str, str]
) -> Broken | None:
    return first_broken_after(record, chain, kept, 0, BEGINNING)


def first_broken_after(
    record: ConsentRecord, chain: Sequence[ConsentEvent], kept: dict[str, str], length: int, previous: str
) -> Broken | None:
    """The same for the events that follow a link: its number, and its hash."""
    for place, event in enumerate(chain, start=length + 1):
        if event.number != place:
            return Broken(record.pk, place, "number")
        if event.previous_hash != previous:
            return Broken(record.pk, place, "previous")
        if event.computed_hash() != event.own_hash:
            return Broken(record.pk, place, "content")
        previous = event.own_hash
    if (length + len(chain), previous) != (record.length, record.head):
        return Broken(record.pk, length + len(chain) + 1, "end")
    for place, event in enumerate(chain, start=length + 1):
        text = kept.get(event.notice_sha256)
        if text is None or texts.sha256(text) != event.notice_sha256:
            return Broken(record.pk, place, "text")
    return None


def last_notice(record: ConsentRecord, purpose: str, by: str, guardianship_id: UUID | None) -> Notice | None:
    """The text of the party's latest answer: what is taken back is what was said yes to."""
    found = (
        ConsentEvent.objects.unrestricted("which text was answered?")
        .filter(record_id=record.pk, purpose=purpose, by=by, guardianship_id=guardianship_id)
        .exclude(kind=EventKind.ASKED)
        .order_by("-number")
        .values_list("notice_sha256", flat=True)
        .first()
    )
    kept = kept_text(found) if found else None
    return texts.restored(kept.purpose, kept.version, kept.language, kept.text) if kept else None
