"""Words on a list: said, corrected beside, kept, taken in. Nobody changes another's."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow

from . import points
from .actions import empty_seat, must_be_open, seat_of, touch
from .enums import OWN_TEXTS, Kind, Seat
from .models import Entry, Meeting, Party

_AGAIN = "a second click makes nothing new"
_HELD = "the same row, held while it is written"


def say(
    *,
    actor: Actor,
    meeting: Meeting,
    kind: str,
    text: str,
    thing: str = "",
    about: Entry | None = None,
    due_on: date | None = None,
    by_phone: bool = False,
    entry_id: UUID | None = None,
) -> Entry:
    """A comment, a promise, what was agreed said back, a correction, or a proposal to the citizen's plan or notes. A
    second click gives the first one's.

    `by_phone`: the adviser writes down what the citizen says. NotAllowed for a citizen's proposal to themself, and for a
    correction beside one's own words.
    """
    seat = seat_of(actor, meeting)
    if kind in OWN_TEXTS or kind not in Kind.values or (by_phone and seat.side != Seat.ADVISER):
        raise NotAllowed()
    if kind in OWN_TEXTS.values() and seat.side != Seat.ADVISER:
        raise NotAllowed()
    if (kind == Kind.CORRECTION) != (about is not None):
        raise NotAllowed()
    if about is not None and not may_correct(seat, about):
        raise NotAllowed()
    if thing and points.thing(thing) is None:
        raise NotAllowed()
    again = _said_before(actor, meeting, entry_id)
    if again is not None:
        return again
    if about is None or not corrects_later(seat, about):
        must_be_open(meeting)
    if kind in OWN_TEXTS.values() and empty_seat(meeting) == Seat.CITIZEN:
        raise NotNow(_("Planen er innbyggerens. Du kan foreslå noe når innbyggeren er med."))
    try:
        with transaction.atomic():
            if about is not None:
                _hold(meeting)
                if not Entry.objects.unrestricted(_HELD).filter(pk=about.pk).exists():
                    raise NotNow(_("Det er borte."))
            made = Entry.objects.create(
                id=entry_id or uuid4(),
                meeting=meeting,
                kind=kind,
                thing=thing,
                side=Seat.CITIZEN if by_phone else seat.side,
                author=actor.person,
                sealed_by=actor.person.sealed_by,
                text=text.strip(),
                about=about,
                due_on=due_on if kind == Kind.PROMISE else None,
                by_phone=by_phone,
                at=clock.now(),
            )
            touch(meeting, seat)
            events.record(actor.person_id, f"first-meeting.said.{kind}", made)
    except IntegrityError:
        again = _said_before(actor, meeting, entry_id)
        if again is None:
            raise
        return again
    return made


def _said_before(actor: Actor, meeting: Meeting, entry_id: UUID | None) -> Entry | None:
    """What an earlier, identical click said. NotAllowed for somebody else's words, or those on another list."""
    if entry_id is None:
        return None
    found = Entry.objects.unrestricted(_AGAIN).filter(pk=entry_id).first()
    if found is not None and (found.author_id != actor.person_id or found.meeting_id != meeting.pk):
        raise NotAllowed()
    return found


def _hold(meeting: Meeting) -> None:
    """Two who write on the same list do it one after the other, until the transaction is over."""
    Meeting.objects.unrestricted(_HELD).select_for_update().get(pk=meeting.pk)


def may_correct(seat: Party, entry: Entry) -> bool:
    """Words that somebody else wrote on the same list; not the citizen's own plan and notes, and not a correction."""
    if entry.meeting_id != seat.meeting_id or entry.kind in (*OWN_TEXTS, Kind.CORRECTION) or entry.is_empty:
        return False
    return entry.author_id != seat.person_id


def corrects_later(seat: Party, entry: Entry) -> bool:
    """What was written down by telephone is read by the citizen afterwards: they may say that it is not right also when the
    list has been put away."""
    return seat.side == Seat.CITIZEN and entry.by_phone


