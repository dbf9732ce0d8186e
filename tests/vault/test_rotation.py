"""Exchanging the master key, in one process; killed between the steps it is tried in tests/operate/test_rotate.py."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from langbord.base import clock
from langbord.vault import keyfiles, keys, rotation, startup
from langbord.vault.errors import KeyFileWrong, KeyMissing
from langbord.vault.models import DataKey, KeyCheck
from langbord.vault.rotation import Stage

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def seen(subject: uuid.UUID) -> bytes:
    return keys.for_subject(subject).encrypt(bytes(12), b"x", None)


@pytest.fixture
def subjects(folder: Path) -> dict[uuid.UUID, bytes]:
    return {
        subject: keys.ensure(subject).encrypt(bytes(12), b"x", None)
        for subject in [uuid.uuid4() for _ in range(5)]
    }


def test_every_key_is_the_same_inside_and_wrapped_anew(
    folder: Path, subjects: dict[uuid.UUID, bytes]
) -> None:
    gone = uuid.uuid4()
    keys.destroy(gone)
    before = {row.subject: bytes(row.wrapped) for row in DataKey.objects.all()}
    old = keyfiles.master()
    asked: list[str] = []

    def secure(key: keyfiles.KeyFile) -> None:
        asked.append(key.id)
        assert keyfiles.master().id == old.id, "the old one is still there"
        assert {subject: seen(subject) for subject in subjects} == subjects
        assert rotation.stage() is Stage.REWRAPPED

    done = rotation.rotate(secure)
    assert asked == [done.new]
    assert (done.old, done.keys, done.resumed) == (old.id, 5, Stage.STEADY)
    assert keyfiles.master().id == done.new != old.id
    assert {subject: seen(subject) for subject in subjects} == subjects
    after = {row.subject: bytes(row.wrapped) for row in DataKey.objects.all()}
    assert all(before[subject] != after[subject] for subject in subjects)
    assert after[gone] == b""
    assert {row.kek_id for row in DataKey.objects.exclude(wrapped=b"")} == {done.new}
    assert sorted(p.name for p in folder.glob("master*")) == ["master.key"]
    assert (folder / "master.key").stat().st_mode & 0o077 == 0
    assert KeyCheck.objects.get(key_id=old.id).retired_at is not None
    assert keyfiles.in_force().id == done.new
    assert startup.problem() is None


def test_an_old_master_key_put_back_is_recognised(folder: Path, subjects: dict[uuid.UUID, bytes]) -> None:
    old = (folder / "master.key").read_bytes()
    rotation.rotate(lambda key: None)
    new = (folder / "master.key").read_bytes()
    (folder / "master.key").write_bytes(old)
    keyfiles.forget()
    problem = startup.problem()
    assert problem is not None
    assert "an old master key, replaced" in problem
    with pytest.raises(KeyFileWrong):
        keys.ensure(uuid.uuid4())
    with pytest.raises(KeyMissing):
        keys.for_subject(next(iter(subjects)))
    (folder / "master.key").write_bytes(new)
    keyfiles.forget()
    assert {subject: seen(subject) for subject in subjects} == subjects


def test_a_key_that_does_not_open_is_not_left_behind_unasked(
    folder: Path, subjects: dict[uuid.UUID, bytes]
) -> None:
    damaged, *rest = subjects
    DataKey.objects.filter(subject=damaged).update(wrapped=bytes(40))
    old = keyfiles.master().id
    with pytest.raises(rotation.Unopenable) as found:
        rotation.rotate(lambda key: None)
    assert found.value.count == 1
    assert keyfiles.in_force().id == old
    assert all(seen(subject) == subjects[subject] for subject in rest)
    done = rotation.rotate(lambda key: None, leave_damaged=True)
    assert done.keys == 4
    assert all(seen(subject) == subjects[subject] for subject in rest)
    with pytest.raises(KeyMissing):
        keys.for_subject(damaged)


def test_one_at_a_time(folder: Path, subjects: dict[uuid.UUID, bytes]) -> None:
    handle = os.open(folder / "rotate.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(rotation.Busy):
            rotation.rotate(lambda key: None)
    finally:
        os.close(handle)
    rotation.rotate(lambda key: None)


def test_a_row_read_just_before_the_exchange_is_looked_at_again(
    folder: Path, subjects: dict[uuid.UUID, bytes]
) -> None:
    """A slow server: it has the row of yesterday in its hand, and yesterday's master key is gone."""
    subject = next(iter(subjects))
    row = DataKey.objects.get(subject=subject)
    rotation.rotate(lambda key: None)
    found = keys._unwrapped(row)
    assert not isinstance(found, type)
    assert found.encrypt(bytes(12), b"x", None) == subjects[subject]


