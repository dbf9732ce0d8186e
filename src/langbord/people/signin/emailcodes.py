"""Codes by e-mail. An unknown address gets the same answer, after the same work, as a known one."""

from __future__ import annotations

import hmac
import logging
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from langbord.base import clock, events
from langbord.people.models import Contact, Person
from langbord.vault import keys, lookup

from . import codes, throttle
from .models import EmailCode

VALID = timedelta(minutes=10)
TRIES = 5
PER_ADDRESS, PER_ADDRESS_IN_ALL, PER_ADDRESS_WINDOW = 5, 24, timedelta(minutes=30)
"""For one address: so many from one place, and so many mails at most. The first two from each place have a half of the
whole for themselves: else anybody could keep somebody out by asking for codes to their address."""
IN_ALL, IN_ALL_WINDOW = 600, timedelta(minutes=10)
_WHY = "signing in: an address is looked up by its digest"

log = logging.getLogger("langbord.signin")
_post = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sign-in-mail")
_sending: list[Future[None]] = []


def send_code(email: str, place: str = "") -> UUID | None:
    """Make a code and send it, if the address is somebody's. The id that the browser's session keeps; None if too many
    codes were asked for, which says nothing about whether the address is known.

    The mail leaves in a thread of its own: a mail server's answer takes time that an unknown address would not.
    It goes to the address that is stored, never to what was typed: two that look alike can be two different ones.
    """
    if not throttle.spend_at(
        f"email:{lookup.email(email)}",
        place,
        limit=PER_ADDRESS,
        in_all=PER_ADDRESS_IN_ALL,
        window=PER_ADDRESS_WINDOW,
        first=2,
    ):
        return None
    if not throttle.spend_at("email-from", place, limit=IN_ALL, in_all=IN_ALL, window=IN_ALL_WINDOW):
        return None
    contact = Contact.objects.unrestricted(_WHY).filter(email_lookup=lookup.digest("email", email)).first()
    code = codes.eight_digits()
    now = clock.now()
    row = EmailCode(id=uuid4(), made_at=now, expires_at=now + VALID)
    row.person_id = contact.person_id if contact is not None else None
    row.code_lookup = _lookup(row.pk, code)
    row.save(force_insert=True)
    keys.preload([contact.sealed_by if contact is not None else uuid4()])
    address = contact.email if contact is not None else ""
    subject = _("Koden din")
    body = _(
        "Koden er %(code)s.\n\nDen gjelder i ti minutter og kan brukes én gang.\n"
        "Har du ikke bedt om en kode, kan du se bort fra denne meldingen."
    ) % {"code": f"{code[:4]} {code[4:]}"}
    _sending[:] = [sending for sending in _sending if not sending.done()]
    _sending.append(_post.submit(_send, str(address), subject, body))
    return row.pk


def wait_for_mail() -> None:
    """Until all mail has left. For tests."""
    for sending in _sending:
        sending.result(timeout=60)


def person_by_code(code_id: UUID, code: str) -> Person | None:
    """The person whose code this is, once. None for a wrong, old, used or too often tried code."""
    now = clock.now()
    rows = EmailCode.objects.unrestricted(_WHY).filter(pk=code_id, used_at__isnull=True, expires_at__gt=now)
    with transaction.atomic():
        if rows.filter(tries__lt=TRIES).update(tries=F("tries") + 1) != 1:
            return None
    row = EmailCode.objects.unrestricted(_WHY).get(pk=code_id)
    digits = "".join(sign for sign in code if sign.isdigit())
    if not hmac.compare_digest(row.code_lookup, _lookup(row.pk, digits)) or row.person_id is None:
        return None
    with transaction.atomic():
        if rows.update(used_at=now) != 1:
            return None
        person: Person = Person.objects.unrestricted("the person whose code it was").get(pk=row.person_id)
        events.record(person.pk, "email-code.used", row)
    return person


def _lookup(row: UUID, code: str) -> str:
    return codes.look_up("email-code", f"{row}:{code}")


def _send(address: str, subject: str, body: str) -> None:
    message = EmailMessage(subject=subject, body=body, to=[address])
    message.message()
    if not address:
        return
    try:
        message.send()
    except Exception:
        log.warning("A sign-in mail could not be sent. Check the mail settings.", exc_info=False)
