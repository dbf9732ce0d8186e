"""Every write of a person's own: answering, taking back, saying later, the age band. And of the adult beside a child,
on the screen. Paper and voice are keyed in by hosts: `hosting/`. Adults are named in `guardians.py`.

All can be sent twice. What was answered is never changed, only added to.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.errors import NotAllowed, NotNow

from . import asking, ledger, restored, rules, telling, texts
from .asking import Said
from .enums import AgeBand, By, EventKind, Method, Purpose
from .models import ConsentEvent, ConsentRecord, Guardianship
from .texts import Notice

TEXT_CHANGED = _("Teksten ble endret mens du leste. Les den en gang til. Ingenting er lagret.")
NO_TEXT = _("Denne teksten finnes ikke på språket ditt ennå. Da spør vi deg ikke.")
NOT_USED = _("Dette spør vi ikke om her.")


def answer(
    *,
    actor: Actor,
    process_id: UUID,
    purpose: str,
    yes: bool,
    language: str = "nb",
    shown: str = "",
    event_id: UUID | None = None,
) -> ConsentEvent:
    """One's own yes or no, on the screen. A no after a yes takes it back; a yes after a yes that is asked again confirms.

    shown: the hash of the text that stood on the page; NotNow when it is another by now, when there is no text in this
    language, or the process does not use the purpose. The same answer twice adds nothing.
    """
    _may(actor, process_id, purpose)
    with transaction.atomic():
        notice = _text(process_id, purpose, language, shown)
        record = ledger.open_head(actor.person, process_id, language)
        return give(
            record=record,
            actor=actor,
            purpose=purpose,
            yes=yes,
            notice=notice,
            event_id=event_id,
        )


def withdraw(
    *, actor: Actor, process_id: UUID, purpose: str, event_id: UUID | None = None
) -> ConsentEvent | None:
    """Take one's own yes back, at once. Needs no text and asks for no reason; works in every language, also when the
    purpose is no longer used. None when there was no yes to take back."""
    _may(actor, process_id, purpose)
    with transaction.atomic():
        record = ledger.head_of(_me(actor), process_id)
        if record is None:
            return None
        return take_back(record=record, actor=actor, purpose=purpose, event_id=event_id)


def later(*, actor: Actor, process_id: UUID, purpose: str, language: str = "nb") -> None:
    """*Spør meg senere*: that one was asked, and nothing more. The home page is quiet about it from now on."""
    _may(actor, process_id, purpose)
    with transaction.atomic():
        notice = _text(process_id, purpose, language)
        record = ledger.open_head(actor.person, process_id, language)
        if not asking.state(_me(actor), purpose, process_id).asked:
            ledger.append(record=record, actor=actor, purpose=purpose, kind=EventKind.ASKED, notice=notice)


def say_age(*, actor: Actor, process_id: UUID, band: str, language: str = "nb") -> None:
    """One's own age band; it goes for all processes one takes part in. The log is told that it was said, not what."""
    if not rules.takes_part(actor, process_id) or band not in AgeBand.values or band == AgeBand.UNKNOWN:
        raise NotAllowed()
    with transaction.atomic():
        record = ledger.open_head(actor.person, process_id, language)
        mine = ConsentRecord.objects.visible_to(actor).exclude(age_band=band)
        if mine.update(age_band=band):
            events.record(_me(actor), "consent.age-said", record, process_id=process_id)
            for process in actor.process_ids:
                telling.all_that_is_gone(_me(actor), process)


# -- the adult beside


def answer_as_guardian(
    *,
    actor: Actor,
    guardianship: Guardianship,
    purpose: str,
    yes: bool,
    language: str = "nb",
    shown: str = "",
    event_id: UUID | None = None,
) -> ConsentEvent:
    """The adult's own yes or no beside the young person's, on the screen."""
    record, process_id = _beside(actor, guardianship)
    with transaction.atomic():
        notice = _text(process_id, purpose, language, shown)
        return give(
            record=record,
            actor=actor,
            purpose=purpose,
            yes=yes,
            notice=notice,
            by=By.GUARDIAN,
            guardianship=guardianship,
            event_id=event_id,
        )


def withdraw_as_guardian(
    *, actor: Actor, guardianship: Guardianship, purpose: str, event_id: UUID | None = None
) -> ConsentEvent | None:
    """The adult takes their yes back, at once: it is a no from then on, whatever the young person has said."""
    record, _process = _beside(actor, guardianship)
    with transaction.atomic():
        return take_back(
            record=record,
            actor=actor,
            purpose=purpose,
            by=By.GUARDIAN,
            guardianship=guardianship,
            event_id=event_id,
        )


def _beside(actor: Actor, guardianship: Guardianship) -> tuple[ConsentRecord, UUID]:
    record = ConsentRecord.objects.unrestricted("the young person's head, for the adult beside").get(
        pk=guardianship.record_id
    )
    fresh = Guardianship.objects.unrestricted("does this adult still count?").get(pk=guardianship.pk)
    if not rules.guards(actor, fresh, record.process_id):
        raise NotAllowed()
    return record, record.process_id


# -- when time is up


