"""Taking a backup: the words in one file, the keys in another, each made from one moment while people go on writing.

The words first, then the keys. A key is stored before the first row that it seals, so every row in the copy has its
key in the later copy of the vault. Destroyed in between: the row is in the copy and its key is not, which is as it
should be, and the ledger, copied last of all, says so. The other way round a row written in between would lack its key.
"""

from __future__ import annotations

import hashlib
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from langbord import __version__
from langbord.base import clock
from langbord.operate import archive, rows, scratch, tables
from langbord.operate import manifest as manifests
from langbord.operate.errors import Refused
from langbord.operate.manifest import DATA, VAULT, Manifest
from langbord.operate.models import Canary, new_canary
from langbord.vault import keyfiles, keys, ledger

DATABASE = {DATA: ("default", "langbord.sqlite3"), VAULT: ("vault", "vault.sqlite3")}
EXAMPLE = "EXAMPLE"
FILES = "files"
CONTENT = "content"
"""What a municipality has laid over our texts, as files (docs/content.md)."""


@dataclass(frozen=True)
class Taken:
    """The files of one backup; `data` is None for a backup of the vault alone."""

    data: Path | None
    vault: Path
    manifests: dict[str, Manifest]


def folders(out: Path | None = None) -> dict[str, Path]:
    """Where the two halves go: named, or as the settings say."""
    if out is not None:
        return {DATA: out / DATA, VAULT: out / VAULT}
    return {DATA: Path(settings.DATA_BACKUPS), VAULT: Path(settings.VAULT_BACKUPS)}


def backup(out: Path | None = None, *, vault_only: bool = False) -> Taken:
    """Take a backup of both, or of the vault alone. Writes a new canary first, and the ledger beside both.

    Refused (uncovered) if there are tables nobody answers for; KeyFileError if the keys are not right; OSError.
    """
    with scratch.alone("backup.lock"), scratch.folder() as staging:
        _need_migrated()
        keyfiles.confirm(keyfiles.master())
        found = _manifests(vault_only)
        for kind, manifest in found.items():
            _snapshot(kind, manifest, staging / kind)
        _note_keys(found, staging / VAULT)
        known = complete_ledger()
        places = folders(out)
        written: dict[str, Path] = {}
        for kind, manifest in found.items():
            contents = staging / kind / ledger.NAME
            contents.write_text(known.text(), "ascii")
            # The counter too: two backups of one second must sort as they were taken.
            stamp = f"{manifest.made:%Y%m%dT%H%M%SZ}-{manifest.counter:06d}-{manifest.pair[:8]}"
            name = f"langbord-{kind}-{stamp}.tar"
            written[kind] = places[kind] / name
            archive.write(written[kind], manifest, _contents(kind, staging / kind))
            ledger.complete(places[kind] / ledger.NAME, known.entries.values())
        return Taken(written.get(DATA), written[VAULT], found)


def _need_migrated() -> None:
    """Not a database from before an update: its canary may be missing, and half an update is no backup."""
    for alias, _name in DATABASE.values():
        if tables.unapplied(connections[alias]):
            raise Refused(
                "migrate",
                "Databasen er ikke oppdatert. Start Langbord én gang, eller kjør bin/langbord migrate --database vault"
                " og bin/langbord migrate. Ingenting er kopiert.",
                "The database is not up to date. Start Langbord once, or migrate both databases. Nothing was copied.",
            )


def complete_ledger() -> ledger.Ledger:
    """Everything destroyed that the ledger or the vault knows of, written where it was missing."""
    known = ledger.read(ledger.path(), *ledger.copies())
    for entry in keys.tombstones():
        known.add(entry)
    if known.entries:
        ledger.complete(ledger.path(), known.entries.values())
    return known


def _manifests(vault_only: bool) -> dict[str, Manifest]:
    pair, now = uuid.uuid4().hex, clock.now()
    written = (Canary.objects.order_by("at").first() or new_canary()) if vault_only else new_canary()
    return {
        kind: Manifest(
            kind=kind,
            engine="sqlite" if connections[DATABASE[kind][0]].vendor == "sqlite" else "rows",
            pair=pair,
            counter=written.counter,
            installation=str(written.id),
            made_at=now.isoformat(timespec="seconds"),
            product=__version__,
            example=Path(settings.EXAMPLE_MARKER).is_file(),
            canary=hashlib.sha256(str(written.text).encode()).hexdigest() if kind == DATA else "",
        )
        for kind in ((VAULT,) if vault_only else (DATA, VAULT))
    }


