"""The second factor: who needs one, setting it up, checking it."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

import pyotp
import segno
from django.db import transaction
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Contact, Person

from . import codes, throttle
from .links import example_data
from .models import RecoveryCode, SecondFactor

STEP = 30
RECOVERY_CODES = 8
_WHY = "signing in: the person's own second factor"


def works_here(actor: Actor) -> bool:
    """Signs in for work: any role but a citizen's, or an operator. A host counts when there is an e-mail to them."""
    if actor.person is None:
        return False
    if actor.is_operator or actor.mentoring:
        return True
    roles = {sitting.role for sitting in actor.sittings} - CITIZEN_SIDE
    if roles == {Role.HOST}:
        return (
            Contact.objects.unrestricted("whether a host signs in by e-mail")
            .filter(person_id=actor.person.pk, email_lookup__isnull=False)
            .exists()
        )
    return bool(roles)


def is_required(actor: Actor) -> bool:
    """A second factor is needed before anything opens. Waived only on example data."""
    return not example_data() and works_here(actor)


def of(person: Person) -> SecondFactor | None:
    """The person's second factor, if it counts."""
    found: SecondFactor | None = (
        SecondFactor.objects.unrestricted(_WHY)
        .filter(person_id=person.pk, confirmed_at__isnull=False)
        .first()
    )
    return found


def being_set_up(person: Person) -> SecondFactor | None:
    found: SecondFactor | None = (
        SecondFactor.objects.unrestricted(_WHY).filter(person_id=person.pk, confirmed_at__isnull=True).first()
    )
    return found


def begin(*, actor: Actor) -> SecondFactor:
    """A fresh secret, which counts only when a code from it has been given. NotNow if there is one that counts: that one
    is what proves who somebody is."""
    person: Person | None = actor.person
    if person is None:
        raise NotAllowed()
    if of(person) is not None:
        raise NotNow(_("Du har allerede en kodeapp."))
    SecondFactor.objects.unrestricted(_WHY).filter(person_id=person.pk, confirmed_at__isnull=True).delete()
    return SecondFactor.objects.create(
        person=person, sealed_by=person.sealed_by, secret=pyotp.random_base32(), made_at=clock.now()
    )


def address(factor: SecondFactor) -> str:
    """What the app reads from the QR. Names the product and no person: the app may be on a screen that others see."""
    return pyotp.TOTP(factor.secret, interval=STEP).provisioning_uri(name="Langbord", issuer_name="Langbord")


def qr(factor: SecondFactor) -> str:
    """The address as SVG, without script or style."""
    return qr_svg(address(factor), _("QR-kode til kodeappen"))


def qr_svg(text: str, title: str) -> str:
    """A QR that is drawn whole at whatever size the page gives it: with a view box and no size of its own, and the white
    edge of four modules that readers need."""
    code = segno.make(text, error="m", micro=False)
    return str(
        code.svg_inline(
            title=title,
            scale=5,
            border=4,
            light="#fff",
            dark="#000",
            svgclass="qr",
            lineclass=None,
            omitsize=True,
        )
    )


def confirm(*, actor: Actor, code: str) -> tuple[list[str], datetime | None]:
    """The first code from the app. Gives the recovery codes (the only time they are shown), or nothing and, after too
    many tries, when to try again."""
    person: Person | None = actor.person
    factor = being_set_up(person) if person is not None else None
    if person is None or factor is None:
        raise NotAllowed()
    wait = throttle.take_try("factor", str(person.pk))
    if wait is not None or not _fits(factor, code):
        return [], wait
    throttle.clear("factor", str(person.pk))
    now = clock.now()
    fresh = [codes.recovery_code() for _number in range(RECOVERY_CODES)]
    with transaction.atomic():
        factor.confirmed_at = now
        factor.save(update_fields=["confirmed_at"])
        RecoveryCode.objects.unrestricted(_WHY).filter(person_id=person.pk).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person=person, code_lookup=codes.look_up("recovery", codes.plain(code)), made_at=now)
            for code in fresh
        )
        events.record(person.pk, "second-factor.set", factor)
    return fresh, None


def check(person: Person, code: str) -> tuple[bool, datetime | None]:
    """A code from the app, or a recovery code. Each works once. A time: when to try again."""
    wait = throttle.take_try("factor", str(person.pk))
    if wait is not None:
        return False, wait
    factor = of(person)
    if factor is None or not (_fits(factor, code) or _recovered(person, code)):
        return False, None
    throttle.clear("factor", str(person.pk))
    return True, None


def _fits(factor: SecondFactor, code: str) -> bool:
    """Whether it is the code of this half minute, or of the one before or after; and never used before."""
    digits = "".join(sign for sign in code if sign.isdigit())
    totp = pyotp.TOTP(factor.secret, interval=STEP)
    now = int(clock.now().timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        if step > factor.last_step and hmac.compare_digest(totp.at(step * STEP), digits):
            rows = SecondFactor.objects.unrestricted(_WHY).filter(pk=factor.pk, last_step__lt=step)
            with transaction.atomic():
                return rows.update(last_step=step) == 1
    return False


def _recovered(person: Person, code: str) -> bool:
    rows = RecoveryCode.objects.unrestricted(_WHY).filter(
        person_id=person.pk, code_lookup=codes.look_up("recovery", codes.plain(code)), used_at__isnull=True
    )
    with transaction.atomic():
        if rows.update(used_at=clock.now()) != 1:
            return False
        events.record(person.pk, "second-factor.recovered", person)
    return True


def reset(person_id: UUID) -> bool:
    """Remove the second factor and the recovery codes. Only from the command line. False if there was none."""
    with transaction.atomic():
        removed, _each = (
            SecondFactor.objects.unrestricted("an operator resets it").filter(person_id=person_id).delete()
        )
        RecoveryCode.objects.unrestricted("an operator resets it").filter(person_id=person_id).delete()
        if removed:
            # On whose row: the person finds it in their file, and whoever reads the log sees that it was done to somebody.
            events.record(None, "second-factor.reset", Person(pk=person_id))
    return bool(removed)
