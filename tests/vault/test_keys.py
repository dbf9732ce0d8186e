from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse

import langbord
from langbord.vault import keyfiles, keys
from langbord.vault.errors import KeyDestroyed, KeyFileMissing, KeyFileWrong, KeyMissing
from langbord.vault.middleware import KeyRingMiddleware
from langbord.vault.models import DataKey, KeyCheck

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NONCE = bytes(12)


def same(one: AESGCM, other: AESGCM) -> bool:
    return one.encrypt(NONCE, b"x", None) == other.encrypt(NONCE, b"x", None)


def queries(count: int, capture: Any) -> Any:
    return capture(count, connection=connections["vault"])


def test_a_subject_keeps_its_key() -> None:
    subject = uuid.uuid4()
    assert same(keys.ensure(subject), keys.ensure(subject))
    assert same(keys.for_subject(subject), keys.ensure(subject))
    assert not same(keys.ensure(subject), keys.ensure(uuid.uuid4()))
    assert DataKey.objects.filter(subject=subject).count() == 1


def test_the_vault_holds_wrapped_keys_only() -> None:
    subject = uuid.uuid4()
    key = keys.ensure(subject)
    row = DataKey.objects.get(subject=subject)
    wrapped = bytes(row.wrapped)
    assert len(wrapped) == 40
    assert row.kek_id == keyfiles.master().id
    unwrapped = keyfiles.master().unwrap(wrapped)
    assert unwrapped is not None
    assert same(AESGCM(unwrapped), key)
    assert unwrapped not in wrapped


def test_opening_makes_no_key() -> None:
    with pytest.raises(KeyMissing):
        keys.for_subject(uuid.uuid4())
    assert not DataKey.objects.exists()


def test_a_destroyed_key_is_gone_and_stays_gone(django_assert_num_queries: Any) -> None:
    subject = uuid.uuid4()
    keys.ensure(subject)
    with keys.ring():
        keys.ensure(subject)
        assert keys.destroy(subject)
        with pytest.raises(KeyDestroyed):
            keys.for_subject(subject)
    row = DataKey.objects.get(subject=subject)
    assert bytes(row.wrapped) == b""
    assert row.destroyed_at is not None
    assert keys.is_destroyed(subject)
    assert not keys.destroy(subject)
    for attempt in (keys.ensure, keys.for_subject, lambda s: keys.ensure_many([s, uuid.uuid4()])):
        with pytest.raises(KeyDestroyed):
            attempt(subject)


def test_a_subject_without_a_key_can_be_destroyed_too() -> None:
    subject = uuid.uuid4()
    assert not keys.destroy(subject)
    with pytest.raises(KeyDestroyed):
        keys.ensure(subject)


@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_no_bytes_of_a_destroyed_key_stay_in_the_file() -> None:
    if connections["vault"].vendor != "sqlite":
        return
    subjects = [uuid.uuid4() for _ in range(60)]
    keys.ensure_many(subjects)
    wrapped = {row.subject: bytes(row.wrapped) for row in DataKey.objects.all()}
    before = connections["vault"].connection.serialize()
    assert all(wrapped[subject] in before for subject in subjects)
    for subject in subjects[::2]:
        keys.destroy(subject)
    after = connections["vault"].connection.serialize()
    assert not any(wrapped[subject] in after for subject in subjects[::2])
    assert all(wrapped[subject] in after for subject in subjects[1::2])


@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_the_key_is_committed_before_the_row_and_survives_its_rollback() -> None:
    subject = uuid.uuid4()
    with transaction.atomic():
        keys.ensure(subject)
        transaction.set_rollback(True)
    assert DataKey.objects.filter(subject=subject).exists()
    with pytest.raises(RuntimeError), transaction.atomic(using="vault"):
        keys.ensure(uuid.uuid4())


