from __future__ import annotations

import copy
import pickle
import uuid
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connections, models, transaction
from django.db.models import F
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import langbord.vault as vault
from langbord.vault import fields, keys
from langbord.vault.errors import SealError
from langbord.vault.fields import SealedTextField

from .models import Note, Self
from .rows import CANARY, in_any_shape, note, raw, stored

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.usefixtures("note_tables")]

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
