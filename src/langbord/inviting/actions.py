"""Every write about those one thinks of asking: the lists, the people, the steps on the way. Taking off: `forgetting`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from langbord.access.actor import Actor
from langbord.access.enums import CasePower, Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.seen import check
from langbord.base.typed import one_line
from langbord.people.models import Person
from langbord.people.signin import codes
from langbord.people.signin.cards import public_url
from langbord.processes.models import Membership
from langbord.vault import keys
from langbord.vault.errors import KeyDestroyed

from .enums import ANSWERS, BEFORE_ASKED, Side, Step, Through
from .models import Household, Invitee, Trace, WhoToAsk
from .querysets import INVITING, decides, invites

_AGAIN = "a second click makes nothing new"
CHILD = re.compile(r"\(\s*(barn|born|child|u16|under 16)\s*\)", re.IGNORECASE)
MOST_AT_ONCE = 60
LISTS = ("lives_with", "seldom_asked", "not_here")
POWER = gettext_lazy(
    "Den som bestemmer i folks saker, kan ikke være den som spør. Da kan et nei bli vanskelig å si."
)


@dataclass(frozen=True)
class Name:
    """One name as it was written. young: marked with (barn)."""

    name: str
    young: bool


def read_names(text: str) -> list[list[Name]]:
    """Households from lines: each line is one, its people parted by commas or «og»; (barn) marks who is under 16."""
    found = []
    for line in text.splitlines():
        people = []
        for part in re.split(r",|;|\s+og\s+|\s+and\s+|&", line):
            name = " ".join(one_line(CHILD.sub(" ", part)).split())[:60]
            if name:
                people.append(Name(name, bool(CHILD.search(part))))
        if people:
            found.append(people)
    return found


def preparers(process_id: UUID) -> list[Membership]:
    """Coordinators, hosts and daily leaders, each once. One query."""
    rows = (
        Membership.objects.unrestricted("who may be the one who asks: those who prepare, known to each other")
        .current()
        .with_person()
        .filter(process_id=process_id, role__in=list(INVITING))
        .order_by("started_at", "pk")
    )
    return list({row.person_id: row for row in rows}.values())


def askers(process_id: UUID) -> list[Membership]:
    """Those who may be the one who asks: those who prepare, and decide in nobody's case. One query."""
    return [row for row in preparers(process_id) if row.person.case_power != CasePower.DECIDES]


def _asker(actor: Actor, process_id: UUID, asker_id: UUID | None) -> Person:
    if not actor.has_role(process_id, Role.COORDINATOR):
        asker_id = actor.person_id  # a host writes down whom they ask themself
    found = next((m.person for m in askers(process_id) if m.person_id == (asker_id or actor.person_id)), None)
    if found is None:
        raise NotNow(POWER)
    return found


def note(
    *,
    actor: Actor,
    process_id: UUID,
    households: Sequence[Sequence[Name]],
    side: str,
    heard_of: str = "",
    asker_id: UUID | None = None,
    paid: bool = False,
    language: str = "nb",
    step: str = Step.NOTED,
    once: UUID,
) -> list[Invitee]:
    """Write down people one thinks of asking. Coordinators; hosts for those they ask themselves. A second click with the
    same `once` gives the same people; NotedBefore when all of them have gone from the list since."""
    if not invites(actor, process_id):
        raise NotAllowed()
    actor.must_be_open(process_id)
    if side == Side.CITIZEN and decides(actor):
        raise NotNow(POWER)
    asker = _asker(actor, process_id, asker_id)
    flat = [
        (at, number, person) for at, house in enumerate(households) for number, person in enumerate(house)
    ]
    ids = ids_from(once, households)
    if again := _noted_before(actor, process_id, ids):
        return again
    try:
        keys.ensure_many(ids)
    except KeyDestroyed:
        raise NotedBefore() from None
    with transaction.atomic():
        if again := _noted_before(actor, process_id, ids):
            return again
        homes = _households(process_id, [house for house in households if side == Side.CITIZEN])
        made, now = [], clock.now()
        for place, (invitee_id, (at, _number, person)) in enumerate(zip(ids, flat, strict=True)):
            code, token = codes.card_code(), codes.token()
            made.append(
                Invitee(
                    id=invitee_id,
                    process_id=process_id,
                    household=homes[at] if homes else None,
                    sealed_by=invitee_id,
                    name=person.name,
                    code=code,
                    token=token,
                    code_lookup=codes.look_up("invitation", codes.plain(code)),
                    link_lookup=codes.look_up("invitation-link", token),
                    side=side,
                    language=language,
                    young=person.young,
                    heard_of=heard_of,
                    paid=paid,
                    asker=asker,
                    noted_by=actor.person,
                    step=step,
                    step_at=now,
                    created_at=now + timedelta(microseconds=place),  # in the order they were written
                )
            )
        for row in made:
            row.save(force_insert=True)
            _trace(row, step, actor, Through.DESK)
    return made