def test_a_key_made_after_the_rewrap_is_wrapped_by_the_new_one(
    folder: Path, subjects: dict[uuid.UUID, bytes]
) -> None:
    """Another process, in the middle of it, while the usual file is still the old one."""
    fresh = uuid.uuid4()

    def secure(key: keyfiles.KeyFile) -> None:
        keys.ensure(fresh)
        assert DataKey.objects.get(subject=fresh).kek_id == key.id

    rotation.rotate(secure)
    assert keys.for_subject(fresh)


def test_what_waits_and_until_when(
    folder: Path, subjects: dict[uuid.UUID, bytes], settings: Any, capsys: Any
) -> None:
    settings.SHRED_DAYS = 10
    assert rotation.waiting() == rotation.Waiting(0, None, None)
    now = clock.now()
    with clock.frozen(now) as time:
        first, second, *_ = subjects
        keys.destroy(first)
        time.move(dt.timedelta(days=3))
        keys.destroy(second)
        waiting = rotation.waiting()
        assert (waiting.count, waiting.first, waiting.due) == (2, now, now + dt.timedelta(days=10))
        assert not waiting.overdue
        call_command("keycheck")
        assert "2 ødelagte nøkler" in capsys.readouterr().out
        time.move(dt.timedelta(days=8))
        assert rotation.waiting().overdue
        with pytest.raises(SystemExit) as stopped:
            call_command("keycheck")
        assert stopped.value.code == 4
        rotation.rotate(lambda key: None)
        assert rotation.waiting().count == 0
    call_command("keycheck", "--texts")
    assert "10 dager" in capsys.readouterr().out


@pytest.mark.parametrize("look", range(1, 7))
@pytest.mark.parametrize("first", [False, True], ids=["after the look", "before the look"])
def test_whoever_is_looking_for_the_key_as_the_files_change_names_finds_it(
    folder: Path, subjects: dict[uuid.UUID, bytes], monkeypatch: pytest.MonkeyPatch, look: int, first: bool
) -> None:
    """The exchange is finished by somebody else between two looks into the folder: the file of the coming key is no
    longer beside the usual one, and is not yet where we looked."""

    class Cut(Exception):
        pass

    def cut(_: keyfiles.KeyFile) -> None:
        raise Cut

    with pytest.raises(Cut):
        rotation.rotate(cut)
    assert rotation.stage() is Stage.REWRAPPED
    really, looks, finishing = keyfiles.read, 0, False

    def read(path: Path) -> keyfiles.KeyFile | None:
        nonlocal looks, finishing
        if finishing:
            return really(path)
        looks += 1
        found = None if first else really(path)
        if looks == look:
            finishing = True
            rotation.rotate(lambda key: None)
            finishing = False
        return really(path) if first else found

    with monkeypatch.context() as patch:
        patch.setattr(keyfiles, "read", read)
        found = [keyfiles.in_force() for _ in range(look)][-1]
        assert looks >= look, "it was finished meanwhile"
        assert {subject: seen(subject) for subject in subjects} == subjects
    assert found.id == keyfiles.master().id
    assert rotation.stage() is Stage.STEADY


def test_a_replaced_key_that_is_being_overwritten_stops_nobody(
    folder: Path, subjects: dict[uuid.UUID, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, met = keyfiles.master(), []

    def passed(step: str) -> None:
        if step == "overwritten":
            met.append(keyfiles.by_id(old.id))
            assert keys.ensure(uuid.uuid4())
            assert {subject: seen(subject) for subject in subjects} == subjects

    monkeypatch.setattr(rotation, "passed", passed)
    rotation.rotate(lambda key: None)
    assert met == [None]


def test_a_file_taken_away_between_seeing_and_reading_it_is_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = keyfiles.make(folder / "master.key.next", str(uuid.uuid4())).path
    keyfiles.forget()

    def gone(self: Path, *given: Any) -> str:
        raise FileNotFoundError(self)

    monkeypatch.setattr(Path, "read_text", gone)
    assert keyfiles.read(path) is None
