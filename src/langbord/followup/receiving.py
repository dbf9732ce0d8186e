"""Received by the authority: asked for with a reason, taken only after a yes, and then it stays there.

Archives and access laws apply to what an authority has received, so it is an act of its own and never a consequence of
carrying something to the board. No answer is not a yes, and nobody but the one who answers can tell a no from silence.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.seen import check
from langbord.people.models import Organisation, Person
from langbord.processes.keeping import closings
from langbord.processes.models import Process
from langbord.rooms import gone
from langbord.rooms.models import Piece, Room
from langbord.rooms.seating import answering, citizens_of
from langbord.vault import keys
from langbord.vault.fields import Unopenable

from . import rules
from .enums import Source
from .models import Asking, AskingAnswer, Case, Received

DAYS_TO_SAY_NO = timedelta(days=7)
AUTHORITIES = frozenset({"municipality", "state"})
"""Kinds of organisations whose record is open by law. A foundation or a volunteer centre has none of that kind."""

_AGAIN = "a second click makes nothing new"
_WHY = "did those who were asked say yes?"

SAY_WHY = _("Skriv hvorfor. Den som sa dette, skal vite hva det er til.")
NO_AUTHORITY = _(
    "Bare kommunen og staten har et arkiv med slike regler. Denne samskapinga hører ikke til noen av dem."
)
ALREADY_ASKED = _("Noen har allerede spurt om dette. Vi spør bare én gang.")
GONE = _("Den som sa dette, har tatt ordene tilbake.")
TAKEN = _("Det er allerede mottatt. Da kan det ikke gjøres om.")
CLOSED = _("Ordene kan ikke åpnes akkurat nå. Ingenting er sendt.")


def authority_of(process_id: UUID) -> Organisation | None:
    """The organisation whose record it would be: the one that answers for the process. None when it is no authority."""
    found = Organisation.objects.filter(
        pk__in=Process.objects.unrestricted("which organisation answers for it: a sign on a door")
        .filter(pk=process_id)
        .values("organisation_id")
    ).first()
    return found if found is not None and found.kind in AUTHORITIES else None


def ask(*, actor: Actor, case: Case, reason: str, asking_id: UUID | None = None) -> Asking:
    """Ask the author, or the group whose piece it is, for a yes. NotNow when it was asked before (by anybody), when the
    words are gone, without a reason, and when no authority answers for the process."""
    if actor.subject is None or not rules.may_ask(actor, case):
        raise NotAllowed()
    if not reason.strip():
        raise NotNow(SAY_WHY)
    if authority_of(case.process_id) is None:
        raise NotNow(NO_AUTHORITY)
    actor.must_be_open(case.process_id)
    keys.ensure(actor.subject)
    known = Asking.objects.unrestricted(_AGAIN)
    with transaction.atomic():
        held = _held(case.pk)
        same: Asking | None = known.filter(pk=asking_id).first() if asking_id is not None else None
        if same is not None:
            if same.asked_by_id != actor.person_id or same.case_id != case.pk:
                raise NotAllowed()
            return same
        if held.on_record_at is not None or known.filter(case=held).exists():
            raise NotNow(ALREADY_ASKED)
        piece = Piece.objects.unrestricted("whose words they are, to ask them").get(pk=held.piece_id)
        room_id = None
        if piece.author_id is None:
            room_id = piece.sealed_by
            groups = Room.objects.unrestricted("the group whose piece it is, to ask it")
            if not groups.filter(pk=room_id, kind__in=list(CITIZEN_ROOMS)).exists():
                raise NotNow(GONE)
        asking = Asking.objects.create(
            id=asking_id or uuid4(),
            case=held,
            room_id=room_id,
            asked_by=actor.person,
            asked_at=clock.now(),
            sealed_by=actor.subject,
            reason=reason.strip(),
        )
        events.record(actor.person_id, "case.receiving_asked", held, process_id=held.process_id)
    return asking


def answer(*, actor: Actor, asking: Asking, yes: bool) -> bool:
    """One's own yes or no. Returns whether the copy was taken now. One may change one's mind until then; afterwards a
    second yes is harmless and a no comes too late (NotNow)."""
    if not rules.is_asked(actor, asking):
        raise NotAllowed()
    actor.must_be_open(asking.case.process_id)
    with transaction.atomic():
        case = _held(asking.case_id)
        asking = Asking.objects.unrestricted(_WHY).get(pk=asking.pk)
        if asking.settled_at is not None:
            if yes:
                return False
            raise NotNow(TAKEN)
        AskingAnswer.objects.unrestricted("one's own answer is written over").update_or_create(
            asking=asking, person=actor.person, defaults={"yes": yes, "at": clock.now()}
        )
        return yes and _settle(asking, case)


def answer_case(*, actor: Actor, case: Case, yes: bool) -> bool:
    """`answer` for somebody who has the case at hand. NotAllowed when nobody has asked them."""
    asking = Asking.objects.visible_to(actor).filter(case_id=case.pk).first()
    if asking is None:
        raise NotAllowed()
    return answer(actor=actor, asking=asking, yes=yes)


def record_agreement(*, actor: Actor, asking: Asking) -> None:
    """A host records that the group agreed at a gathering. Takes effect after seven days, never against a no."""
    if not rules.may_record_agreement(actor, asking):
        raise NotAllowed()
    actor.must_be_open(asking.case.process_id)
    with transaction.atomic():
        case = _held(asking.case_id)
        asking = Asking.objects.unrestricted(_WHY).get(pk=asking.pk)
        if asking.settled_at is not None or asking.agreed_at is not None:
            return
        asking.agreed_at, asking.agreed_by = clock.now(), actor.person
        asking.save(update_fields=["agreed_at", "agreed_by"])
        events.record(actor.person_id, "case.receiving_agreed", case, process_id=case.process_id)


def settle_due() -> int:
    """Let what groups agreed seven days ago take effect. Called by the worker; can be repeated. Returns how many did."""
    due = Asking.objects.unrestricted(_WHY).filter(
        settled_at__isnull=True, room__isnull=False, agreed_at__lte=clock.now() - DAYS_TO_SAY_NO
    )
    done = 0
    for pk, case_id in list(due.values_list("pk", "case_id")):
        try:
            with transaction.atomic():
                case = _held(case_id)
                asking = Asking.objects.unrestricted(_WHY).get(pk=pk)
                done += asking.settled_at is None and _settle(asking, case)
        except NotNow:
            continue  # the words were taken back in the meantime, or their key is out of reach just now
    return done


def _held(case_id: UUID) -> Case:
    """The case as it is, its row held until the end of the transaction. NotNow when the words are gone."""
    rows = Case.objects.unrestricted("the same row, held while it is written").select_for_update()
    now = rows.filter(pk=case_id).still_said().first()
    if now is None:
        raise NotNow(GONE)
    return now


def _settle(asking: Asking, case: Case) -> bool:
    """Take the copy if everybody who must has said yes. Returns whether it was taken."""
    piece = Piece.objects.unrestricted(_WHY).get(pk=case.piece_id)
    if piece.hidden_at is not None or closings.standing([case.process_id]):
        return False
    answers = dict(
        AskingAnswer.objects.unrestricted(_WHY).filter(asking=asking).values_list("person_id", "yes")
    )
    if asking.room_id is None:
        if piece.author_id is None or answers.get(piece.author_id) is not True:
            return False
    else:
        room = Room.objects.unrestricted(_WHY).get(pk=asking.room_id)
        citizens = citizens_of(room)
        needed = {member.person_id for member in citizens}
        # A no stands when others have taken out the one who said it; and nobody is hurried because somebody was.
        heard = needed | gone.people_taken_out(room.pk)
        said = {person_id: yes for person_id, yes in answers.items() if person_id in heard}
        # This can't be undone, so it waits for whoever is silent for a while, unlike other decisions of a group.
        some_silent = len(answering(citizens).people) < len(needed)
        waited = asking.agreed_at is not None and clock.now() >= asking.agreed_at + DAYS_TO_SAY_NO
        agreed = waited and not some_silent
        if not needed or False in said.values() or gone.is_waiting(room.pk):
            return False
        if not (agreed or all(said.get(pk) for pk in needed)):
            return False
    _take(asking, case, piece)
    return True


def _take(asking: Asking, case: Case, piece: Piece) -> None:
    """The copy itself, sealed with the organisation's key. The right to take it was checked before."""
    organisation = authority_of(case.process_id)
    if organisation is None:
        raise NotNow(NO_AUTHORITY)
    process = Process.objects.unrestricted("what the copy is about").get(pk=case.process_id)
    words, reason = piece.body, asking.reason
    if isinstance(words, Unopenable):
        raise NotNow(CLOSED)  # a notice that the words can't be opened must never become the record
    keys.ensure(organisation.pk)
    now = clock.now()
    try:
        with transaction.atomic():
            received = Received.objects.create(
                organisation=organisation,
                process=process,
                case=case,
                author_id=piece.author_id,
                room_id=asking.room_id,
                sealed_by=organisation.pk,
                body=str(words),
                said_by=_whose(piece, case),
                said_at=case.received_at,
                about=process.name,
                reason="" if isinstance(reason, Unopenable) else str(reason),
                asked_by_id=asking.asked_by_id,
                asked_by_name=_name(asking.asked_by_id),
                received_at=now,
            )
    except IntegrityError:
        raise NotNow(TAKEN) from None
    asking.settled_at = case.on_record_at = now
    asking.save(update_fields=["settled_at"])
    case.save(update_fields=["on_record_at"])
    # The log says that it was received, not whose yes it was: an unsigned input stays unsigned there too.
    events.record(None, "case.received_by_authority", received, process_id=case.process_id)


