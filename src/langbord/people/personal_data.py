"""What signing in and being somebody here holds on a person. Only leaving all of Langbord touches it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.base.personal_data import (
    Category,
    Counts,
    Fact,
    Fate,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    counted,
    language_name,
    register,
)
from langbord.vault import preload_for

from . import mailed
from .models import (
    Card,
    Contact,
    EmailCode,
    OneTimeLink,
    OwnSession,
    Person,
    PersonaKey,
    RecoveryCode,
    Rescued,
    SecondFactor,
)
from .signin import sessions, throttle
from .signin.rescue import given_back

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"

_WITH_THE_PERSON = (
    PersonaKey,
    EmailCode,
    OneTimeLink,
    RecoveryCode,
    SecondFactor,
    OwnSession,
    Card,
    Rescued,
    Contact,
)
"""What goes with the person, in an order in which nothing hangs in the air."""

_SIGN_IN = gettext_lazy("For at du, og ingen andre, skal komme inn.")


def export(person_id: UUID) -> list[Section]:
    person: Person = Person.objects.unrestricted(_SHOWN).with_unit().get(pk=person_id)
    contact = Contact.objects.unrestricted(_SHOWN).filter(person_id=person_id).first()
    rescued = list(Rescued.objects.unrestricted(_SHOWN).filter(person_id=person_id))
    preload_for([person, *([contact] if contact else []), *rescued])
    sizes = {"large": _("Stor"), "largest": _("Størst")}
    me = [
        Fact("name", _("Navn"), str(person.name)),
        Fact("alias", _("Det jeg blir kalt"), str(person.alias)),
        Fact("works_at", _("Jobber i"), str(person.unit) if person.unit is not None else ""),
        Fact("case_power", _("Makt i saker"), str(person.get_case_power_display())),
        Fact("is_operator", _("Driftsansvarlig"), person.is_operator),
        Fact("language", _("Språk"), person.language, language_name(person.language)),
        Fact("text_size", _("Tekststørrelse"), person.text_size, sizes.get(person.text_size, "")),
        Fact("since", _("Registrert"), person.created_at),
        Fact("email", _("E-post"), str(contact.email) if contact else ""),
        Fact("phone", _("Telefon"), str(contact.phone) if contact else ""),
        Fact("has_pin", _("Har PIN-kode"), person.has_pin),
    ]
    sections = [Section("me", _("Om meg"), [me])]
    sections.append(
        Section(
            "cards",
            _("Kortene mine"),
            [_card(card) for card in Card.objects.unrestricted(_SHOWN).filter(person_id=person_id)],
        )
    )
    sections.append(
        Section(
            "sessions",
            _("Der jeg har logget inn"),
            [_session(own) for own in OwnSession.objects.unrestricted(_SHOWN).filter(person_id=person_id)],
        )
    )
    factor = SecondFactor.objects.unrestricted(_SHOWN).filter(person_id=person_id).first()
    ways = [[Fact("second_factor_since", _("Kodeapp siden"), factor.confirmed_at)]] if factor else []
    sections.append(Section("second_factor", _("Kodeapp"), ways))
    kept = [given_back(row) for row in rescued]
    sections.append(
        Section(
            "rescued",
            _("Skrevet da jeg var logget ut"),
            [[Fact("words", _("Tekst"), [value for _name, value in one.words])] for one in kept],
        )
    )
    sections.append(Section("codes", _("Koder og lenker til meg"), _codes(person_id)))
    return sections


def _codes(person_id: UUID) -> list[list[Fact]]:
    """When they were made and used; never what they were."""
    links = OneTimeLink.objects.unrestricted(_SHOWN).filter(person_id=person_id)
    mailed = EmailCode.objects.unrestricted(_SHOWN).filter(person_id=person_id)
    spare = RecoveryCode.objects.unrestricted(_SHOWN).filter(person_id=person_id)
    kinds: list[tuple[str, Any]] = [
        (_("engangslenker"), links),
        (_("koder sendt på e-post"), mailed),
        (_("reservekoder"), spare),
    ]
    return [
        [
            Fact("what", _("Hva"), what),
            Fact("made_at", _("Laget"), row.made_at),
            Fact("used_at", _("Tatt i bruk"), row.used_at),
        ]
        for what, rows in kinds
        for row in rows.order_by("made_at")
    ]


def _card(card: Card) -> list[Fact]:
    return [
        Fact("issued_at", _("Laget"), card.issued_at),
        Fact("first_used_at", _("Tatt i bruk"), card.first_used_at),
        Fact("revoked_at", _("Stoppet"), card.revoked_at),
    ]


def _session(own: OwnSession) -> list[Fact]:
    return [
        Fact("device", _("Hva slags"), own.device, sessions.device_in_words(own.device)),
        Fact("shared", _("Ikke min telefon"), own.shared),
        Fact("started_at", _("Logget inn"), own.started_at),
        Fact("ended_at", _("Logget ut"), own.ended_at),
    ]


def counts(parting: Parting) -> Counts:
    if parting.process_id is not None:
        return {}
    cards = Card.objects.unrestricted(_GONE).filter(person_id=parting.person_id, revoked_at__isnull=True)
    return {(Fate.GONE, "card"): cards}


def keep_without_name(parting: Parting) -> Numbers:
    """Mail that lies in files has the address in clear: it goes while the address can still be read."""
    if parting.process_id is None:
        contact = Contact.objects.unrestricted(_GONE).filter(person_id=parting.person_id).first()
        mailed.forget(str(contact.email) if contact is not None else "")
    return Numbers()


def erase(parting: Parting) -> Numbers:
    """The person themself, last of all: nothing may point to them any more."""
    if parting.process_id is not None:
        return Numbers()
    told = counted(counts(parting))
    end_all_sessions(parting.person_id)
    for model in _WITH_THE_PERSON:
        for row in model.objects.unrestricted(_GONE).filter(person_id=parting.person_id):
            row.delete()
    for kind in ("pin", "factor"):
        throttle.clear(kind, str(parting.person_id))
    for person in Person.objects.unrestricted(_GONE).filter(pk=parting.person_id):
        person.delete()
    return told


def end_all_sessions(person_id: UUID) -> None:
    """Wherever the person is signed in, that ends: also sessions that are on no list. Each is opened to see whose it is."""
    mine = [
        session.session_key
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(person_id)
    ]
    Session.objects.filter(session_key__in=mine).delete()


_THINGS = {
    "card": lambda n: ngettext("%(n)d kort", "%(n)d kort", n) % {"n": n},
}


def _own(model: str, what: object, why: object, *categories: Category, **more: object) -> Holding:
    return Holding(f"people.{model}", what, why, categories, whose=("person_id",), **more)  # type: ignore[arg-type]


def declare() -> None:
    register(
        Register(
            app="people",
            holdings=(
                Holding(
                    "people.Person",
                    gettext_lazy(
                        "navnet ditt, hvor du jobber, språk og PIN-koden (gjort om, så ingen kan lese den)"
                    ),
                    gettext_lazy("For at de andre skal vite hvem du er, og du skal komme inn."),
                    (Category.IDENTITY, Category.SIGN_IN),
                    whose=("pk",),
                ),
                _own(
                    "Contact",
                    gettext_lazy("e-post og telefon"),
                    gettext_lazy("For at verten skal nå deg."),
                    Category.CONTACT,
                ),
                _own(
                    "Card", gettext_lazy("kortene dine"), _SIGN_IN, Category.SIGN_IN, mentions=("issued_by",)
                ),
                _own(
                    "OneTimeLink",
                    gettext_lazy("engangslenker"),
                    _SIGN_IN,
                    Category.SIGN_IN,
                    mentions=("made_by",),
                ),
                _own("EmailCode", gettext_lazy("koder sendt på e-post"), _SIGN_IN, Category.SIGN_IN),
                _own("SecondFactor", gettext_lazy("kodeappen din"), _SIGN_IN, Category.SIGN_IN),
                _own("RecoveryCode", gettext_lazy("reservekoder"), _SIGN_IN, Category.SIGN_IN),
                _own("OwnSession", gettext_lazy("hvor du er logget inn"), _SIGN_IN, Category.SIGN_IN),
                Holding(
                    "sessions.Session",
                    gettext_lazy("innlogginger som er i gang"),
                    _SIGN_IN,
                    (Category.SIGN_IN,),
                ),
                _own(
                    "Rescued",
                    gettext_lazy("det du skrev rett etter at du ble logget ut"),
                    gettext_lazy("For at ingenting du skriver, skal bli borte."),
                    Category.WORDS,
                ),
                _own(
                    "PersonaKey",
                    gettext_lazy("fast navn på en person i eksempelet"),
                    gettext_lazy("Bare i eksempelet."),
                    Category.IDENTITY,
                ),
            ),
            export=export,
            counts=counts,
            keep_without_name=keep_without_name,
            erase=erase,
            things=_THINGS,
        )
    )
