"""Every write on a list for two. Each checks who sits where, at this moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.signin import codes, throttle

from . import points
from .enums import Answer, Seat
from .models import FirstCard, Meeting, Party, Tick
from .rules import advises

CODE_LASTS = timedelta(days=14)
_AGAIN = "a second click makes nothing new"
_CODE = "whoever has the code takes the empty seat"
_SEATS = "who sits at the list, to keep the rules of seats"
_HELD = "the same row, held while it is written"


def seat_of(actor: Actor, meeting: Meeting) -> Party:
    """The seat this actor has now; NotAllowed when they have none."""
    rows = Party.objects.visible_to(actor).now()
    me: Any = actor.person_id
    found: Party | None = rows.filter(meeting_id=meeting.pk, person_id=me).first()
    if found is None:
        raise NotAllowed()
    return found


def must_be_open(meeting: Meeting) -> None:
    if meeting.closed_at is not None:
        raise NotNow(_("Lista er lagt bort. Ta den fram igjen først."))


def touch(meeting: Meeting, seat: Party) -> None:
    """Something happened on the list. From the citizen's first deed on, their first card has done its work."""
    meeting.touched_at = clock.now()
    meeting.save(update_fields=["touched_at"])
    if seat.side == Seat.CITIZEN:
        first = FirstCard.objects.unrestricted(_HELD).filter(meeting_id=meeting.pk, person_id=seat.person_id)
        if first.delete()[0]:
            seat.since = clock.now()
            seat.save(update_fields=["since"])


# -- beginning and joining


def begin(*, actor: Actor, called: str, label: str = "", meeting_id: UUID | None = None) -> Meeting:
    """A new list, begun by an adviser, or by a citizen. A second click gives the first one's."""
    if actor.person is None:
        raise NotAllowed()
    side = Seat.ADVISER if advises(actor) else Seat.CITIZEN
    now = clock.now()
    new_id = meeting_id or uuid4()
    again = _begun_before(actor, new_id)
    if again is not None:
        return again
    try:
        with transaction.atomic():
            made = Meeting.objects.create(
                id=new_id,
                unit_id=actor.person.unit_id if side == Seat.ADVISER else None,
                begun_by=actor.person,
                begun_at=now,
                touched_at=now,
            )
            _sit_down(made, actor.person, side, called, label if side == Seat.ADVISER else "")
            events.record(actor.person_id, f"first-meeting.begun.{side}", made)
    except IntegrityError:
        again = _begun_before(actor, new_id)
        if again is None:
            raise
        return again
    return made


def _begun_before(actor: Actor, meeting_id: UUID) -> Meeting | None:
    """What an earlier, identical click made. NotAllowed for a list at which one does not sit."""
    found: Meeting | None = Meeting.objects.unrestricted(_AGAIN).filter(pk=meeting_id).first()
    if found is not None:
        seat_of(actor, found)
    return found


def _sit_down(meeting: Meeting, person: Any, side: str, called: str, label: str = "") -> Party:
    return Party.objects.create(
        meeting=meeting,
        person=person,
        side=side,
        sealed_by=person.sealed_by,
        called=called.strip(),
        label=label.strip(),
        since=clock.now(),
    )


def empty_seat(meeting: Meeting) -> Seat | None:
    """The side where nobody sits now."""
    taken = set(
        Party.objects.unrestricted(_SEATS).now().filter(meeting_id=meeting.pk).values_list("side", flat=True)
    )
    return next((side for side in Seat if side not in taken), None)


def make_code(*, actor: Actor, meeting: Meeting) -> str:
    """A fresh code for the empty seat, which exists only in the answer and on paper; an earlier one opens nothing. Only
    the citizen lets a new adviser in. NotNow when both seats are taken."""
    seat = seat_of(actor, meeting)
    empty = empty_seat(meeting)
    if empty is None:
        raise NotNow(_("Det sitter allerede to ved lista."))
    if empty == seat.side:
        raise NotAllowed()
    code = codes.card_code()
    meeting.code_lookup = _digest(code)
    meeting.code_for, meeting.code_until = empty, clock.now() + CODE_LASTS
    meeting.save(update_fields=["code_lookup", "code_for", "code_until"])
    events.record(actor.person_id, "first-meeting.code-made", meeting)
    return code


def _digest(code: str) -> str:
    return codes.look_up("first-meeting", codes.plain(code))


WRONG_CODE = _("Denne koden virker ikke nå. Se etter om den er skrevet riktig, eller be om en ny.")


