from __future__ import annotations

import base64
import copy
import pickle
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connections, models, transaction
from django.db.models import F
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import langbord.vault as vault
from langbord.vault import fields, keyfiles, keys
from langbord.vault.errors import KeyDestroyed, SealError
from langbord.vault.fields import SealedTextField, Unopenable

from .models import Note, Self

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.usefixtures("note_tables")]

CANARY = "kanarifugl-i-kjøkkenet"


def note(text: str | None = CANARY, **kwargs: Any) -> Note:
    return Note.objects.create(sealed_by=kwargs.pop("sealed_by", None) or uuid.uuid4(), text=text, **kwargs)


def raw(row: models.Model, column: str = "text") -> bytes | None:
    with connections["default"].cursor() as cursor:
        key = row.pk.hex if connections["default"].vendor == "sqlite" else row.pk
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [key])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def put_raw(row: models.Model, value: bytes | None, column: str = "text") -> None:
    with connections["default"].cursor() as cursor:
        key = row.pk.hex if connections["default"].vendor == "sqlite" else row.pk
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, key])


def stored() -> bytes:
    """All bytes of both databases."""
    found = b""
    for alias in ("default", "vault"):
        connection = connections[alias]
        if connection.vendor == "sqlite":
            found += connection.connection.serialize()
        else:
            with connection.cursor() as cursor:
                for table in connection.introspection.table_names(cursor):
                    cursor.execute(f'SELECT t::text FROM "{table}" t')
                    found += "\n".join(str(row[0]) for row in cursor.fetchall()).encode()
    return found


def in_any_shape(text: str) -> list[bytes]:
    plain = text.encode()
    return [plain, text.encode("utf-16-le"), base64.b64encode(plain)[:-4], plain.hex().encode()]


# -- what goes in comes out, and is not seen on the way


@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
@hypothesis_settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    row = note(text)
    assert Note.objects.get(pk=row.pk).text == text


def test_the_stored_bytes_do_not_show_the_text() -> None:
    row = note(title=CANARY, colour="SYNLIG")
    everything = stored()
    assert b"SYNLIG" in everything
    assert row.pk.bytes.hex().encode() in everything or str(row.pk).encode() in everything
    for shape in in_any_shape(CANARY):
        assert shape not in everything


def test_none_and_empty_are_two_things() -> None:
    nothing, empty = note(None), note("")
    assert raw(nothing) is None
    assert Note.objects.get(pk=nothing.pk).text is None
    assert Note.objects.get(pk=empty.pk).text == ""
    assert list(Note.objects.filter(text__isnull=True)) == [nothing]


def test_empty_text_needs_no_subject_but_words_do() -> None:
    row = Note.objects.create()
    assert Note.objects.get(pk=row.pk).title == ""
    with pytest.raises(SealError):
        Note.objects.create(text=CANARY)


def test_the_same_text_twice_is_two_ciphertexts() -> None:
    subject = uuid.uuid4()
    assert raw(note(sealed_by=subject)) != raw(note(sealed_by=subject))


def test_a_row_can_be_its_own_subject() -> None:
    row = Self.objects.create(name="Kari")
    assert Self.objects.get(pk=row.pk).name == "Kari"


# -- the ways of the ORM


def test_saving_again_leaves_the_ciphertext_alone() -> None:
    row = note()
    before = raw(row)
    row.save()
    loaded = Note.objects.get(pk=row.pk)
    loaded.save()
    assert loaded.text == CANARY
    loaded.text = CANARY
    loaded.save()
    loaded.refresh_from_db()
    loaded.save()
    assert raw(row) == before


def test_changed_text_is_sealed_anew() -> None:
    row = note()
    before = raw(row)
    row.text = "noe annet"
    row.save(update_fields=["colour"])
    assert raw(row) == before
    row.save(update_fields=["text"])
    assert raw(row) != before
    assert Note.objects.get(pk=row.pk).text == "noe annet"


def test_refresh_defer_only_values_and_bulk_create() -> None:
    rows = Note.objects.bulk_create(Note(sealed_by=uuid.uuid4(), text=f"{CANARY} {i}") for i in range(3))
    assert {n.text for n in Note.objects.all()} == {f"{CANARY} {i}" for i in range(3)}
    one = Note.objects.defer("text").get(pk=rows[0].pk)
    assert one.get_deferred_fields() == {"text"}
    assert one.text == f"{CANARY} 0"
    assert Note.objects.only("text").get(pk=rows[0].pk).text == f"{CANARY} 0"
    mine = Note.objects.get(pk=rows[0].pk)
    one.text = "nytt"
    one.save()
    assert mine.text == f"{CANARY} 0"
    mine.refresh_from_db()
    assert mine.text == "nytt"
    for values in (
        Note.objects.values("text"),
        Note.objects.values_list("text"),
        Note.objects.annotate(t=F("text")).values("t"),
    ):
        assert CANARY not in repr(list(values)) + str(list(values))


def test_get_or_create_and_update_or_create() -> None:
    subject, key = uuid.uuid4(), uuid.uuid4()
    _row, made = Note.objects.get_or_create(id=key, defaults={"sealed_by": subject, "text": CANARY})
    assert made
    _row, made = Note.objects.update_or_create(id=key, defaults={"text": "to"})
    assert not made
    assert Note.objects.get(pk=key).text == "to"


def test_lazy_text_is_text_and_nothing_else_is() -> None:
    row = Note(sealed_by=uuid.uuid4())
    for wrong in (b"bytes", 5, F("title"), ["x"]):
        with pytest.raises(TypeError):
            row.text = wrong
    row.text = fields.CANNOT_BE_OPENED
    assert isinstance(row.text, str)


