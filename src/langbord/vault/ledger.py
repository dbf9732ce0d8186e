"""The ledger of destruction: ids only, one line each, in files that are only ever added to.

A backup of the vault remembers keys that were destroyed after it was taken. Whoever puts such a backup back would
bring them to life again, and nobody would notice. So each destruction is written here *before* the key goes, in the
data folder and beside the backups, and it travels in every backup. Whatever is in any ledger at hand is carried out
again before anything is served.

A line is `time kind id check`; `check` finds a damaged line, so that it is told and never guessed at. Kinds: `key` (a
data key was destroyed) and words of other apps (see `note`). Lines may come twice; order means nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings

from langbord.base import clock

NAME = "shredded.ledger"
KEY = "key"

log = logging.getLogger("langbord.vault.ledger")

_KIND = re.compile(r"[a-z][a-z0-9-]{0,30}")


@dataclass(frozen=True, order=True)
class Entry:
    kind: str
    id: UUID
    at: dt.datetime

    @property
    def line(self) -> str:
        body = f"{self.at.astimezone(dt.UTC).isoformat(timespec='seconds')} {self.kind} {self.id}"
        return f"{body} {_check(body)}\n"


@dataclass
class Ledger:
    """What a ledger says: the earliest time for each kind and id, and how many lines could not be read."""

    entries: dict[tuple[str, UUID], Entry] = field(default_factory=dict)
    damaged: int = 0

    def add(self, entry: Entry) -> None:
        held = self.entries.get((entry.kind, entry.id))
        if held is None or entry.at < held.at:
            self.entries[(entry.kind, entry.id)] = entry

    def ids(self, kind: str) -> dict[UUID, dt.datetime]:
        return {entry.id: entry.at for entry in self.entries.values() if entry.kind == kind}

    def merge(self, other: Ledger) -> None:
        for entry in other.entries.values():
            self.add(entry)
        self.damaged += other.damaged

    def text(self) -> str:
        return "".join(
            entry.line for entry in sorted(self.entries.values(), key=lambda e: (e.at, e.kind, e.id))
        )


def path() -> Path:
    return Path(settings.DATA_DIR) / NAME


def copies() -> list[Path]:
    """Beside the backups, where those folders are there."""
    listed = [Path(copy) for copy in getattr(settings, "LEDGER_COPIES", [])]
    return [copy for copy in listed if copy.parent.is_dir()]


def note(kind: str, subject: UUID, at: dt.datetime | None = None) -> None:
    """Write that this is gone for good. On the disk when it returns; OSError if it could not be written.

    Other apps may keep kinds of their own, as for a person who left, and find them again after a restore
    (`operate.hooks`). ValueError if the kind is not a small word. A copy beside the backups that cannot be written is
    logged; the next backup writes it again.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError("a kind is a small word; nothing else goes in the ledger")
    line = Entry(kind, subject, at or clock.now()).line
    append(path(), line)
    for copy in copies():
        try:
            append(copy, line)
        except OSError as error:
            log.warning("the ledger beside the backups was not written (%s)", error.strerror)


def append(file: Path, lines: str) -> None:
    """Add whole lines, and see them on the disk. Begins on a line of its own if the last one was cut off."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            lines = "\n" + lines
        os.write(handle, lines.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def read(*files: Path) -> Ledger:
    """What these files say together. A file that is not there says nothing."""
    found = Ledger()
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            found.merge(parse(file.read_bytes()))
    return found


def parse(content: bytes) -> Ledger:
    """The ledger that stands in a file. A line that was cut off or changed is counted as damaged, and never believed."""
    found = Ledger()
    for line in content.decode("ascii", "replace").splitlines():
        if not line.strip():
            continue
        body, _, check = line.rpartition(" ")
        try:
            if check != _check(body):
                raise ValueError(line)
            at, kind, subject = body.split(" ")
            found.add(Entry(kind, UUID(subject), dt.datetime.fromisoformat(at)))
        except ValueError:
            found.damaged += 1
    return found


def complete(file: Path, entries: Iterable[Entry]) -> int:
    """Add what this file does not say yet; how many that was."""
    held = read(file).entries
    missing = [entry for entry in entries if (entry.kind, entry.id) not in held]
    if missing:
        append(file, "".join(entry.line for entry in missing))
    return len(missing)


def _check(body: str) -> str:
    return hashlib.sha256(body.encode("ascii", "replace")).hexdigest()[:8]
