"""The sealed field: text in Python, ciphertext in the database, and never the other way round.

Stored is one version byte, a random 96-bit nonce, and AES-256-GCM ciphertext with its tag. The associated
data `v1|table|row id|field|subject` ties it to its place: moved to another row, column or person it does not
open. For the same reason a table or column with sealed text cannot be renamed without sealing its texts anew.
"""

from __future__ import annotations

import base64
import pickle
import secrets
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django import forms
from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from langbord.vault import keys
from langbord.vault.errors import KeyFileError, KeyUnavailable, SealError

VERSION = b"\x01"
UNWRITTEN = b"\x00"
"""Stands in a row that was there before its sealed column was added. It reads as empty."""

NONCE_BYTES = 12
CANNOT_BE_OPENED = _("Denne teksten kan ikke åpnes")

Place = tuple[UUID | None, UUID | None]
"""Row id and subject: what a ciphertext is tied to, beside its column."""


class Ciphertext(bytes):
    """Bytes that the field itself has sealed; nothing else is let through to the database."""


class Held:
    """What a model instance keeps for a sealed field: ciphertext, text, or both. Shows neither."""

    __slots__ = ("failed", "place", "raw", "text")

    def __init__(self, raw: bytes | None = None, place: Place | None = None, text: str | None = None) -> None:
        self.raw = raw
        self.place = place
        self.text = text
        self.failed = False

    def __repr__(self) -> str:
        return "<sealed text>"

    def __copy__(self) -> Held:
        return Held(self.raw, self.place, self.text)

    def __deepcopy__(self, memo: dict[int, Any]) -> Held:
        return self.__copy__()

    def __reduce__(self) -> tuple[type[Held], tuple[bytes, Place | None]]:
        if self.raw is None:
            raise pickle.PicklingError("text that is not sealed yet is not written anywhere")
        return Held, (self.raw, self.place)


class Unopenable(str):
    """Shown in place of a text that cannot be opened. Assigned back, it stands for the ciphertext it came
    from.

    `reason` is "damaged" (or moved), "destroyed" or "missing".
    """

    reason: str
    held: Held

    @classmethod
    def of(cls, held: Held, reason: str) -> Unopenable:
        shown = cls(CANNOT_BE_OPENED)
        shown.reason = reason
        shown.held = held
        held.failed = True
        return shown

    def __copy__(self) -> Unopenable:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Unopenable:
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


if TYPE_CHECKING:
    _BinaryField = models.BinaryField[Any, Any]
else:
    _BinaryField = models.BinaryField


class SealedAttribute(DeferredAttribute):
    """Opens on first access, so that a list of rows costs nothing until somebody reads one."""

    field: SealedTextField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            super().__get__(instance, cls)
        held = instance.__dict__[name]
        return None if held is None else self.field.opened(instance, held)

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.held(instance, value)


