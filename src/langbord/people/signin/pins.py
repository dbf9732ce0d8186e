"""The person's own PIN: four to eight digits, stored with argon2 in the password field."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.errors import NotAllowed
from langbord.people.models import Person

from . import throttle

SHORTEST, LONGEST = 4, 8
_UP = "01234567890123456789"


def validate_pin(pin: str) -> None:
    """ValidationError, in plain words, for a PIN that is not digits or that anybody would try first."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise ValidationError(_("Velg fire til åtte siffer."), code="shape")
    if len(set(pin)) == 1 or pin in _UP or pin in _UP[::-1] or pin == pin[:2] * (len(pin) // 2):
        raise ValidationError(_("Den er for lett å gjette. Velg noen andre siffer."), code="easy")


def set_pin(person: Person, pin: str) -> None:
    """Give the person a new PIN. All their other sessions end, since Django ties each session to the password."""
    validate_pin(pin)
    person.set_password(pin)
    person.save(update_fields=["password"])
    throttle.clear("pin", str(person.pk))
    events.record(person.pk, "person.pin-set", person)


def check_pin(person: Person, pin: str) -> tuple[bool, datetime | None]:
    """Whether it is the right one; or when to try again, if there have been too many wrong ones."""
    wait = throttle.take_try("pin", str(person.pk))
    if wait is not None:
        return False, wait
    if not check_password(pin, person.password):
        return False, None
    throttle.clear("pin", str(person.pk))
    return True, None


def change_pin(*, actor: Actor, old: str, new: str) -> tuple[bool, datetime | None]:
    """Change one's own PIN. The old one is asked for when there is one."""
    person: Person | None = actor.person
    if person is None:
        raise NotAllowed()
    if person.has_pin:
        right, wait = check_pin(person, old)
        if not right:
            return False, wait
    set_pin(person, new)
    return True, None