def _whose(piece: Piece, case: Case) -> str:
    """As the board shows it, in Bokmål: a first name only where its author signed."""
    if piece.signed and (name := _name(piece.author_id)):
        return name
    with translation.override("nb"):
        return str(Source(case.source).label)


def _name(person_id: UUID | None) -> str:
    """A first name or alias, as the board shows it; empty when it can't be opened any more."""
    person: Person | None = (
        Person.objects.unrestricted("the name that stood on the board").filter(pk=person_id).first()
    )
    if person is None or isinstance(person.name, Unopenable):
        return ""
    return str(person.shown_name)


def set_reference(*, actor: Actor, received: Received, reference: str, seen: str | None = None) -> None:
    """Note where it lies in the authority's archive. Empty takes it away. `seen`: the mark of what was on the page;
    ChangedMeanwhile when another coordinator has noted something else since."""
    if received.process_id is None or not rules.can_read_copy(actor, received):
        raise NotAllowed()
    if not rules.keeps_records(actor, received.process_id):
        raise NotAllowed()
    said = {"reference": reference.strip()}
    with transaction.atomic():
        held = Received.objects.unrestricted("the copy itself, held while it is noted").select_for_update()
        check(filed(held.get(pk=received.pk)), said, seen)
        received.archive_reference = said["reference"]
        received.save(update_fields=["archive_reference"])
        events.record(actor.person_id, "received.filed", received, process_id=received.process_id)


def filed(received: Received) -> dict[str, str]:
    """What several coordinators may be noting at once."""
    return {"reference": str(received.archive_reference)}
