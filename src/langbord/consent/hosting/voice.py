"""Aloud, with a witness: the host read a text, the person said yes or no, and somebody else heard it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Person
from langbord.processes.models import Membership

from ..actions import TEXT_CHANGED
from ..enums import Method, Purpose
from ..models import ConsentEvent, Guardianship
from ..texts import Notice
from .querysets import with_names
from .recording import write_down
from .sheets import notices_for

NO_WITNESS = _("Velg hvem som var vitne, eller skriv et navn.")


def fingerprint(notices: Iterable[Notice]) -> str:
    """Stands for all the texts of a page: another one when a letter of any of them is changed."""
    return hashlib.sha256("|".join(n.sha256 for n in notices).encode("ascii")).hexdigest()


def possible_witnesses(actor: Actor, process_id: UUID, *but: UUID | None) -> list[Membership]:
    """Others whom this host meets here, by name: not the host, nor those whose answer it is. One query."""
    found: dict[UUID, Membership] = {}
    met = Membership.objects.visible_to(actor).filter(process_id=process_id, ended_at__isnull=True)
    for member in with_names(met):
        if member.person_id not in {actor.person_id, *but}:
            found.setdefault(member.person_id, member)
    return list(found.values())


def record_voice(
    *,
    actor: Actor,
    person: Person,
    process_id: UUID,
    language: str,
    shown: str,
    answers: Mapping[str, str],
    once: UUID,
    witness_id: UUID | None = None,
    witness_name: str = "",
    guardianship: Guardianship | None = None,
) -> list[ConsentEvent]:
    """Write down what was said aloud. `shown`: the fingerprint of the texts that were read.

    The witness is another member, or a name; either is kept sealed, and only the person sees it. NotNow when there is no
    witness, or a text has changed since the page was opened. A second click adds nothing.
    """
    notices = notices_for(process_id, language, Purpose)
    if fingerprint(notices) != shown:
        raise NotNow(TEXT_CHANGED)
    name = witness_name.strip()
    if witness_id is not None:
        adult = guardianship.guardian_id if guardianship is not None else None
        chosen = possible_witnesses(actor, process_id, person.pk, adult)
        name = next((m.person.shown_name for m in chosen if m.person_id == witness_id), "")
    if not name:
        raise NotNow(NO_WITNESS)
    if guardianship is not None and (guardianship.record.person_id != person.pk or not guardianship.counts):
        raise NotAllowed()
    with transaction.atomic():
        written = write_down(
            actor=actor,
            person=person,
            process_id=process_id,
            answers=[(n, answers.get(n.purpose, "none")) for n in notices],
            method=Method.VOICE,
            once=once,
            language=language,
            guardianship=guardianship,
            witness=name,
        )
        events.record(actor.person_id, "consent.voice-recorded", person, process_id=process_id)
    return written