def join(*, actor: Actor, code: str, called: str) -> Meeting:
    """Take the empty seat of the list with this code. NotNow, with the same words, for every code that does not work."""
    if actor.person is None:
        raise NotAllowed()
    wait = throttle.take_try("first-meeting", str(actor.person_id))
    if wait is not None:
        raise NotNow(_("Det ble for mange forsøk. Vent litt, og prøv igjen."))
    now = clock.now()
    rows = Meeting.objects.unrestricted(_CODE).filter(code_lookup=_digest(code), code_until__gt=now)
    found = rows.first()
    if found is None or not _may_take(actor, found):
        raise NotNow(WRONG_CODE)
    try:
        with transaction.atomic():
            if rows.update(code_lookup=None, code_until=None, touched_at=now) != 1:
                raise NotNow(WRONG_CODE)
            side = found.code_for
            _sit_down(found, actor.person, side, called)
            found.refresh_from_db()
            if side == Seat.ADVISER:
                found.unit_id = actor.person.unit_id
                found.save(update_fields=["unit_id"])
            events.record(actor.person_id, f"first-meeting.joined.{side}", found)
    except IntegrityError:
        raise NotNow(WRONG_CODE) from None
    throttle.clear("first-meeting", str(actor.person_id))
    return found


def _may_take(actor: Actor, meeting: Meeting) -> bool:
    """The adviser's seat is for somebody who advises; the citizen's for nobody who advises in the same unit. Whoever sits
    there now does not take the other seat too."""
    here = Party.objects.unrestricted(_SEATS).filter(meeting_id=meeting.pk).now()
    me: Any = actor.person_id
    if here.filter(person_id=me).exists():
        return False
    if meeting.code_for == Seat.ADVISER:
        citizen = Party.objects.unrestricted(_SEATS).filter(meeting_id=meeting.pk, side=Seat.CITIZEN)
        return advises(actor) and not citizen.filter(person_id=me).exists()
    return not (advises(actor) and actor.person.unit_id == meeting.unit_id)


def part(*, actor: Actor, meeting: Meeting) -> None:
    """The adviser sees nothing of the list from now on: the citizen wants it so, or the adviser steps back. A code that was
    made opens nothing any more."""
    seat_of(actor, meeting)
    with transaction.atomic():
        rows = Party.objects.unrestricted(_SEATS).now().filter(meeting_id=meeting.pk)
        if not rows.filter(side=Seat.CITIZEN).exists():
            raise NotNow(_("Det er ingen innbygger ved lista ennå. Slett den heller."))
        gone = rows.filter(side=Seat.ADVISER).update(ended_at=clock.now())
        Meeting.objects.unrestricted(_HELD).filter(pk=meeting.pk).update(code_lookup=None, code_until=None)
        FirstCard.objects.unrestricted(_HELD).filter(meeting_id=meeting.pk).update(registered_by=None)
        if gone:
            events.record(actor.person_id, "first-meeting.adviser-ended", meeting)


# -- ticks


def tick(*, actor: Actor, meeting: Meeting, point: str, by_phone: bool = False) -> None:
    """One's own tick. `by_phone`: the adviser ticks for the citizen, who has said so on the telephone; never over a tick
    that the citizen has set, or has said is not right. Saying it twice changes nothing."""
    seat = seat_of(actor, meeting)
    must_be_open(meeting)
    if point not in points.every() or (by_phone and seat.side != Seat.ADVISER):
        raise NotAllowed()
    side = Seat.CITIZEN if by_phone else seat.side
    with transaction.atomic():
        held, new = Tick.objects.unrestricted(_HELD).get_or_create(
            meeting=meeting,
            point=point,
            side=side,
            defaults={"by_phone": by_phone, "at": clock.now()},
        )
        if not new and by_phone and held.wrong_at is not None:
            raise NotNow(_("Innbyggeren har sagt at dette ikke stemmer. Snakk om det."))
        if not new and not by_phone and (held.by_phone or held.wrong_at):
            held.by_phone, held.wrong_at, held.at = False, None, clock.now()
            held.save(update_fields=["by_phone", "wrong_at", "at"])
        touch(meeting, seat)
        if new:
            events.record(
                actor.person_id,
                "first-meeting.ticked-by-phone" if by_phone else "first-meeting.ticked",
                meeting,
            )


