"""Consent records: a head per person and process, and under it events that are only ever added to.

Shaped after ISO/IEC TS 27560. Whether somebody says yes is stored nowhere: `asking.py` works it out from the events.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models

from langbord.access.gate import GatedModel
from langbord.base.models import AppendOnly, Entity
from langbord.people.models import Organisation, Person
from langbord.processes.models import Process
from langbord.vault.fields import SealedTextField

from .enums import AgeBand, By, EventKind, Method, Purpose
from .querysets import ConsentEventQuerySet, ConsentRecordQuerySet, GuardianshipQuerySet, WitnessQuerySet

SCHEMA = "27560-1"
"""The shape of records and events; part of what is hashed."""

BEGINNING = "0" * 64
"""What the first event of a chain names as the one before it."""


class Controller(Entity):
    """Whom to ask about personal data in an organisation: its data-protection officer, as people reach them.
    A sign on a door, so not sealed; the form asks for an office's address, not a person's."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="controller_contact"
    )
    contact = models.CharField(max_length=200, blank=True, default="")


class UsedPurposes(Entity):
    """The purposes that a process has switched off or on. No row: as its template says (purposes.yaml)."""

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="used_purposes")
    off = models.JSONField(default=list)


class NoticeText(Entity):
    """A text as it was shown when somebody answered, kept so that it can be read later by its hash. Our own words."""

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()


class ConsentRecord(GatedModel):
    """The head: whose, towards whom, in which language. One per person and process.

    age_band: what the person (or a host, for a child) has said. length, head: how many events the chain has, and the
    hash of the last, so that a missing end is noticed too. The answers are not here.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consent_records")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="consent_records")
    controller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    schema = models.CharField(max_length=20, default=SCHEMA)
    language = models.CharField(max_length=5)
    age_band = models.CharField(max_length=10, choices=AgeBand.choices, blank=True, default=AgeBand.UNKNOWN)
    made_at = models.DateTimeField()
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default=BEGINNING)

    objects = models.Manager.from_queryset(ConsentRecordQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "process"], name="one_record_each")]


class Guardianship(GatedModel):
    """An adult who answers beside somebody under 16, in one process. Made by a host or the coordinator.

    guardian: who signs in here; else a sealed name, with the young person's key. ended_at: no longer (they are 16, or it
    was wrong). objected_at: the young person says no to this adult: what the adult answered does not count.
    """

    record = models.ForeignKey(ConsentRecord, on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="guards"
    )
    sealed_by = models.UUIDField(editable=False)
    guardian_name = SealedTextField(subject="sealed_by", blank=True, default="")
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(GuardianshipQuerySet)()

    adult_here: bool
    """Whether an adult who signs in takes part in the process; there when fetched `with_adult_here`."""

    class Meta(GatedModel.Meta):
        ordering = ["made_at", "pk"]

    @property
    def counts(self) -> bool:
        """Whether this adult's answer counts now, as long as they take part."""
        return self.ended_at is None and self.objected_at is None

    @property
    def nobody(self) -> bool:
        """The adult has left Langbord: nobody is left who could answer, or take back."""
        return self.guardian_id is None and not str(self.guardian_name).strip()

    @property
    def gone(self) -> bool:
        """The adult takes no longer part, or has left. Fetch it with `with_adult_here` or `with_people`."""
        return self.nobody if self.guardian_id is None else not self.adult_here


class ConsentEvent(GatedModel):
    """One thing that happened to one purpose. Only added to; `erasing.py` alone may remove, when somebody leaves.

    recorded_by: pseudonymous id of who pressed the button (oneself, a guardian, a host); leads nowhere when they are
    gone. guardianship: which adult answered. age_band: as it was then. notice_*: exactly which text was shown.
    previous_hash, own_hash: SHA-256; own_hash covers all other fields, previous_hash among them.
    """

    record = models.ForeignKey(ConsentRecord, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    at = models.DateTimeField()
    method = models.CharField(max_length=10, choices=Method.choices)
    by = models.CharField(max_length=10, choices=By.choices)
    guardianship_id = models.UUIDField(null=True)
    recorded_by = models.UUIDField(null=True)
    age_band = models.CharField(max_length=10, choices=AgeBand.choices, blank=True, default=AgeBand.UNKNOWN)
    notice_id = models.CharField(max_length=20)
    notice_version = models.CharField(max_length=10)
    notice_language = models.CharField(max_length=5)
    notice_sha256 = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    own_hash = models.CharField(max_length=64)

    objects = models.Manager.from_queryset(ConsentEventQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["record_id", "number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_event_a_number")]
        indexes = [models.Index(fields=["record", "purpose", "number"], name="consent_record_purpose")]

    def computed_hash(self) -> str:
        """SHA-256 (hex) over a canonical JSON of the facts and the hash of the event before."""
        facts = {
            "schema": SCHEMA,
            "id": str(self.pk),
            "record": str(self.record_id),
            "number": self.number,
            "purpose": self.purpose,
            "kind": self.kind,
            "at": self.at.isoformat(timespec="microseconds"),
            "method": self.method,
            "by": self.by,
            "guardianship": str(self.guardianship_id or ""),
            "recorded_by": str(self.recorded_by or ""),
            "age_band": self.age_band,
            "notice": [self.notice_id, self.notice_version, self.notice_language, self.notice_sha256],
            "previous": self.previous_hash,
        }
        words = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(words.encode("ascii")).hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("what was answered is never changed; add a new event")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        from .erasing import must_be_erasing

        must_be_erasing()
        return super().delete(*args, **kwargs)


class Witness(GatedModel):
    """Who heard it, when the answer was given aloud. Apart from the event, which is never changed and never sealed anew."""

    event = models.OneToOneField(ConsentEvent, on_delete=models.CASCADE, related_name="witness")
    sealed_by = models.UUIDField(editable=False)
    name = SealedTextField(subject="sealed_by")

    objects = models.Manager.from_queryset(WitnessQuerySet)()

    class Meta(GatedModel.Meta):
        pass


from .hosting.models import Sheet  # noqa: E402  (it refers to Guardianship by name)

__all__ = [
    "BEGINNING",
    "SCHEMA",
    "ConsentEvent",
    "ConsentRecord",
    "Controller",
    "Guardianship",
    "NoticeText",
    "Sheet",
    "UsedPurposes",
    "Witness",
]