class SealedTextField(_BinaryField):
    """Free text, sealed with the key of `subject`.

    `subject` names the attribute of the row that holds the UUID of whose key it is (a person's or a group's);
    if that is a field it must be declared before this one. The row's primary key must be a UUID known before
    saving. Changing the subject and saving the whole row seals the text anew. The text cannot be searched,
    ordered or made unique in SQL: look-ups other than `isnull` raise FieldError. `QuerySet.update` and
    `bulk_update` refuse text.

    Reading gives str, None, or `Unopenable`. A text that cannot be opened stays as it is when the row is
    saved. With `only()`, name the subject too, else each row costs a query.
    """

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    description = _("Forseglet tekst")
    empty_values = [None, ""]
    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, subject: str = "sealed_by", **kwargs: Any) -> None:
        if any(kwargs.get(option) for option in ("unique", "primary_key", "db_index", "choices")):
            raise TypeError("a sealed text is not a key, not unique, not indexed and has no choices")
        self.subject = subject
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["subject"] = self.subject
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = models.Field.check(self, **kwargs)
        if not isinstance(_uuid_key(self.model), models.UUIDField):
            said = "A row with sealed text needs a UUID primary key."
            found.append(checks.Error(said, obj=self, id="vault.E001"))
        try:
            subject: Any = self.model._meta.get_field(self.subject)
        except FieldDoesNotExist:
            subject = None
        if subject is None:
            if not hasattr(self.model, self.subject):
                said = "The subject of a sealed text is missing."
                found.append(checks.Error(said, obj=self, id="vault.E002"))
        elif subject.attname != self.subject or subject.creation_counter > self.creation_counter:
            said = "Declare the subject (by attribute, as in author_id) before the sealed text."
            found.append(checks.Error(said, obj=self, id="vault.E003"))
        return found

    # -- text in and out of an instance

    def held(self, instance: models.Model, value: Any) -> Held | None:
        """What to keep for a value that is assigned; TypeError for anything but text."""
        if isinstance(value, Held):
            if value.place is None:
                value.place = self._place_at_load(instance)
            return value
        if value is None:
            return None
        if isinstance(value, Unopenable):
            return value.held
        if not isinstance(value, str | Promise):
            raise TypeError(f"{self.name} takes text, not {type(value).__name__}")
        text = str(value)
        before = instance.__dict__.get(self.attname)
        # The same text again, or the notice of a text that could not be opened sent back by a form.
        if (
            isinstance(before, Held)
            and before.raw is not None
            and (before.text == text or (before.failed and text == str(CANNOT_BE_OPENED)))
        ):
            return before
        return Held(text=text)

    def opened(self, instance: models.Model, held: Held) -> str:
        if held.text is None and held.raw != UNWRITTEN and held.place is None:
            held.place = self._place(instance)
        return self.opened_at(held)

    def opened_at(self, held: Held) -> str:
        """The text of something held whose place is known."""
        if held.text is not None:
            return held.text
        raw = held.raw or b""
        if raw == UNWRITTEN:
            held.text = ""
            return ""
        row, subject = held.place or (None, None)
        if subject is None:
            return Unopenable.of(held, "missing")
        if raw[:1] != VERSION:
            return Unopenable.of(held, "damaged")
        try:
            key = keys.for_subject(subject)
            sealed = key.decrypt(
                raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :], self._associated((row, subject))
            )
            held.text = sealed.decode("utf-8", "surrogatepass")
        except KeyUnavailable as error:
            return Unopenable.of(held, error.reason)
        except KeyFileError:
            return Unopenable.of(held, "missing")
        except (InvalidTag, ValueError):
            return Unopenable.of(held, "damaged")
        return held.text

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext | None:
        held: Held | None = model_instance.__dict__.get(self.attname)
        if held is None:
            return None
        place = self._place(model_instance)
        if held.raw is not None and held.place in (None, place):
            return Ciphertext(held.raw)
        text = self.opened(model_instance, held)
        if isinstance(text, Unopenable):
            raise SealError(f"{self}: what cannot be opened cannot be moved")
        raw = self._sealed(text, place)
        model_instance.__dict__[self.attname] = Held(raw, place, text)
        return raw

    def moved(self, instance: models.Model) -> bool:
        """Whether the row now names another subject than the one its text is sealed for."""
        held = instance.__dict__.get(self.attname)
        if not isinstance(held, Held) or held.raw is None or held.place is None:
            return False
        return held.place[1] != self._place(instance)[1]

    def _sealed(self, text: str, place: Place) -> Ciphertext:
        row, subject = place
        if subject is None and not text:
            return Ciphertext(UNWRITTEN)
        if row is None or subject is None:
            raise SealError(f"{self}: no row id or no {self.subject}")
        nonce = secrets.token_bytes(NONCE_BYTES)
        words = text.encode("utf-8", "surrogatepass")
        return Ciphertext(
            VERSION + nonce + keys.ensure(subject).encrypt(nonce, words, self._associated(place))
        )

    @cached_property
    def _table_and_key(self) -> tuple[str, str]:
        meta = self.model._meta
        return meta.db_table, str(meta.pk.attname)

    def _associated(self, place: Place) -> bytes:
        table, _key = self._table_and_key
        return f"v1|{table}|{place[0]}|{self.column}|{place[1]}".encode()

    def _place(self, instance: models.Model) -> Place:
        row = getattr(instance, self._table_and_key[1])
        return _as_uuid(row), _as_uuid(getattr(instance, self.subject))

    def _place_at_load(self, instance: models.Model) -> Place | None:
        """Where a row was read from, noted before anybody can change its id or subject."""
        loaded = instance.__dict__
        row, subject = loaded.get(self._table_and_key[1]), loaded.get(self.subject)
        return None if row is None or subject is None else (_as_uuid(row), _as_uuid(subject))

    # -- to and from the database

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Held | None:
        return None if value is None else Held(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str) and value == "":
            value = Ciphertext(UNWRITTEN)
        if value is None:
            return None
        if not isinstance(value, Ciphertext):
            raise SealError(f"{self} is written by saving its row only")
        return connection.Database.Binary(bytes(value))

    def get_default(self) -> Any:
        return models.Field.get_default(self)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        held = obj.__dict__.get(self.attname)
        if held is not None and held.raw is None:
            raise SealError("text that is not sealed yet is not written anywhere")
        return "" if held is None else base64.b64encode(held.raw).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be searched, only opened")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:
        raise FieldError(f"{self.name} is sealed: it cannot be searched, only opened")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, "widget": forms.Textarea, **kwargs})


def sealed_fields(model: type[models.Model]) -> list[SealedTextField]:
    return [f for f in model._meta.concrete_fields if isinstance(f, SealedTextField)]


def _subject_and_text_together(
    sender: type[models.Model], instance: models.Model, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Refuse to store a new subject without the text, which would then be tied to a key it was not sealed
    with.
    """
    if update_fields is None:
        return
    for field in sealed_fields(sender):
        if field.subject in update_fields and field.name not in update_fields and field.moved(instance):
            raise SealError(f"{sender._meta.label}: save {field.subject} and {field.name} together")


# Once, and not for each model: a migration makes every model anew many times, and each would be one more to look through.
pre_save.connect(_subject_and_text_together, dispatch_uid="sealed texts and their subjects")


def _uuid_key(model: type[models.Model]) -> Any:
    """The primary key, followed up through inherited tables to where it is a column of its own."""
    key: Any = model._meta.pk
    while key.remote_field is not None:
        key = key.target_field
    return key


def _as_uuid(value: Any) -> UUID | None:
    return value if value is None or isinstance(value, UUID) else UUID(str(value))
