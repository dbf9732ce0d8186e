"""What is done *in* a restored folder, in a process of its own whose settings point there: `python -m
langbord.operate.inside`, with a `Job` as JSON on its input and a `Findings` as JSON on its output.

The same for a restore and a drill, so that a drill tests what a restore does. Nothing outside the folder is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Job:
    """`load`: kinds whose rows are to be loaded, and from where. `write`: kinds whose rows are to be written out when all
    of it is sound, and where to. The rest is what the lists of contents say."""

    load: dict[str, str] = field(default_factory=dict)
    write: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    migrations: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    canary: str = ""


@dataclass
class Findings:
    """`rows` lists tables that differ as [expected, found]; `texts` as in `vault.census`; `still_open` counts keys that
    a ledger says are destroyed and that open all the same; `bad_keys` those that the master key does not open.
    `chains`: how many chains of consents were looked through, `broken`: a line for each that does not hold, `known`: for
    each that the operator knows of.
    `written`: of each kind that was written out, the rows per table and the applied migrations."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    row_total: int = 0
    integrity: list[str] = field(default_factory=list)
    foreign_keys: int = 0
    problem: str = ""
    replayed: int = 0
    ledger: int = 0
    ledger_damaged: int = 0
    still_open: int = 0
    keys: int = 0
    bad_keys: int = 0
    texts: dict[str, int] = field(default_factory=dict)
    canary: bool = False
    chains: int = 0
    broken: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    hooks: list[str] = field(default_factory=list)
    error: str = ""
    written: dict[str, tuple[dict[str, int], dict[str, list[str]]]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Nothing is broken as a whole. Texts without a key (two halves that do not belong together) are another matter,
        and so is a text that is damaged: one wrong byte must not stand between everybody and their words."""
        return not (
            self.rows
            or self.integrity
            or self.foreign_keys
            or self.problem
            or self.error
            or self.still_open
            or self.bad_keys
            or self.texts.get("unknown", 0)
        )

    @property
    def lost(self) -> int:
        """Texts that nobody can open and nobody asked to be gone."""
        return self.texts.get("missing", 0) + self.texts.get("damaged", 0)


def run(folder: Path, job: Job, environment: dict[str, str]) -> Findings:
    """Do it in `folder`. `environment` says where the databases and the master key are. The process is awaited."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LANGBORD_", "DJANGO_"))
    }
    source = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-m", "langbord.operate.inside"],
        input=json.dumps(asdict(job)),
        env={
            **kept,
            "PYTHONPATH": os.pathsep.join([source, *filter(None, [kept.get("PYTHONPATH")])]),
            "DJANGO_SETTINGS_MODULE": "langbord.config.settings",
            "LANGBORD_DATA": str(folder),
            "LANGBORD_BACKUPS": str(folder / "no-backups-here"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return Findings(error=(done.stderr.strip().splitlines() or ["?"])[-1])
    return Findings(**json.loads(done.stdout.splitlines()[-1]))


def work(job: Job) -> Findings:
    """All of it, in the process whose settings are the folder's."""
    from django.core.management import call_command
    from django.db import connections

    from langbord.operate import hooks, rows, tables
    from langbord.operate.models import Canary
    from langbord.operate.taking import DATABASE
    from langbord.vault import census, keys, ledger, residue, startup

    found = Findings()
    kinds = [(kind, DATABASE[kind][0]) for kind in ("vault", "data")]
    with _timed(found, "load"):
        for kind, alias in kinds:
            if kind in job.load:
                tables.migrate_to(alias, job.migrations[kind])
                rows.load(alias, Path(job.load[kind]))
    with _timed(found, "rows"):
        for kind, alias in kinds:
            wanted = job.rows[kind]
            here = tables.names(connections[alias])
            counted = tables.counts(connections[alias], sorted(here & set(wanted)))
            found.row_total += sum(counted.values())
            differ = {t: [wanted[t], counted.get(t, -1)] for t in wanted if counted.get(t) != wanted[t]}
            found.rows |= differ
    with _timed(found, "integrity"):
        for _kind, alias in kinds:
            found.integrity += _integrity(connections[alias])
            found.foreign_keys += _foreign_keys(connections[alias])
    if found.integrity:
        return found
    with _timed(found, "update"):
        for _kind, alias in kinds:
            call_command("migrate", database=alias, interactive=False, verbosity=0)
    with _timed(found, "keys"):
        found.problem = startup.problem() or ""
        if found.problem:
            return found
        known = ledger.read(ledger.path())
        for entry in keys.tombstones():
            known.add(entry)
        ledger.complete(ledger.path(), known.entries.values())
        found.ledger, found.ledger_damaged = len(known.ids(ledger.KEY)), known.damaged
        found.replayed = keys.replay(known)
        found.still_open = sum(keys.opens(subject) for subject in known.ids(ledger.KEY))
        found.keys, found.bad_keys = keys.count()
    with _timed(found, "hooks"), keys.ring():
        found.hooks = hooks.run(known)
    with _timed(found, "texts"):
        found.texts = census.openings()
    with _timed(found, "chains"):
        found.chains, found.broken, found.known = hooks.broken()
    canary = Canary.objects.order_by("at").first()
    found.canary = canary is not None and hashlib.sha256(str(canary.text).encode()).hexdigest() == job.canary
    residue.settle()
    with _timed(found, "write"):
        for kind, alias in kinds:
            if kind in job.write and found.sound:
                found.written[kind] = rows.dump(alias, Path(job.write[kind]))
    connections.close_all()
    return found


def _integrity(connection: Any) -> list[str]:
    """What SQLite finds wrong with the file; PostgreSQL has no such question, its rows were counted."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        said = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
    return [] if said == ["ok"] else said


def _foreign_keys(connection: Any) -> int:
    """PostgreSQL checked them when the rows were stored."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        return len(cursor.execute("PRAGMA foreign_key_check").fetchall())


@contextmanager
def _timed(found: Findings, step: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    found.seconds[step] = round(time.perf_counter() - began, 3)


def main() -> int:
    os.umask(0o077)
    job = Job(**json.loads(sys.stdin.read()))
    import django

    django.setup()
    sys.stdout.write(json.dumps(asdict(work(job))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
