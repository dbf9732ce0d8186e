"""What cannot be opened: damaged, moved, its key destroyed or missing. It is not shown, and its bytes are not lost."""

from __future__ import annotations

import copy
import pickle
import uuid
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation

from langbord.vault import keyfiles, keys
from langbord.vault.errors import KeyDestroyed, SealError
from langbord.vault.fields import Unopenable

from .models import Note, Self
from .rows import CANARY, note, put_raw, raw

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.usefixtures("note_tables")]


def unopenable(row: Note, reason: str) -> None:
    """The text is not shown, and nothing that is done with the row loses its bytes."""
    before = raw(row)
    with translation.override("nb"):
        loaded = Note.objects.get(pk=row.pk)
        shown = loaded.text
        assert isinstance(shown, Unopenable)
        assert shown == "Denne teksten kan ikke åpnes"
        assert shown.reason == reason
        assert pickle.loads(pickle.dumps(shown)) == copy.deepcopy(shown) == shown
        loaded.colour = "blå"
        loaded.save()
        loaded.text = shown
        loaded.save()
        loaded.text = str(shown)
        loaded.save()
        loaded.refresh_from_db()
        loaded.save()
        Note.objects.defer("text").get(pk=row.pk).save()
        assert raw(row) == before
        with pytest.raises(SealError, match="moved"), transaction.atomic():
            Note.objects.create(sealed_by=row.sealed_by, title=None, text=loaded.text)
        loaded.sealed_by = uuid.uuid4()
        with pytest.raises(SealError, match="moved"), transaction.atomic():
            loaded.save()
    assert raw(row) == before


def test_damaged_text() -> None:
    row = note()
    good = raw(row) or b""
    for i in {0, 1, 12, 13, 20, len(good) - 1}:
        put_raw(row, good[:i] + bytes([good[i] ^ 1]) + good[i + 1 :] if i else b"\x07" + good[1:])
        unopenable(row, "damaged")
    for end in {0, 1, 5, 13, 28, len(good) - 1}:
        put_raw(row, good[:end])
        unopenable(row, "damaged")
    put_raw(row, good)
    assert Note.objects.get(pk=row.pk).text == CANARY


def test_ciphertext_moved_to_another_row_column_or_subject_does_not_open() -> None:
    subject = uuid.uuid4()
    first, second = note(sealed_by=subject), note("et annet", sealed_by=subject)
    put_raw(second, raw(first))
    unopenable(second, "damaged")
    put_raw(first, raw(first), "title")
    assert isinstance(Note.objects.get(pk=first.pk).title, Unopenable)
    other = uuid.uuid4()
    keys.ensure(other)
    Note.objects.filter(pk=first.pk).update(sealed_by=other)
    unopenable(first, "damaged")


def test_ciphertext_moved_to_another_table_does_not_open() -> None:
    one = uuid.uuid4()
    here, there = note(id=one, sealed_by=one), Self.objects.create(id=one, name="", text="der")
    put_raw(there, raw(here))
    assert isinstance(Self.objects.get(pk=one).text, Unopenable)


def test_a_subject_is_bound_also_when_two_have_the_same_key() -> None:
    row, other = note(), uuid.uuid4()
    keys.ensure(other)
    of_first = keys.DataKey.objects.get(subject=row.sealed_by)
    keys.DataKey.objects.filter(subject=other).update(wrapped=of_first.wrapped)
    Note.objects.filter(pk=row.pk).update(sealed_by=other)
    unopenable(row, "damaged")


def test_destroyed_key() -> None:
    row, kept = note(), note("blir stående")
    keys.destroy(row.sealed_by)
    unopenable(row, "destroyed")
    assert Note.objects.get(pk=kept.pk).text == "blir stående"
    with pytest.raises(KeyDestroyed), transaction.atomic():
        note(sealed_by=row.sealed_by)
    held = Note.objects.get(pk=row.pk)
    held.text = "nytt"
    with pytest.raises(KeyDestroyed), transaction.atomic():
        held.save()


def test_missing_key_and_missing_subject() -> None:
    row = note()
    keys.DataKey.objects.filter(subject=row.sealed_by).delete()
    unopenable(row, "missing")
    Note.objects.filter(pk=row.pk).update(sealed_by=None)
    unopenable(row, "missing")


def test_missing_master_key(folder: Path) -> None:
    row = note()
    (folder / "master.key").rename(folder / "gone")
    keyfiles.forget()
    unopenable(row, "missing")


def test_new_words_may_replace_what_cannot_be_opened() -> None:
    row = note()
    put_raw(row, b"\x01tull")
    loaded = Note.objects.get(pk=row.pk)
    assert isinstance(loaded.text, Unopenable)
    loaded.text = "skrevet på nytt"
    loaded.save()
    assert Note.objects.get(pk=row.pk).text == "skrevet på nytt"
