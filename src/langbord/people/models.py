"""Persons, and where they work. How a person signs in is in `signin/models.py`."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from langbord.access.enums import CasePower
from langbord.access.gate import GatedModel, open_for
from langbord.base.models import Entity
from langbord.vault.fields import SealedTextField

from .querysets import ContactQuerySet, PersonQuerySet


class Organisation(Entity):
    """A municipality, a NAV office, a foundation, a volunteer centre: whoever answers for units and processes.
    A sign on a door, so not sealed."""

    name = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=20,
        choices=[
            ("municipality", _("kommune")),
            ("state", _("stat")),
            ("voluntary", _("frivillig")),
            ("private", _("privat")),
            ("research", _("forskning")),
        ],
        default="municipality",
    )

    def __str__(self) -> str:
        return self.name


class Unit(Entity):
    """A part of an organisation that can take part: an office, a section, a team."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Closed like every gated manager. Persons are made by `people.actions.register_person`."""


class Person(AbstractBaseUser):
    """Somebody who can sign in. The password field holds the PIN, hashed; most employees have none.

    `sealed_by` is the person's own id: destroying that key makes name and words unreadable everywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sealed_by = models.UUIDField(editable=False)
    name = SealedTextField(subject="sealed_by")
    alias = SealedTextField(subject="sealed_by", blank=True, default="")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    case_power = models.CharField(max_length=10, choices=CasePower.choices, default=CasePower.NONE)
    is_operator = models.BooleanField(default=False)
    language = models.CharField(max_length=5, blank=True, default="")
    text_size = models.CharField(max_length=10, blank=True, default="")
    created_at = models.DateTimeField()

    objects = PersonManager()

    USERNAME_FIELD = "id"
    is_active = True

    class Meta:
        base_manager_name = "objects"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.sealed_by is None:
            self.sealed_by = self.id  # type: ignore[unreachable]

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        with open_for("an object already held"):
            super().refresh_from_db(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with open_for("an object already held"):
            return super().delete(*args, **kwargs)

    @property
    def shown_name(self) -> str:
        """First name or alias: what people at the table see."""
        return str(self.alias or self.name)

    @property
    def has_pin(self) -> bool:
        return bool(self.password) and self.has_usable_password()

    def __str__(self) -> str:
        return f"person {self.pk}"


class Contact(GatedModel):
    """How a person is reached. Apart from the person, since a name may be shown to many and this to few."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="contact")
    sealed_by = models.UUIDField(editable=False)
    email = SealedTextField(subject="sealed_by", blank=True, default="")
    email_lookup = models.CharField(max_length=64, null=True, unique=True, editable=False)
    phone = SealedTextField(subject="sealed_by", blank=True, default="")
    phone_lookup = models.CharField(max_length=64, null=True, unique=True, editable=False)

    objects = models.Manager.from_queryset(ContactQuerySet)()

    class Meta(GatedModel.Meta):
        pass


def person_ref(person_id: UUID) -> str:
    """A short pseudonym for logs."""
    return str(person_id)[:8]


from .signin.models import (  # noqa: E402  (they refer to Person by name)
    Card,
    EmailCode,
    OneTimeLink,
    OwnSession,
    PersonaKey,
    RecoveryCode,
    Rescued,
    SecondFactor,
    Throttle,
)

__all__ = [
    "Card",
    "Contact",
    "EmailCode",
    "OneTimeLink",
    "Organisation",
    "OwnSession",
    "Person",
    "PersonaKey",
    "RecoveryCode",
    "Rescued",
    "SecondFactor",
    "Throttle",
    "Unit",
    "person_ref",
]