def ids_from(once: UUID, households: Sequence[Sequence[Name]]) -> list[UUID]:
    """The ids of those who are written down with this `once`, in the order they were written."""
    return [
        uuid5(once, f"{at}|{number}") for at, house in enumerate(households) for number in range(len(house))
    ]


class NotedBefore(NotNow):
    """Names that were written down by an earlier click, and are on the list no more."""


def _noted_before(actor: Actor, process_id: UUID, ids: Sequence[UUID]) -> list[Invitee]:
    """Those an earlier click wrote down who are still on the list. NotedBefore when they have gone, or have a seat."""
    again = list(Invitee.objects.unrestricted(_AGAIN).filter(pk__in=ids))
    if any(row.process_id != process_id or row.noted_by_id != actor.person_id for row in again):
        raise NotAllowed()
    if not again and Person.objects.unrestricted(_AGAIN).filter(pk__in=ids).exists():
        raise NotedBefore()
    return again


def _households(process_id: UUID, houses: Sequence[Sequence[Name]]) -> list[Household]:
    rows = Household.objects.unrestricted("the next number of a household")
    last: int = rows.filter(process_id=process_id).aggregate(last=Max("number"))["last"] or 0
    return [
        Household.objects.create(process_id=process_id, number=last + at)
        for at, _house in enumerate(houses, 1)
    ]


def _trace(invitee: Invitee, step: str, actor: Actor | None, through: str) -> None:
    Trace.objects.create(
        invitee=invitee,
        step=step,
        through=through,
        by=actor.person if actor is not None else None,
        at=clock.now(),
    )
    events.record(
        actor.person_id if actor is not None else None,
        f"invitee.{step}",
        invitee,
        process_id=invitee.process_id,
    )


def may_change(actor: Actor, invitee: Invitee) -> bool:
    """The same as may see: the coordinator, or the one who asks; nobody who decides in cases for a citizen."""
    if invitee.side == Side.CITIZEN and decides(actor):
        return False
    return actor.has_role(invitee.process_id, Role.COORDINATOR) or (
        invites(actor, invitee.process_id) and invitee.asker_id == actor.person_id
    )


def _must_change(actor: Actor, invitee: Invitee) -> None:
    if not may_change(actor, invitee):
        raise NotAllowed()
    actor.must_be_open(invitee.process_id)


def describe(
    *,
    actor: Actor,
    invitee: Invitee,
    name: str,
    contact: str,
    language: str,
    young: bool,
    guardian_yes_on: date | None,
    asker_id: UUID | None = None,
    seen: str | None = None,
) -> None:
    """Change what is written of somebody: first name, how they are reached, their letter's language, who asks, and for a
    child the day a guardian said yes. `seen`: the mark of what was on the page (`written_of`); ChangedMeanwhile when
    somebody else has written since."""
    _must_change(actor, invitee)
    said = {"name": name.strip(), "contact": contact.strip()}
    with transaction.atomic():
        check(written_of(_hold(invitee)), said, seen)
        if asker_id is not None and actor.has_role(invitee.process_id, Role.COORDINATOR):
            # What was said to the one before stays with them: see `TakingPart.heard_by`.
            invitee.asker = _asker(actor, invitee.process_id, asker_id)
        invitee.name, invitee.contact = said["name"], said["contact"]
        invitee.language, invitee.young = language, young
        invitee.guardian_yes_on = guardian_yes_on if young else None
        invitee.save(update_fields=["name", "contact", "language", "young", "guardian_yes_on", "asker"])
        events.record(actor.person_id, "invitee.described", invitee, process_id=invitee.process_id)


