"""The ledger of destruction: written before the key goes, read whatever happened to the file."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest

from langbord.base import clock
from langbord.vault import keyfiles, keys, ledger, startup
from langbord.vault.errors import KeyDestroyed
from langbord.vault.models import DataKey

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def no_copies(settings: Any, folder: Path) -> None:
    settings.LEDGER_COPIES = [folder / "beside" / ledger.NAME]


def test_a_destruction_is_noted_with_ids_only_here_and_beside_the_backups(folder: Path) -> None:
    (folder / "beside").mkdir()
    subject = uuid.uuid4()
    keys.ensure(subject)
    with clock.frozen(NOON):
        keys.destroy(subject)
    for place in (folder, folder / "beside"):
        line = (place / ledger.NAME).read_text()
        assert line.startswith(f"2026-11-21T12:00:00+00:00 key {subject} ")
        assert (place / ledger.NAME).stat().st_mode & 0o077 == 0
        assert ledger.read(place / ledger.NAME).ids("key") == {subject: NOON}


def test_the_note_comes_before_the_key_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off in between, the key is still there and the next start finishes; not the other way round."""
    subject = uuid.uuid4()
    keys.ensure(subject)
    empty = keys._empty
    monkeypatch.setattr(keys, "_empty", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        keys.destroy(subject)
    monkeypatch.setattr(keys, "_empty", empty)
    assert keys.for_subject(subject)
    assert subject in ledger.read(ledger.path()).ids("key")
    (said,) = startup.destroy_again()
    assert "1 nøkler" in said
    with pytest.raises(KeyDestroyed):
        keys.for_subject(subject)
    assert startup.destroy_again() == []


def test_what_cannot_be_noted_is_not_destroyed(folder: Path) -> None:
    subject = uuid.uuid4()
    keys.ensure(subject)
    (folder / ledger.NAME).mkdir()
    with pytest.raises(OSError, match="directory"):
        keys.destroy(subject)
    assert keys.for_subject(subject)


def test_a_copy_that_cannot_be_written_stops_nobody_from_leaving(folder: Path, caplog: Any) -> None:
    (folder / "beside" / ledger.NAME).mkdir(parents=True)
    subject = uuid.uuid4()
    keys.destroy(subject)
    assert keys.is_destroyed(subject)
    assert "beside the backups" in caplog.text
    assert str(subject) not in caplog.text


def test_destroyed_keys_that_are_back_are_destroyed_again_with_their_time(folder: Path) -> None:
    subjects = [uuid.uuid4() for _ in range(3)]
    keys.ensure_many(subjects)
    with clock.frozen(NOON):
        keys.destroy(subjects[0])
        keys.destroy(subjects[1])
    DataKey.objects.filter(subject__in=subjects[:2]).delete()
    keys.ensure(subjects[0])
    assert keys.replay() == 2, "one has a key again, the other not even a tombstone"
    for subject in subjects[:2]:
        row = DataKey.objects.get(subject=subject)
        assert (bytes(row.wrapped), row.destroyed_at) == (b"", NOON)
        with pytest.raises(KeyDestroyed):
            keys.ensure(subject)
    assert keys.for_subject(subjects[2])
    assert keys.replay() == 0


def test_damaged_lines_are_counted_and_the_rest_is_read(folder: Path) -> None:
    subjects = [uuid.uuid4() for _ in range(4)]
    for subject in subjects:
        ledger.note("key", subject, NOON)
    path = folder / ledger.NAME
    lines = path.read_text().splitlines()
    wrong = lines[1].replace(str(subjects[1]), str(uuid.uuid4()))
    path.write_text("\n".join([lines[0], wrong, "", lines[2], lines[3][:40]]))
    found = ledger.read(path)
    assert set(found.ids("key")) == {subjects[0], subjects[2]}
    assert found.damaged == 2
    ledger.note("key", subjects[3], NOON)
    assert subjects[3] in ledger.read(path).ids("key"), (
        "written on a line of its own after one that was cut off"
    )
    path.write_bytes(b"\xff\x00\xfe" * 10)
    assert ledger.read(path).damaged == 1
    assert ledger.read(folder / "nowhere") == ledger.Ledger()


def test_other_kinds_are_kept_apart_and_only_small_words(folder: Path) -> None:
    person = uuid.uuid4()
    ledger.note("left", person, NOON)
    assert ledger.read(ledger.path()).ids("key") == {}
    assert set(ledger.read(ledger.path()).ids("left")) == {person}
    assert keys.replay() == 0
    for kind in ("", "Left", "Amina gikk", "left\n"):
        with pytest.raises(ValueError):
            ledger.note(kind, person)


def test_only_what_is_missing_is_added_and_the_earliest_time_counts(folder: Path) -> None:
    one, two = (ledger.Entry("key", uuid.uuid4(), NOON) for _ in range(2))
    path = folder / "other"
    assert ledger.complete(path, [one]) == 1
    assert ledger.complete(path, [one, two]) == 1
    assert ledger.complete(path, [one, two]) == 0
    known = ledger.read(path)
    known.add(ledger.Entry("key", one.id, NOON + dt.timedelta(days=1)))
    assert known.ids("key")[one.id] == NOON
    assert ledger.parse(known.text().encode()).entries == known.entries


def test_the_start_says_that_lines_cannot_be_read(folder: Path, capsys: Any) -> None:
    keyfiles.forget()
    (folder / ledger.NAME).write_text("nonsense\n")
    startup.verify()
    assert "1 linjer" in capsys.readouterr().err