def test_whoever_comes_second_uses_the_key_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process stores its key between our look and our insert."""
    subject = uuid.uuid4()
    look = keys._rows
    theirs: list[AESGCM] = []

    def look_and_be_overtaken(subjects: Any) -> list[DataKey]:
        found = look(subjects)
        if not theirs:
            theirs.append(AESGCM(bytes(32)))
            monkeypatch.setattr(keys, "_rows", look)
            theirs[0] = keys.ensure(subject)
        return found

    monkeypatch.setattr(keys, "_rows", look_and_be_overtaken)
    ours = keys.ensure(subject)
    assert same(ours, theirs[0])
    assert DataKey.objects.filter(subject=subject).count() == 1


RACER = """
import hashlib, sys, uuid, django
django.setup()
from langbord.vault import keys
sys.stdin.readline()
made = [keys.ensure(uuid.UUID(int=i)).encrypt(bytes(12), b"x", None).hex() for i in range(20)]
from langbord.vault import lookup
print(hashlib.sha256("".join(made).encode()).hexdigest(), lookup.digest("email", "a@b.no"))
"""


def test_processes_that_race_from_nothing_agree_on_every_key(folder: Path) -> None:
    """Four processes, no key file, the same twenty subjects: one key each, and one master key."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LANGBORD_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "langbord.config.settings",
        "LANGBORD_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join(
            [str(Path(langbord.__file__).parent.parent), environment.get("PYTHONPATH", "")]
        ),
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--database=vault", "-v0", "--skip-checks", "vault"]
    subprocess.run(migrate, env=environment, check=True)
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER],
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate(timeout=600) for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * 4, "\n".join(errors for _, errors in said)
    answers = {answer for answer, _ in said}
    assert len(answers) == 1
    with closing(sqlite3.connect(folder / "vault.sqlite3")) as vault:
        assert vault.execute("SELECT count(*), count(DISTINCT subject) FROM vault_datakey").fetchone() == (
            20,
            20,
        )


# -- the ring


def test_without_a_ring_no_key_stays_in_memory(django_assert_num_queries: Any) -> None:
    subject = uuid.uuid4()
    keys.ensure(subject)
    for _ in range(2):
        with queries(1, django_assert_num_queries):
            keys.for_subject(subject)
    with queries(0, django_assert_num_queries):
        keys.preload([subject])


def test_in_a_ring_each_key_is_fetched_once(django_assert_num_queries: Any) -> None:
    subjects = [uuid.uuid4() for _ in range(30)]
    keys.ensure_many(subjects)
    absent = uuid.uuid4()
    with keys.ring():
        with queries(1, django_assert_num_queries):
            keys.preload([*subjects, absent])
        with queries(0, django_assert_num_queries):
            for subject in subjects:
                assert keys.for_subject(subject) is keys.for_subject(subject)
            keys.preload(subjects)
            with pytest.raises(KeyMissing):
                keys.for_subject(absent)
            with keys.ring():
                keys.for_subject(subjects[0])
            keys.for_subject(subjects[0])
        keys.ensure(absent)
        assert keys.for_subject(absent)
    with queries(1, django_assert_num_queries):
        keys.for_subject(subjects[0])


def test_making_many_keys_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    keys.ensure(uuid.uuid4())
    with django_assert_max_num_queries(6, connection=connections["vault"]):
        assert len(keys.ensure_many(uuid.uuid4() for _ in range(50))) == 50


def test_a_ring_is_not_seen_by_other_threads() -> None:
    seen: list[object] = []
    with keys.ring():
        thread = threading.Thread(target=lambda: seen.append(keys._ring.get()))
        thread.start()
        thread.join()
        assert keys._ring.get() is not None
    assert seen == [None]


def test_the_ring_lasts_as_long_as_the_request() -> None:
    seen: list[object] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(keys._ring.get())
        if len(seen) == 2:
            raise ZeroDivisionError
        return HttpResponse()

    middleware = KeyRingMiddleware(view)
    middleware(HttpRequest())
    assert seen == [{}]
    assert keys._ring.get() is None
    with pytest.raises(ZeroDivisionError):
        middleware(HttpRequest())
    assert keys._ring.get() is None


# -- the key files


def test_the_key_files_are_made_once_and_readable_by_their_owner_only(folder: Path) -> None:
    first = keyfiles.master()
    keyfiles.lookup()
    assert sorted(p.name for p in folder.iterdir() if p.suffix == ".key") == ["lookup.key", "master.key"]
    assert not [p for p in folder.iterdir() if ".key." in p.name]
    for path in folder.glob("*.key"):
        assert path.stat().st_mode & 0o777 == 0o600
    keyfiles.forget()
    assert keyfiles.master() == first
    assert first.key.hex() not in repr(first)
    assert str(first.key) not in repr(first)