def untick(*, actor: Actor, meeting: Meeting, point: str, by_phone: bool = False) -> None:
    """One's own tick goes; or the adviser takes back one they set by telephone and the citizen has said nothing to."""
    seat = seat_of(actor, meeting)
    must_be_open(meeting)
    if by_phone and seat.side != Seat.ADVISER:
        raise NotAllowed()
    side = Seat.CITIZEN if by_phone else seat.side
    rows = Tick.objects.unrestricted(_HELD).filter(meeting_id=meeting.pk, point=point, side=side)
    if by_phone:
        rows = rows.filter(by_phone=True, wrong_at__isnull=True)
    with transaction.atomic():
        if rows.delete()[0]:
            touch(meeting, seat)
            events.record(actor.person_id, "first-meeting.unticked", meeting)


def not_right(*, actor: Actor, meeting: Meeting, point: str) -> None:
    """The citizen says: I did not say this on the telephone. The tick counts no more, and both see why."""
    seat = seat_of(actor, meeting)
    if seat.side != Seat.CITIZEN:
        raise NotAllowed()
    rows = Tick.objects.unrestricted(_HELD).filter(
        meeting_id=meeting.pk, point=point, side=Seat.CITIZEN, by_phone=True, wrong_at__isnull=True
    )
    with transaction.atomic():
        if rows.update(wrong_at=clock.now()):
            touch(meeting, seat)
            events.record(actor.person_id, "first-meeting.not-right", meeting)


def heard(*, actor: Actor, meeting: Meeting) -> None:
    """The citizen has seen what was written down by telephone, and it is right."""
    seat = seat_of(actor, meeting)
    if seat.side != Seat.CITIZEN:
        raise NotAllowed()
    with transaction.atomic():
        touch(meeting, seat)
        seat.heard_at = clock.now()
        seat.save(update_fields=["heard_at"])
        events.record(actor.person_id, "first-meeting.heard", meeting)


# -- ending and coming back


def close(*, actor: Actor, meeting: Meeting) -> None:
    """The talk is over for now. Either of the two; saying it twice changes nothing."""
    seat = seat_of(actor, meeting)
    if meeting.closed_at is None:
        with transaction.atomic():
            meeting.closed_at = clock.now()
            meeting.first_closed_at = meeting.first_closed_at or meeting.closed_at
            meeting.save(update_fields=["closed_at", "first_closed_at"])
            touch(meeting, seat)
            events.record(actor.person_id, "first-meeting.closed", meeting)


def reopen(*, actor: Actor, meeting: Meeting) -> None:
    """They meet again, on the same list."""
    seat = seat_of(actor, meeting)
    if meeting.closed_at is not None:
        with transaction.atomic():
            meeting.closed_at = None
            meeting.save(update_fields=["closed_at"])
            touch(meeting, seat)
            events.record(actor.person_id, "first-meeting.reopened", meeting)


def delete(*, actor: Actor, meeting: Meeting) -> None:
    """The list goes, with everybody's words on it. The citizen; the adviser only while no citizen has come."""
    seat = seat_of(actor, meeting)
    with transaction.atomic():
        citizens = Party.objects.unrestricted(_SEATS).filter(meeting_id=meeting.pk, side=Seat.CITIZEN)
        if seat.side != Seat.CITIZEN and citizens.exists():
            raise NotAllowed()
        events.record(actor.person_id, "first-meeting.deleted", meeting)
        remove_lists([meeting.pk])


def remove_lists(meeting_ids: list[UUID]) -> int:
    """Whole lists go, with all that hangs on them; a release that one of them was counted in is not shown any more. The
    right was checked before."""
    from . import releasing

    rows = Meeting.objects.unrestricted("whole lists go").filter(pk__in=meeting_ids)
    with transaction.atomic():
        releasing.withdraw(rows)
        held = list(rows)
        for meeting in held:
            meeting.delete()
    return len(held)


# -- being counted


def answer_counting(*, actor: Actor, meeting: Meeting, answer: str) -> None:
    """The citizen's yes or no to being counted. A no takes effect at once: a release that the list was in is not shown any
    more, to anybody."""
    from . import releasing

    seat = seat_of(actor, meeting)
    if seat.side != Seat.CITIZEN or answer not in Answer.values:
        raise NotAllowed()
    if meeting.counts == answer:
        return
    with transaction.atomic():
        if answer == Answer.NO:
            releasing.withdraw(Meeting.objects.unrestricted(_HELD).filter(pk=meeting.pk))
        meeting.counts, meeting.counts_at = answer, clock.now()
        meeting.save(update_fields=["counts", "counts_at"])
        touch(meeting, seat)
        events.record(actor.person_id, f"first-meeting.counting.{answer}", meeting)
