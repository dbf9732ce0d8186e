"""What somebody can do in citizens' cases, said or corrected after they were registered (decision 0005)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CasePower, Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Person
from langbord.processes.models import Membership

from .models import Seat

_STRENGTH = (CasePower.NONE, CasePower.LOOKS_UP, CasePower.DECIDES)


def set_case_power(*, person: Person, power: str, actor: Actor) -> None:
    """Say whether a person decides in, or can look up, citizens' cases. Seats that this shuts them out of end at once:
    no change of role may lead into a citizens' room. More power is said by any coordinator of theirs; less only where the
    person first took part, since the mark keeps them out everywhere."""
    coordinated = [s.process_id for s in actor.sittings if s.role == Role.COORDINATOR]
    here = Membership.objects.visible_to(actor).filter(
        person=person, ended_at__isnull=True, process_id__in=coordinated
    )
    if not here.exists():
        raise NotAllowed()
    if _STRENGTH.index(CasePower(power)) < _STRENGTH.index(CasePower(person.case_power)):
        roles = Membership.objects.unrestricted("where somebody first took part; nothing is shown")
        first = roles.filter(person=person).order_by("started_at", "pk").first()
        if first is None or first.process_id not in coordinated:
            raise NotNow(_("Dette ble skrevet et annet sted. Bare de kan ta det bort."))
    with transaction.atomic():
        person.case_power = power
        person.save(update_fields=["case_power"])
        events.record(actor.person_id, f"person.case_power.{power}", person)
        held = Seat.objects.unrestricted("seats that power over cases shuts somebody out of")
        for seat in held.shut_by(person.pk, CasePower(power)):
            seat.ended_at = clock.now()
            seat.save(update_fields=["ended_at"])
            events.record(actor.person_id, "seat.ended", seat)


def mark_known(*, person: Person, power: str, actor: Actor) -> None:
    """What is typed of somebody who is here already, when they are taken in once more: more power than was known counts
    from now on, less changes nothing."""
    if _STRENGTH.index(CasePower(power)) > _STRENGTH.index(CasePower(person.case_power)):
        set_case_power(person=person, power=power, actor=actor)
