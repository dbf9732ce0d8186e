"""Putting a restored folder in place of the old one, in steps that can be cut off anywhere.

Nothing is ever deleted: the old files are moved to a folder beside, and the new ones, which were made and tested inside
the same folder, are moved in. What is to be moved is written down first; whoever finds that note (the next restore, or
the next start) carries on from it. Moving is by name only, so it takes no time and no space.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from langbord.operate.errors import Refused
from langbord.vault import keyfiles

NOTE = "RESTORING"
STAGE = ".restoring-"
RUNNING = "running.lock"
DATABASES = ("langbord.sqlite3", "vault.sqlite3")
OURS = (*(name + tail for name in DATABASES for tail in ("", "-journal", "-wal", "-shm")),)
CONTENTS = (
    *OURS,
    "files",
    "content",
    "EXAMPLE",
    "EXAMPLE.removed",
    "shredded.ledger",
    "lookup.key",
    "master.key",
)


def passed(step: str) -> None:
    """Called after each step; tests end the process here."""


def occupied(folder: Path) -> list[str]:
    """What of an installation lies here already. Key files and a ledger alone are none: they may have been laid ready."""
    return [name for name in CONTENTS if not name.endswith((".key", ".ledger")) and (folder / name).exists()]


def begin(folder: Path, stage: Path, aside: Path) -> None:
    """Write down what is to be moved, and move it. The staged folder must be whole and tested."""
    coming = [name for name in CONTENTS if (stage / name).exists()]
    # A key file that is the same stays where it is: beside the old vault it would keep that readable for ever.
    same = [name for name in coming if name.endswith(".key") and _same(stage / name, folder / name)]
    coming = [name for name in coming if name not in same]
    going = [
        name
        for name in CONTENTS
        if (folder / name).exists() and (not name.endswith(".key") or name in coming)
    ]
    plan = {"stage": stage.name, "aside": aside.name, "going": going, "coming": coming}
    draft = folder / f"{NOTE}.draft"
    draft.write_text(json.dumps(plan), "utf-8")
    _flush(draft)
    draft.replace(folder / NOTE)
    _flush(folder)
    passed("noted")
    finish(folder)


def finish(folder: Path) -> bool:
    """Carry on an exchange that was begun; False if there is none."""
    note = folder / NOTE
    if not note.exists():
        return False
    plan = json.loads(note.read_text("utf-8"))
    stage, aside = folder / plan["stage"], folder / plan["aside"]
    for name in plan["going"]:
        # Already there: it was moved before we were cut off, and what is here now is the new one.
        if (folder / name).exists() and not (aside / name).exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            (folder / name).rename(aside / name)
            passed(f"aside {name}")
    for name in plan["coming"]:
        if (stage / name).exists():
            (stage / name).rename(folder / name)
            passed(f"in {name}")
    _flush(folder)
    note.unlink()
    _flush(folder)
    passed("put in place")
    shutil.rmtree(stage, ignore_errors=True)
    return True


def sweep(folder: Path) -> None:
    """Remove what a restore left behind that was cut off before anything was moved."""
    if not (folder / NOTE).exists():
        for left in folder.glob(f"{STAGE}*"):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody serves from this folder meanwhile. Refused (running)."""
    handle = _lock(folder)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                "running",
                f"Langbord kjører med denne datamappa: {folder}\nStopp den først. Ingenting er endret.",
                f"Langbord is running with this data folder: {folder}\nStop it first. Nothing has been changed.",
            ) from error
        yield
    finally:
        os.close(handle)


def hold(folder: Path) -> int:
    """Say that this folder is being served, until the process ends. Refused (running) while it is being restored."""
    handle = _lock(folder)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise Refused(
            "running",
            "En sikkerhetskopi blir lagt tilbake i denne datamappa akkurat nå. Vent til den er ferdig.",
            "A backup is being restored into this data folder just now. Wait until it is done.",
        ) from error
    return handle


def _lock(folder: Path) -> int:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(folder / RUNNING, os.O_RDWR | os.O_CREAT, 0o600)


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _flush(path: Path) -> None:
    keyfiles.flush_folder(path)
