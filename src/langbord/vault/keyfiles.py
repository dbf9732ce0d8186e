"""The two key files: the master key, which wraps every data key, and the key of the look-ups.

They lie outside both databases, because a copy of the databases alone must show nobody's words. Each is JSON
with an id and 256 bits, readable by its owner only. A file is made once, when the vault is new; after that a
missing or different file is an error, never a reason to make another: a new master key beside old data keys
would look like a working installation in which no text can be opened.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from langbord.vault.errors import KeyFileMissing, KeyFileWrong
from langbord.vault.models import DataKey, KeyCheck
from langbord.vault.router import VAULT

LOOKUP = "lookup"
_KNOWN = hashlib.sha256(b"langbord: a known value, to recognise a key file by").digest()


@dataclass(frozen=True)
class KeyFile:
    path: Path
    id: str
    key: bytes = field(repr=False)

    def wrap(self, data_key: bytes) -> bytes:
        return aes_key_wrap(self.key, data_key)

    def unwrap(self, wrapped: bytes) -> bytes | None:
        """None when this is not the key it was wrapped with, or it is damaged."""
        try:
            return aes_key_unwrap(self.key, wrapped)
        except (InvalidUnwrap, ValueError):
            return None

    def mac(self, message: bytes) -> bytes:
        return hmac.digest(self.key, message, "sha256")

    @property
    def proof(self) -> bytes:
        return self.mac(_KNOWN) if self.id == LOOKUP else self.wrap(_KNOWN)


def master_path() -> Path:
    named = getattr(settings, "LANGBORD_MASTER_KEY_FILE", None) or os.environ.get("LANGBORD_MASTER_KEY_FILE")
    return Path(named) if named else Path(settings.DATA_DIR) / "master.key"


def next_path() -> Path:
    """Where the coming master key lies while one is exchanged for another (see `rotation`)."""
    return master_path().with_name(f"{master_path().name}.next")


def old_path() -> Path:
    """Where the one that was replaced lies until it is overwritten."""
    return master_path().with_name(f"{master_path().name}.old")


def lookup_path() -> Path:
    return Path(settings.DATA_DIR) / "lookup.key"


def master() -> KeyFile:
    """The file called the master key; made now if the vault is new. KeyFileMissing, KeyFileWrong."""
    path = master_path()
    found = read(path)
    if found is not None:
        return found
    if DataKey.objects.exists() or _master_checks().exists():
        # Another process may have made file and keys since we looked; only a file still not there is missing.
        found = read(path)
        if found is None:
            raise KeyFileMissing(path)
        return found
    made = make(path, str(uuid.uuid4()))
    confirm(made)
    return made


def by_id(key_id: str) -> KeyFile | None:
    """The master key with this id, if its file is here: the usual one, the coming, or the one just replaced.

    KeyFileMissing when not even the usual file is there; KeyFileWrong.
    """
    usual = master()
    while True:
        if usual.id == key_id:
            return usual
        for other in (read(next_path()), _replaced()):
            if other is not None and other.id == key_id:
                return other
        # The coming file may have taken the usual one's name after we looked there and before we looked beside it.
        before, usual = usual, master()
        if usual == before:
            return None


def in_force() -> KeyFile:
    """The master key that new data keys are wrapped with. KeyFileMissing, KeyFileWrong.

    Inside a transaction on the vault the answer holds until its end: an exchange of master keys waits for it. (On
    SQLite a transaction has the whole database to itself.) Confirm the usual file first, outside of the transaction.
    """
    checks = _master_checks().filter(retired_at__isnull=True)
    if transaction.get_connection(VAULT).in_atomic_block:
        checks = checks.select_for_update()
    found, asked = None, None
    while found is None:
        check = checks.order_by("-created_at").first()
        if check is not None and check.key_id == asked:
            break
        # Outside of a transaction the key that we asked for may be replaced, and gone, before we have read it.
        found, asked = (by_id(check.key_id), check.key_id) if check is not None else (master(), None)
    if found is None:
        retired = _master_checks().filter(key_id=master().id, retired_at__isnull=False).first()
        if retired is not None:
            raise KeyFileWrong(
                master_path(), f"an old master key, replaced {retired.retired_at:%Y-%m-%d %H:%M} UTC"
            )
        raise KeyFileWrong(master_path(), "not the file this vault was made with")
    return found


def _replaced() -> KeyFile | None:
    """The one that was replaced; None also if it is being overwritten as we read it."""
    try:
        return read(old_path())
    except KeyFileWrong:
        return None


def lookup() -> KeyFile:
    """The key of the look-ups; made now if this vault never had one. KeyFileMissing, KeyFileWrong."""
    path = lookup_path()
    found = read(path)
    if found is not None:
        return found
    if KeyCheck.objects.filter(key_id=LOOKUP).exists():
        found = read(path)
        if found is None:
            raise KeyFileMissing(path)
        return found
    made = make(path, LOOKUP)
    confirm(made)
    return made


def confirm(key: KeyFile) -> None:
    """Compare with what the vault remembers of its key files; KeyFileWrong if it is another.

    Remembers the file if the vault does not know any yet: it is new, or the first run was cut off in between.
    """
    if key in _confirmed:
        return
    if not _remembered(key) and (
        key.id == LOOKUP or (not _master_checks().exists() and _opens_what_is_there(key))
    ):
        with transaction.atomic(using=VAULT):
            KeyCheck.objects.bulk_create([KeyCheck(key_id=key.id, proof=key.proof)], ignore_conflicts=True)
    # Asked again, because another process may have stored its own in the meantime.
    if not _remembered(key):
        raise KeyFileWrong(key.path, "not the file this vault was made with")
    _confirmed.add(key)


def _remembered(key: KeyFile) -> bool:
    """KeyFileWrong if the vault knows a key of this id that is not this one."""
    check = KeyCheck.objects.filter(key_id=key.id).first()
    if check is not None and not hmac.compare_digest(bytes(check.proof), key.proof):
        raise KeyFileWrong(key.path, "not the file this vault was made with")
    return check is not None


def forget() -> None:
    """Drop what is held in memory of the key files (after a restore, and in tests)."""
    _files.clear()
    _confirmed.clear()


_files: dict[Path, tuple[tuple[int, int, int], KeyFile]] = {}
_confirmed: set[KeyFile] = set()


def _master_checks() -> QuerySet[KeyCheck]:
    return KeyCheck.objects.exclude(key_id=LOOKUP)


def _opens_what_is_there(key: KeyFile) -> bool:
    sample = DataKey.objects.filter(destroyed_at__isnull=True).first()
    return sample is None or key.unwrap(bytes(sample.wrapped)) is not None


def read(path: Path) -> KeyFile | None:
    """The key in this file; None if there is no file. Read anew when the file has changed. KeyFileWrong."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFileWrong(path, error.strerror or "cannot be read") from error
    state = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
    held = _files.get(path)
    if held is not None and held[0] == state:
        return held[1]
    try:
        content = json.loads(path.read_text("utf-8"))
        found = KeyFile(path, str(content["id"]), base64.b64decode(content["key"], validate=True))
    except FileNotFoundError:  # given another name, or taken away, since it was looked at
        return None
    except OSError as error:
        raise KeyFileWrong(path, error.strerror or "cannot be read") from error
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileWrong(path, "not a key file") from error
    if len(found.key) != 32:
        raise KeyFileWrong(path, "not a key of 256 bits")
    _files[path] = (state, found)
    return found


def make(path: Path, key_id: str) -> KeyFile:
    """Write a new key file whole or not at all; whoever comes second uses the file of the first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = json.dumps({"id": key_id, "key": base64.b64encode(secrets.token_bytes(32)).decode()})
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    flush_folder(path.parent)
    found = read(path)
    if found is None:
        raise KeyFileMissing(path)
    return found


def flush_folder(folder: Path) -> None:
    """See names that were made or changed in this folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