def write_own(*, actor: Actor, meeting: Meeting, kind: str, text: str, version: int) -> Entry | None:
    """The citizen's plan or notes, as they are from now on; empty: gone. `version`: of the text that was on the page.
    NotNow when it was changed meanwhile on another screen."""
    seat = seat_of(actor, meeting)
    if seat.side != Seat.CITIZEN or kind not in OWN_TEXTS:
        raise NotAllowed()
    with transaction.atomic():
        _hold(meeting)
        held = Entry.objects.unrestricted(_HELD).filter(meeting_id=meeting.pk, kind=kind).first()
        if held is not None and str(held.text) == text.strip():
            return held
        if (held.version if held is not None else 0) != version:
            raise NotNow(
                _("Du har skrevet her fra et annet sted i mellomtida. Se på begge, og lagre på nytt.")
            )
        if held is None:
            held = Entry(
                meeting=meeting,
                kind=kind,
                side=Seat.CITIZEN,
                author=actor.person,
                sealed_by=actor.person.sealed_by,
                at=clock.now(),
                version=0,
            )
        held.text, held.version, held.at = text.strip(), held.version + 1, clock.now()
        held.save()
        touch(meeting, seat)
        events.record(actor.person_id, f"first-meeting.own-written.{kind}", held)
    return held


def take_in(*, actor: Actor, entry: Entry) -> None:
    """The citizen takes the adviser's proposal into their own text, as the last lines. The proposal stays as it was.
    NotAllowed for one whose words were taken away."""
    kind = next((own for own, proposal in OWN_TEXTS.items() if proposal == entry.kind), None)
    meeting = Meeting.objects.visible_to(actor).filter(pk=entry.meeting_id).first()
    if kind is None or meeting is None or seat_of(actor, meeting).side != Seat.CITIZEN or entry.is_empty:
        raise NotAllowed()
    with transaction.atomic():
        taken = Entry.objects.unrestricted(_HELD).filter(pk=entry.pk, taken_at__isnull=True)
        if taken.update(taken_at=clock.now()) != 1:
            return
        held = Entry.objects.unrestricted(_HELD).filter(meeting_id=meeting.pk, kind=kind).first()
        before = str(held.text) if held is not None else ""
        text = f"{before}\n\n{entry.text}".strip()
        write_own(
            actor=actor,
            meeting=meeting,
            kind=kind,
            text=text,
            version=held.version if held is not None else 0,
        )


def may_remove(seat: Party, entry: Entry, heard_at: datetime | None) -> bool:
    """One's own words. Not the citizen's plan and notes: they are written empty. Nor what the citizen said on the telephone
    and then said is right (`heard_at`: when they last did): it is theirs, in the adviser's hand."""
    if entry.author_id != seat.person_id or entry.kind in OWN_TEXTS or entry.is_empty:
        return False
    return not entry.by_phone or heard_at is None or entry.at > heard_at


def remove(*, actor: Actor, entry: Entry) -> None:
    """One's own words go. What another wrote beside them is theirs and stays, and the row with it, empty; it goes with the
    last of them."""
    meeting = Meeting.objects.visible_to(actor).filter(pk=entry.meeting_id).first()
    if meeting is None:
        raise NotAllowed()
    seat = seat_of(actor, meeting)
    citizen = Party.objects.visible_to(actor).now().filter(meeting_id=meeting.pk, side=Seat.CITIZEN).first()
    if not may_remove(seat, entry, citizen.heard_at if citizen is not None else None):
        raise NotAllowed()
    with transaction.atomic():
        _hold(meeting)  # a correction that comes just now is seen here, or is told that this is gone
        rows = Entry.objects.unrestricted(_HELD).filter(meeting_id=meeting.pk)
        held = rows.filter(pk=entry.pk).first()
        if held is None or held.is_empty:
            return
        if rows.filter(about_id=held.pk).exists():
            held.text, held.kept_at = "", None
            held.save(update_fields=["text", "kept_at"])
        else:
            held.delete()
            about = rows.filter(pk=held.about_id).first() if held.about_id is not None else None
            if about is not None and about.is_empty and not rows.filter(about_id=about.pk).exists():
                about.delete()
        touch(meeting, seat)
        events.record(actor.person_id, "first-meeting.removed", meeting)


def kept(*, actor: Actor, entry: Entry, yes: bool = True) -> None:
    """Whoever promised says that it is done, or not done after all."""
    meeting = Meeting.objects.visible_to(actor).filter(pk=entry.meeting_id).first()
    if entry.kind != Kind.PROMISE or meeting is None or entry.is_empty:
        raise NotAllowed()
    seat = seat_of(actor, meeting)
    if entry.side != seat.side:
        raise NotAllowed()
    with transaction.atomic():
        entry.kept_at = clock.now() if yes else None
        entry.save(update_fields=["kept_at"])
        touch(meeting, seat)
        events.record(
            actor.person_id, "first-meeting.promise-kept" if yes else "first-meeting.promise-open", entry
        )
