"""A new master key in place of the old one, in steps that can be cut off anywhere and taken up again.

Why: an older backup of the vault still holds keys that have since been destroyed. They are wrapped by the master key
of that day; when every copy of that is gone, so are they.

    1  the new key is written in a file beside the old one           (both are known from here on)
    2  one transaction in the vault wraps every data key anew         (from its end the new one is in force)
    3  a backup of the vault is made and opened with the new key      (the caller's `secure`; it raises if that fails)
    4  the new file takes the old one's name, the old one is `.old`
    5  the old file is overwritten and removed

Up to the end of 2 nothing is lost by throwing the new file away; after it both files are kept until 3 has succeeded.
Servers go on working: a key file is read anew when it changes, and data keys name the master key they are wrapped by.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import secrets
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import transaction

from langbord.base import clock
from langbord.vault import keyfiles, residue
from langbord.vault.errors import KeyFileError, VaultError
from langbord.vault.keyfiles import LOOKUP, KeyFile
from langbord.vault.models import DataKey, KeyCheck
from langbord.vault.router import VAULT

BATCH = 500


class Stage(StrEnum):
    """Where an exchange stands; `steady` when there is none."""

    STEADY = "steady"
    BEGUN = "begun"
    REWRAPPED = "rewrapped"
    PROMOTED = "promoted"


class Busy(VaultError):
    """Another process is exchanging the master key just now."""


class Unopenable(VaultError):
    """Some keys in the vault do not open with the old master key. They are not left behind unasked."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} keys")
        self.count = count


@dataclass(frozen=True)
class Rotated:
    old: str
    new: str
    keys: int
    resumed: Stage


@dataclass(frozen=True)
class Waiting:
    """How many destroyed keys older backups of the vault could still open, when the first of them was destroyed, and
    when the published time is up (SHRED_DAYS). None when nothing waits.
    """

    count: int
    first: dt.datetime | None
    due: dt.datetime | None

    @property
    def overdue(self) -> bool:
        return self.due is not None and clock.now() > self.due


def stage() -> Stage:
    coming = keyfiles.read(keyfiles.next_path())
    if coming is not None:
        return Stage.REWRAPPED if _in_force_id() == coming.id else Stage.BEGUN
    return Stage.PROMOTED if keyfiles.old_path().exists() else Stage.STEADY


def waiting() -> Waiting:
    """Those destroyed since the master key in force was made; an older backup of the vault could still open them."""
    check = (
        KeyCheck.objects.exclude(key_id=LOOKUP)
        .filter(retired_at__isnull=True)
        .order_by("-created_at")
        .first()
    )
    gone = DataKey.objects.filter(destroyed_at__isnull=False)
    if check is not None:
        gone = gone.filter(destroyed_at__gte=check.created_at)
    first = gone.order_by("destroyed_at").values_list("destroyed_at", flat=True).first()
    due = first + dt.timedelta(days=settings.SHRED_DAYS) if first is not None else None
    return Waiting(gone.count(), first, due)


def rotate(secure: Callable[[KeyFile], object], *, leave_damaged: bool = False) -> Rotated:
    """Exchange the master key, or finish an exchange that was cut off.

    `secure` gets the new key after step 2 and must not return before a fresh backup of the vault has been opened with
    it. If it raises, both keys stay in use and the next call goes on from there. Busy; Unopenable (unless
    `leave_damaged`: those stay as they are, for good); KeyFileError; OSError where the files cannot be written.
    """
    with _alone():
        keyfiles.forget()  # ask the vault anew, not what this process remembers of it
        began = stage()
        old = keyfiles.master()
        keyfiles.confirm(old)
        if began is Stage.PROMOTED:
            _forget_old()
            return Rotated("", old.id, DataKey.objects.exclude(wrapped=b"").count(), began)
        coming = keyfiles.read(keyfiles.next_path()) or keyfiles.make(keyfiles.next_path(), str(uuid.uuid4()))
        passed("written")
        if began is not Stage.REWRAPPED:
            _rewrap(old, coming, leave_damaged=leave_damaged)
        passed("rewrapped")
        keyfiles.confirm(coming)
        secure(coming)
        passed("secured")
        _promote()
        _forget_old()
        residue.settle(VAULT)
        return Rotated(old.id, coming.id, DataKey.objects.filter(kek_id=coming.id).count(), began)


def passed(step: str) -> None:
    """Called after each step; tests end the process here."""


def _in_force_id() -> str | None:
    checks = KeyCheck.objects.exclude(key_id=LOOKUP).filter(retired_at__isnull=True)
    return checks.order_by("-created_at").values_list("key_id", flat=True).first()


def _rewrap(old: KeyFile, new: KeyFile, *, leave_damaged: bool) -> None:
    """All or nothing. Whoever makes a key meanwhile does so before this (then it is wrapped anew here) or after."""
    damaged = 0
    now = clock.now()
    with transaction.atomic(using=VAULT, durable=True):
        checks = KeyCheck.objects.exclude(key_id=LOOKUP).filter(retired_at__isnull=True).select_for_update()
        in_force = [check.key_id for check in checks]
        if in_force != [old.id]:
            raise KeyFileError(old.path, "another master key is in force")
        changed: list[DataKey] = []
        for row in DataKey.objects.filter(destroyed_at__isnull=True).select_for_update():
            raw = old.unwrap(bytes(row.wrapped)) if row.kek_id == old.id else None
            if raw is None:
                damaged += 1
                continue
            row.wrapped, row.kek_id = new.wrap(raw), new.id
            if new.unwrap(row.wrapped) != raw:  # the machine itself is at fault: nothing is stored
                raise VaultError("a key did not survive being wrapped")
            changed.append(row)
        if damaged and not leave_damaged:
            raise Unopenable(damaged)
        DataKey.objects.bulk_update(changed, ["wrapped", "kek_id"], batch_size=BATCH)
        KeyCheck.objects.filter(key_id=old.id).update(retired_at=now)
        KeyCheck.objects.create(key_id=new.id, proof=new.proof, created_at=now)
        passed("inside")


def _promote() -> None:
    usual, coming, replaced = keyfiles.master_path(), keyfiles.next_path(), keyfiles.old_path()
    if not replaced.exists():
        os.link(usual, replaced)
        keyfiles.flush_folder(usual.parent)
    passed("linked")
    os.replace(coming, usual)
    keyfiles.flush_folder(usual.parent)
    passed("promoted")


def _forget_old() -> None:
    """Overwrite, then remove. On disks that write elsewhere than asked (most do) the first is no promise."""
    replaced = keyfiles.old_path()
    if replaced.exists() and not replaced.samefile(keyfiles.master_path()):
        overwrite(replaced)
        passed("overwritten")
        replaced.unlink()
        keyfiles.flush_folder(replaced.parent)
    keyfiles.forget()


def overwrite(path: Path) -> None:
    """Random bytes in place of what the file holds, on the disk when it returns."""
    with open(path, "r+b") as file:
        file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One exchange at a time. The lock goes with the process, also when it is killed."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / "rotate.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield
    finally:
        os.close(handle)