def _snapshot(kind: str, manifest: Manifest, into: Path) -> None:
    into.mkdir(mode=0o700)
    alias, name = DATABASE[kind]
    connection = connections[alias]
    if manifest.engine == "sqlite":
        tables.present(connection)
        # A copy of one moment, written out clean: nothing of what was deleted before is in it.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(into / name)])
        with closing(sqlite3.connect(into / name, isolation_level=None)) as copy:
            copy.execute("PRAGMA secure_delete = ON")
            names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            names = [table for table in names if not table.startswith("sqlite_")]
            for table in tables.LEFT_OUT & set(names):
                copy.execute(f'DELETE FROM "{table}"')
            manifest.rows = {
                table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
                for table in sorted(names)
                if table != tables.MIGRATIONS
            }
            for app, applied in copy.execute(f"SELECT app, name FROM {tables.MIGRATIONS} ORDER BY app, name"):
                manifest.migrations.setdefault(app, []).append(applied)
    else:
        manifest.rows, manifest.migrations = rows.dump(alias, into)


def _note_keys(found: dict[str, Manifest], vault: Path) -> None:
    """Which master keys the copied vault knows, and how many keys it has: ids and numbers only."""
    masters, states = _keys_in(found[VAULT], vault)
    for manifest in found.values():
        manifest.masters = masters
        manifest.keys = states[False]
        manifest.destroyed = states[True]


def _keys_in(manifest: Manifest, folder: Path) -> tuple[dict[str, str | None], Counter[bool]]:
    """Asked of the copy itself, so that both are of the same moment. The second: how many are destroyed, and are not."""
    checks = read_copy(manifest, folder, "vault_keycheck", ("key_id", "retired_at"))
    wrapped = read_copy(manifest, folder, "vault_datakey", ("destroyed_at",))
    masters = {str(k): None if at is None else _moment(at) for k, at in checks if k != keyfiles.LOOKUP}
    return masters, Counter(at is not None for (at,) in wrapped)


def read_copy(
    manifest: Manifest, folder: Path, table: str, columns: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """Some columns of a table of the copied vault, row by row."""
    if manifest.engine == "sqlite":
        with closing(sqlite3.connect(f"file:{folder / DATABASE[VAULT][1]}?mode=ro", uri=True)) as copy:
            yield from copy.execute(f"SELECT {', '.join(columns)} FROM {table}")
    else:
        yield from rows.columns(folder / rows.FOLDER / f"{table}.jsonl", columns)


def _moment(at: Any) -> str:
    return at.isoformat() if hasattr(at, "isoformat") else str(at)


def _contents(kind: str, staged: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(staged.rglob("*")):
        if path.is_file():
            yield path.relative_to(staged).as_posix(), path
    if kind != DATA:
        return
    if Path(settings.EXAMPLE_MARKER).is_file():
        yield EXAMPLE, Path(settings.EXAMPLE_MARKER)
    # Stored files are sealed under names of their own and never changed: after the rows, so that none is missing.
    for name, folder in ((FILES, Path(settings.MEDIA_ROOT)), (CONTENT, Path(settings.DATA_DIR) / CONTENT)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def newest(kind: str, folder: Path | None = None) -> Path | None:
    """The newest backup of a kind in its folder, by its name, which begins with time and counter."""
    place = folder or folders()[kind]
    found = sorted(place.glob(f"langbord-{kind}-*.tar"))
    return found[-1] if found else None


def halves(out: Path | None = None) -> tuple[Path, Path] | None:
    """The newest two halves that belong together."""
    places = folders(out)
    for data in sorted(places[DATA].glob(f"langbord-{DATA}-*.tar"), reverse=True):
        other = places[VAULT] / data.name.replace(f"-{DATA}-", f"-{VAULT}-", 1)
        if other.exists():
            return data, other
    return None


__all__ = ["DATABASE", "EXAMPLE", "FILES", "Taken", "backup", "folders", "halves", "manifests", "newest"]