def expire(
    *, record: ConsentRecord, purpose: str, guardianship: Guardianship | None = None
) -> ConsentEvent | None:
    """A yes runs out because its time is over (retention, a process that closes). No actor: nobody pressed anything. With
    `guardianship` it is that adult's yes, and the young person's own stands."""
    by = By.SELF if guardianship is None else By.GUARDIAN
    guard_id = guardianship.pk if guardianship is not None else None
    with transaction.atomic():
        notice = ledger.last_notice(record, purpose, by, guard_id)
        if notice is None or _said(record, purpose, by, guard_id) is not Said.YES:
            return None
        event = ledger.append(
            record=record,
            actor=None,
            purpose=purpose,
            kind=EventKind.EXPIRED,
            notice=notice,
            by=By.SYSTEM if guardianship is None else By.GUARDIAN,
            method=Method.NONE,
            guardianship=guardianship,
        )
        telling.one(record.person_id, purpose, record.process_id)
    return event


def ask_anew(*, person_id: UUID, process_id: UUID) -> None:
    """Somebody is back after they had stopped here. Their yes ended then, and must not come to life because somebody gave
    them a role again: it is asked anew. So is what they answered beside young people there."""
    record = ledger.head_of(person_id, process_id)
    if record is not None:
        for purpose in Purpose:
            expire(record=record, purpose=purpose)
    every = Guardianship.objects.unrestricted("whose yes beside a young person ended with their role")
    for guardianship in every.guarded_by(person_id).standing_in(process_id):
        for purpose in Purpose:
            expire(record=guardianship.record, purpose=purpose, guardianship=guardianship)


# -- what screen, paper and voice have in common


def give(
    *,
    record: ConsentRecord,
    actor: Actor,
    purpose: str,
    yes: bool,
    notice: Notice,
    by: str = By.SELF,
    method: str = Method.SCREEN,
    guardianship: Guardianship | None = None,
    witness: str = "",
    event_id: UUID | None = None,
) -> ConsentEvent:
    """Add a yes or a no to a head, unless it says so already. The caller has checked who may, and holds a transaction."""
    again = ledger.made_before(event_id, record, purpose, by)
    guard_id = guardianship.pk if guardianship is not None else None
    said = _said(record, purpose, by, guard_id)
    if again is not None:
        if yes or said is not Said.YES:
            return again
        event_id = None  # a yes came since then: a no counts each time, also from the same page
    if (yes and said is Said.YES) or (not yes and said is Said.NO):
        same = _latest(record, purpose, by, guard_id)
        if same is not None:
            return same
    if yes:
        kind = EventKind.CONFIRMED if said is Said.STALE else EventKind.GIVEN
    else:
        kind = EventKind.WITHDRAWN if said in (Said.YES, Said.STALE) else EventKind.REFUSED
    event = ledger.append(
        record=record,
        actor=actor,
        purpose=purpose,
        kind=kind,
        notice=notice,
        by=by,
        method=method,
        guardianship=guardianship,
        witness=witness,
        event_id=event_id,
    )
    if kind == EventKind.WITHDRAWN:
        telling.one(record.person_id, purpose, record.process_id)
        restored.note(event)
    return event


def take_back(
    *,
    record: ConsentRecord,
    actor: Actor,
    purpose: str,
    by: str = By.SELF,
    method: str = Method.SCREEN,
    guardianship: Guardianship | None = None,
    witness: str = "",
    event_id: UUID | None = None,
) -> ConsentEvent | None:
    """Add that a yes was taken back; what is named is the text that was said yes to. None when there is no yes."""
    guard_id = guardianship.pk if guardianship is not None else None
    again = ledger.made_before(event_id, record, purpose, by)
    if _said(record, purpose, by, guard_id) not in (Said.YES, Said.STALE):
        return again
    if again is not None:
        event_id = None  # a yes came since then: this takes that one back
    notice = ledger.last_notice(record, purpose, by, guard_id)
    if notice is None:
        return None
    event = ledger.append(
        record=record,
        actor=actor,
        purpose=purpose,
        kind=EventKind.WITHDRAWN,
        notice=notice,
        by=by,
        method=method,
        guardianship=guardianship,
        witness=witness,
        event_id=event_id,
    )
    telling.one(record.person_id, purpose, record.process_id)
    restored.note(event)
    return event


def _said(record: ConsentRecord, purpose: str, by: str, guardianship_id: UUID | None) -> Said:
    return asking.said_by(purpose, asking.rows_of_record(record.pk), by, guardianship_id)[0]


def _latest(
    record: ConsentRecord, purpose: str, by: str, guardianship_id: UUID | None
) -> ConsentEvent | None:
    return (
        ConsentEvent.objects.unrestricted("what this party answered last")
        .filter(record_id=record.pk, purpose=purpose, by=by, guardianship_id=guardianship_id)
        .exclude(kind=EventKind.ASKED)
        .order_by("-number")
        .first()
    )


def _me(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotAllowed()
    return actor.person_id


def _may(actor: Actor, process_id: UUID, purpose: str) -> None:
    if not rules.takes_part(actor, process_id) or purpose not in Purpose.values:
        raise NotAllowed()


def _text(process_id: UUID, purpose: str, language: str, shown: str = "") -> Notice:
    if purpose in asking.purposes_off(process_id):
        raise NotNow(NOT_USED)
    notice = texts.notice(purpose, language)
    if notice is None:
        raise NotNow(NO_TEXT)
    if shown and shown != notice.sha256:
        raise NotNow(TEXT_CHANGED)
    return notice
