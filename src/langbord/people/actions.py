"""Every write about persons: registering, changing name, power over cases, language."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from langbord.access.actor import Actor
from langbord.access.enums import CasePower
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.vault import keys
from langbord.vault.lookup import digest

from .models import Contact, Organisation, Person, Unit


def register_person(
    *,
    name: str,
    actor: Actor | None,
    person_id: UUID | None = None,
    alias: str = "",
    unit: Unit | None = None,
    case_power: str = CasePower.NONE,
    email: str = "",
    phone: str = "",
    language: str = "",
    is_operator: bool = False,
) -> Person:
    """Register somebody who can be invited. The key is made before the row. A second call with the same `person_id`
    returns the person made by the first; NotAllowed when somebody else made them. Who may invite is checked by the
    action of the process that calls this."""
    new_id = person_id or uuid4()
    existing: Person | None = (
        Person.objects.unrestricted("a second click makes nothing new").filter(pk=new_id).first()
    )
    if existing is not None:
        if actor is not None and not events.has_done(actor.person_id, "person.registered", new_id):
            raise NotAllowed()
        return existing
    keys.ensure(new_id)
    with transaction.atomic():
        person = Person(
            id=new_id,
            name=name.strip(),
            alias=alias.strip(),
            unit=unit,
            case_power=case_power,
            language=language,
            is_operator=is_operator,
            created_at=clock.now(),
        )
        person.set_unusable_password()
        person.save(force_insert=True)
        if email or phone:
            Contact.objects.create(
                person=person,
                sealed_by=new_id,
                email=email.strip(),
                email_lookup=digest("email", email) if email else None,
                phone=phone.strip(),
                phone_lookup=digest("phone", phone) if phone else None,
            )
        events.record(actor.person_id if actor else None, "person.registered", person)
    return person


def known_by_email(email: str) -> Person | None:
    """The person who already signs in with this address, to be invited to one more process. Whoever invites learns only
    that the address works."""
    if not email:
        return None
    contact = (
        Contact.objects.unrestricted("somebody who is here already is invited to one more process")
        .filter(email_lookup=digest("email", email))
        .first()
    )
    if contact is None:
        return None
    found: Person = (
        Person.objects.unrestricted("the one whose address it is").with_unit().get(pk=contact.person_id)
    )
    return found


def set_preferences(*, actor: Actor, language: str | None = None, text_size: str | None = None) -> None:
    """Language and text size of the signed-in person."""
    person: Person = actor.person
    changed = []
    if language is not None and language in ("nb", "nn", "en"):
        person.language = language
        changed.append("language")
    if text_size is not None and text_size in ("", "large", "largest"):
        person.text_size = text_size
        changed.append("text_size")
    if changed:
        person.save(update_fields=changed)


def set_name(*, actor: Actor, name: str, alias: str) -> None:
    """The signed-in person's own first name and what they are called here."""
    person: Person = actor.person
    person.name, person.alias = name.strip(), alias.strip()
    person.save(update_fields=["name", "alias"])
    events.record(person.pk, "person.name-set", person)


def name_persona(
    *, key: str, person: Person, process_slug: str = "", track: str = "", role: str = "", order: int = 0
) -> None:
    """Give one of the persons of the example a stable name, under which `personas` makes links. Example data only."""
    from .signin.links import example_data
    from .signin.models import PersonaKey

    if not example_data():
        raise NotAllowed()
    PersonaKey.objects.unrestricted("the example names its persons").update_or_create(
        key=key,
        defaults={
            "person": person,
            "process_slug": process_slug,
            "track": track,
            "role": role,
            "order": order,
        },
    )


def found_organisation(*, name: str, kind: str = "municipality", units: tuple[str, ...] = ()) -> Organisation:
    """An organisation with its units. Called by the start-up wizard and by coordinators' set-up."""
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name.strip(), kind=kind)
        for unit in units:
            Unit.objects.create(organisation=organisation, name=unit.strip())
    return organisation


def register_organisation(
    *, actor: Actor, name: str, kind: str, first_unit: str, organisation_id: UUID | None = None
) -> Organisation:
    """One more organisation, with its first unit. Operators, and coordinators of some process. A second click gives the
    first one's."""
    if not actor.sets_up:
        raise NotAllowed()
    with transaction.atomic():
        made, new = Organisation.objects.get_or_create(
            pk=organisation_id or uuid4(), defaults={"name": name.strip(), "kind": kind}
        )
        if new:
            Unit.objects.create(organisation=made, name=first_unit.strip())
            events.record(actor.person_id, "organisation.registered", made)
    return made


def register_unit(
    *, actor: Actor, organisation: Organisation, name: str, unit_id: UUID | None = None
) -> Unit:
    """One more unit of an organisation. Operators, and coordinators of some process. A second click gives the first
    one's."""
    if not actor.sets_up:
        raise NotAllowed()
    with transaction.atomic():
        made, new = Unit.objects.get_or_create(
            pk=unit_id or uuid4(), defaults={"name": name.strip(), "organisation": organisation}
        )
        if new:
            events.record(actor.person_id, "unit.registered", made)
    return made
