"""Exchanging the master key: the vault's steps (`vault.rotation`), with the backup that must come before the old key dies."""

from __future__ import annotations

import datetime as dt
import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from langbord.base import clock, events
from langbord.operate import archive, checking, scratch, taking
from langbord.operate.errors import Refused
from langbord.operate.manifest import DATA, VAULT, Manifest
from langbord.vault import keyfiles, rotation
from langbord.vault.keyfiles import KeyFile

MARGIN = dt.timedelta(days=2)
"""The timer begins so long before the published time is up, so that a day without power breaks no promise."""


@dataclass(frozen=True)
class Done:
    rotated: rotation.Rotated
    backup: Path | None
    copy: Path | None


def rotate(*, leave_damaged: bool = False) -> Done:
    """Exchange the master key, or finish an exchange that was cut off.

    A fresh backup of both halves is written, and the vault's and opened with the new key before the old one is destroyed; the copy of
    the master key (LANGBORD_MASTER_KEY_COPY) is exchanged between those two. Errors as in `rotation.rotate`, and
    Refused when the fresh backup does not open: then both keys stay.
    """
    made: list[Path] = []

    def secure(key: KeyFile) -> None:
        # Of the words too, so that the newest backup is always a pair that opens.
        taken = taking.backup()
        made.append(taken.vault)
        if taken.data is not None:
            checking.half(taken.data, DATA)
        verify(made[0], key)
        _copy(key)

    rotated = rotation.rotate(secure, leave_damaged=leave_damaged)
    kept = _forget_copies(rotated.new)
    events.record(None, "vault.master-exchanged")
    return Done(rotated, made[0] if made else None, kept)


def if_due(now: dt.datetime | None = None) -> Done | None:
    """For the timer: exchange the master key in time for the published promise, if a copy of it is kept elsewhere.

    Without such a place nothing is done, nor is an exchange finished that somebody began by hand: a new master key that
    lies on one disk only is one broken disk from losing everybody's words. `keycheck` then says what is due.
    """
    if settings.LANGBORD_MASTER_KEY_COPY is None:
        return None
    _copy(keyfiles.in_force())
    due = rotation.waiting().due
    if rotation.stage() is rotation.Stage.STEADY and (due is None or (now or clock.now()) < due - MARGIN):
        return None
    try:
        return rotate()
    except rotation.Busy:
        return None  # somebody is at it just now


def verify(path: Path, key: KeyFile) -> Manifest:
    """Open a backup of the vault with this master key: every key in it. Refused if one does not open."""
    manifest = checking.half(path, VAULT)
    with scratch.folder() as folder:
        archive.unpack(path, folder)
        wrapped = taking.read_copy(manifest, folder, "vault_datakey", ("wrapped", "destroyed_at"))
        opened = [key.unwrap(bytes(raw)) is not None for raw, destroyed in wrapped if destroyed is None]
    if manifest.in_force != key.id or not all(opened):
        raise Refused(
            "unsound",
            f"Den nye kopien av nøklene lot seg ikke åpne ({opened.count(False)} av {len(opened)}): {path}\n"
            "Den gamle hovednøkkelen er beholdt. Kjør kommandoen på nytt.",
            f"The fresh backup of the vault does not open ({opened.count(False)} of {len(opened)} keys): {path}\n"
            "The old master key is kept. Run the command again.",
        )
    return manifest


def _copies() -> Path | None:
    named = settings.LANGBORD_MASTER_KEY_COPY
    return Path(named) if named else None


def _copy(key: KeyFile) -> None:
    """This master key in the other place, whole and read back: before the old one goes anywhere, and whenever it is
    not there."""
    folder = _copies()
    if folder is None:
        return
    target = folder / f"master-{key.id}.key"
    if target.exists() and target.read_bytes() == key.path.read_bytes():
        return
    draft = folder / f".{target.name}.{uuid.uuid4().hex}"
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    keyfiles.flush_folder(folder)
    if json.loads(target.read_text("utf-8"))["id"] != key.id:
        raise OSError(None, "the copy is not what was written", str(target))


def _forget_copies(new: str) -> Path | None:
    """Overwrite and remove the copies of replaced master keys; where the one in force lies."""
    folder = _copies()
    if folder is None:
        return None
    for path in folder.glob("master-*.key"):
        if path.name != f"master-{new}.key":
            rotation.overwrite(path)
            path.unlink()
    return folder / f"master-{new}.key"