@pytest.mark.parametrize("by", ["setting", "environment"])
def test_the_master_key_can_lie_elsewhere(by: str, tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    elsewhere = tmp_path / "safe" / "key.json"
    if by == "setting":
        settings.LANGBORD_MASTER_KEY_FILE = str(elsewhere)
    else:
        monkeypatch.setenv("LANGBORD_MASTER_KEY_FILE", str(elsewhere))
    assert keyfiles.master().path == elsewhere
    assert elsewhere.exists()
    assert not (tmp_path / "master.key").exists()


def test_a_missing_master_key_is_never_replaced(folder: Path) -> None:
    subject = uuid.uuid4()
    keys.ensure(subject)
    (folder / "master.key").unlink()
    keyfiles.forget()
    for attempt in (keys.ensure, keys.for_subject):
        with pytest.raises(KeyFileMissing):
            attempt(uuid.uuid4() if attempt is keys.ensure else subject)
    DataKey.objects.all().delete()
    with pytest.raises(KeyFileMissing):
        keys.ensure(uuid.uuid4())
    assert not (folder / "master.key").exists()


def other_key(path: Path, **changes: str) -> None:
    content = json.loads(path.read_text())
    other = keyfiles.make(path.with_name("other"), str(uuid.uuid4()))
    path.write_text(json.dumps(content | json.loads(other.path.read_text()) | changes))
    keyfiles.forget()


@pytest.mark.parametrize("same_id", [True, False])
@pytest.mark.parametrize("checked", [True, False])
def test_a_wrong_master_key_makes_no_keys(folder: Path, same_id: bool, checked: bool) -> None:
    subject = uuid.uuid4()
    keys.ensure(subject)
    before = list(DataKey.objects.values())
    if not checked:
        KeyCheck.objects.all().delete()
    other_key(folder / "master.key", **({"id": keyfiles.master().id} if same_id else {}))
    with pytest.raises(KeyFileWrong):
        keys.ensure(uuid.uuid4())
    with pytest.raises(KeyMissing):
        keys.for_subject(subject)
    assert list(DataKey.objects.values()) == before


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"id": "x", "key": "aGVp"}', '{"id": "x", "key": "æ"}']
)
def test_a_file_that_is_no_key_file(folder: Path, content: str) -> None:
    (folder / "master.key").write_text(content)
    with pytest.raises(KeyFileWrong):
        keyfiles.master()
    assert (folder / "master.key").read_text() == content


def test_a_first_run_cut_off_between_file_and_check_goes_on(folder: Path) -> None:
    made = keyfiles.master()
    KeyCheck.objects.all().delete()
    keyfiles.forget()
    keys.ensure(uuid.uuid4())
    assert keyfiles.master() == made
    assert KeyCheck.objects.count() == 1


@pytest.mark.parametrize("which", ["master", "lookup"])
def test_a_file_made_by_another_process_while_we_looked_is_not_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """We look: no file. They make file and check. We ask the vault: it knows a key. The file is there, not missing."""
    theirs = getattr(keyfiles, which)()
    read, looks = keyfiles.read, []

    def too_early(path: Path) -> keyfiles.KeyFile | None:
        looks.append(path)
        return None if len(looks) == 1 else read(path)

    monkeypatch.setattr(keyfiles, "read", too_early)
    assert getattr(keyfiles, which)() == theirs


def test_a_check_stored_by_another_process_while_we_looked_is_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """We ask for the check: none. They store it. We ask whether there is any: there is, and it is the same file's."""
    key = keyfiles.master()
    keyfiles.forget()
    remembered, asked = keyfiles._remembered, []

    def too_early(one: keyfiles.KeyFile) -> bool:
        asked.append(one)
        return False if len(asked) == 1 else remembered(one)

    monkeypatch.setattr(keyfiles, "_remembered", too_early)
    keyfiles.confirm(key)
    assert key in keyfiles._confirmed