def written_of(invitee: Invitee) -> dict[str, str]:
    """The words about somebody that several may be changing at once."""
    return {"name": str(invitee.name), "contact": str(invitee.contact)}


def _hold(invitee: Invitee) -> Invitee:
    """The row as it is now, held until the end of the transaction. NotNow when it is gone."""
    held = Invitee.objects.unrestricted("the row itself, held while it is written").select_for_update()
    row: Invitee | None = held.filter(pk=invitee.pk).first()
    if row is None:
        raise NotNow(_("Dette er ikke lenger på lista."))
    return row


def set_step(*, invitee: Invitee, step: str, actor: Actor | None, through: str = Through.DESK) -> None:
    """A step on the way. `actor` is None when somebody answers by the code on their letter. Said twice it is one step."""
    if actor is not None:
        _must_change(actor, invitee)
    with transaction.atomic():
        row = _hold(invitee)
        if row.step == step:
            return
        if step in ANSWERS and row.step in BEFORE_ASKED:
            # Whoever answers has been asked, also when nobody wrote it down.
            _trace(row, Step.ASKED, actor, through)
        invitee.step, invitee.step_at = step, clock.now()
        invitee.save(update_fields=["step", "step_at"])
        _trace(row, step, actor, through)


def write_lists(
    *,
    actor: Actor,
    process_id: UUID,
    lives_with: str,
    seldom_asked: str,
    not_here: str,
    seen: str | None = None,
) -> WhoToAsk:
    """The three lists: who lives with it, who is seldom asked, who is not here. `seen`: the mark of what was on the page;
    ChangedMeanwhile when somebody else has written since."""
    if not invites(actor, process_id):
        raise NotAllowed()
    actor.must_be_open(process_id)
    keys.ensure(process_id)
    with transaction.atomic():
        row = lists_of(process_id)
        lists = dict(zip(LISTS, (lives_with.strip(), seldom_asked.strip(), not_here.strip()), strict=True))
        check({name: str(getattr(row, name)) for name in LISTS}, lists, seen)
        for name, text in lists.items():
            setattr(row, name, text)
        row.save(update_fields=LISTS)
        events.record(actor.person_id, "who-to-ask.written", row, process_id=process_id)
    return row


def lists_of(process_id: UUID) -> WhoToAsk:
    """The one row of a process, held until the end of the transaction."""
    keys.ensure(process_id)
    rows = WhoToAsk.objects.unrestricted("the one row of a process, held while it is written")
    row, _made = rows.get_or_create(process_id=process_id, defaults={"sealed_by": process_id})
    found: WhoToAsk = rows.select_for_update().get(pk=row.pk)
    return found


def link_of(invitee: Invitee) -> str:
    """The address that stands on the letter, as others reach it."""
    return public_url("invited-link", str(invitee.token))


def address_of_codes() -> str:
    """Where the code is typed, as it is written on paper."""
    return str(settings.LANGBORD_PUBLIC_URL).rstrip("/") + "/i/"


def email_of(invitee: Invitee) -> str:
    """The e-mail address among what is written of how they are reached, or nothing."""
    for part in str(invitee.contact).replace(",", " ").replace(";", " ").split():
        try:
            validate_email(part)
        except ValidationError:
            continue
        return part
    return ""


def send_mail(*, actor: Actor, invitee: Invitee) -> None:
    """Tell somebody by e-mail that they are invited, with the way to the letter and nothing else. NotNow when there is no
    address, or the mail could not leave. The step becomes ASKED."""
    _must_change(actor, invitee)
    address = email_of(invitee)
    if not address:
        raise NotNow(_("Det står ingen e-postadresse her. Skriv den inn først."))
    with override(invitee.language):
        message = EmailMessage(
            subject=_("Du er invitert"),
            body=_("Du er invitert til noe. Les mer her, når du sitter i fred:\n\n%(link)s")
            % {"link": link_of(invitee)},
            to=[address],
        )
    try:
        message.send()
    except Exception as error:
        raise NotNow(_("E-posten kom ikke av sted. Prøv igjen om litt, eller gi brevet for hånd.")) from error
    if invitee.step in BEFORE_ASKED:
        set_step(invitee=invitee, step=Step.ASKED, actor=actor)