@pytest.mark.parametrize(
    "lookup", ["text", "text__exact", "text__contains", "text__in", "text__gt", "text__regex"]
)
def test_sealed_text_is_not_searched(lookup: str) -> None:
    with pytest.raises(FieldError, match="sealed"):
        list(Note.objects.filter(**{lookup: [CANARY] if lookup.endswith("in") else CANARY}))
    with pytest.raises(FieldError):
        list(Note.objects.exclude(**{lookup: "x"}))


def test_text_never_goes_past_the_field() -> None:
    row = note("før")
    before = raw(row)
    row.text = CANARY
    for past in (
        lambda: Note.objects.update(text=CANARY),
        lambda: Note.objects.bulk_update([row], ["text"]),
        lambda: Note.objects.update(text=b"bytes"),
        lambda: row.save_base(raw=True),
        lambda: list(Note.objects.annotate(x=models.Value(CANARY, output_field=SealedTextField()))),
    ):
        with pytest.raises(SealError) as caught, transaction.atomic():
            past()
        assert CANARY not in str(caught.value)
    assert raw(row) == before


def test_neither_repr_nor_pickle_shows_the_text() -> None:
    row = note()
    assert row.text == CANARY
    assert CANARY not in repr(row.__dict__)
    pickled = pickle.dumps(row.__getstate__())
    assert CANARY.encode() not in pickled
    again = Note()
    again.__dict__.update(pickle.loads(pickled))
    assert again.text == CANARY
    unsaved = Note(sealed_by=uuid.uuid4(), text=CANARY)
    with pytest.raises(pickle.PicklingError):
        pickle.dumps(unsaved.__getstate__())
    assert CANARY not in repr(unsaved.__dict__)


def twin(row: Note, deep: bool = True) -> Note:
    """What copy.copy and copy.deepcopy give, which want a model of an installed app."""
    other = Note()
    state = row.__getstate__()
    other.__dict__.update(copy.deepcopy(state) if deep else state)
    return other


def test_a_deep_copy_is_a_row_of_its_own() -> None:
    row = note()
    other = twin(row)
    other.text = "noe annet"
    assert row.text == CANARY
    unsaved = twin(Note(sealed_by=uuid.uuid4(), text=CANARY))
    unsaved.save()
    assert Note.objects.get(pk=unsaved.pk).text == CANARY


@pytest.mark.parametrize("read_first", [True, False])
@pytest.mark.parametrize("shallow", [True, False])
def test_a_copy_of_a_row_is_sealed_for_its_own_place(read_first: bool, shallow: bool) -> None:
    row = Note.objects.get(pk=note().pk)
    if read_first:
        assert row.text == CANARY
    other = twin(row, deep=False) if shallow else Note.objects.get(pk=row.pk)
    other.pk, other._state.adding = uuid.uuid4(), True
    other.save()
    assert Note.objects.get(pk=other.pk).text == CANARY
    assert Note.objects.get(pk=row.pk).text == CANARY
    row.save()
    assert Note.objects.get(pk=row.pk).text == CANARY


@pytest.mark.parametrize("read_first", [True, False])
def test_a_new_subject_seals_the_text_anew(read_first: bool) -> None:
    row = Note.objects.get(pk=note().pk)
    first = row.sealed_by
    if read_first:
        assert row.text == CANARY
    row.sealed_by = uuid.uuid4()
    with pytest.raises(SealError, match="together"):
        row.save(update_fields=["sealed_by"])
    row.save()
    keys.destroy(first)
    assert Note.objects.get(pk=row.pk).text == CANARY


# -- what cannot be opened


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


# -- many at once


def test_keys_of_a_list_are_fetched_in_one_query(django_assert_num_queries: Any) -> None:
    for count in (1, 30):
        rows = [note(f"nr {i:02}") for i in range(count)]
        with keys.ring():
            loaded = list(Note.objects.filter(pk__in=[r.pk for r in rows]))
            with django_assert_num_queries(1, connection=connections["vault"]):
                texts = sorted(text for (text,) in vault.opened(loaded, "text"))
            assert texts == [f"nr {i:02}" for i in range(count)]
            with django_assert_num_queries(0, connection=connections["vault"]):
                vault.preload_for(loaded)


def test_many_rows_of_one_author_make_one_key(django_assert_max_num_queries: Any) -> None:
    subject = uuid.uuid4()
    with keys.ring():
        keys.ensure(subject)
        with django_assert_max_num_queries(0, connection=connections["vault"]):
            Note.objects.bulk_create(Note(sealed_by=subject, text=str(i)) for i in range(30))


# -- declarations


def test_checks_of_the_declaration() -> None:
    class Wrong(models.Model):
        text = SealedTextField(subject="author_id")
        author_id = models.UUIDField()
        other = SealedTextField(subject="nobody")

        class Meta:
            app_label = "vaulttest"

    assert {e.id for f in fields.sealed_fields(Wrong) for e in f.check()} == {
        "vault.E001",
        "vault.E002",
        "vault.E003",
    }
    assert not [e for f in fields.sealed_fields(Note) for e in f.check()]
    for option in ("unique", "db_index", "primary_key"):
        with pytest.raises(TypeError):
            SealedTextField(**{option: True})


def test_the_field_survives_a_migration() -> None:
    field = Note._meta.get_field("text")
    _name, path, args, kwargs = field.deconstruct()
    assert path == "langbord.vault.fields.SealedTextField"
    assert SealedTextField(*args, **kwargs).subject == "sealed_by"


def test_full_clean_measures_text() -> None:
    row = Note(sealed_by=uuid.uuid4(), text="x" * 5001)
    with pytest.raises(Exception, match="5000"):
        row.full_clean()
    row.text = "x" * 5000
    row.full_clean()
