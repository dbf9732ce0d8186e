"""Putting a backup back: everything is checked, unpacked and tested in a folder beside before anything is touched."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from langbord.base import clock
from langbord.operate import archive, checking, inside, swap, tables
from langbord.operate.errors import Refused
from langbord.operate.inside import Findings, Job
from langbord.operate.manifest import DATA, VAULT, Manifest
from langbord.operate.taking import DATABASE
from langbord.vault import keyfiles, ledger

ADDRESS = {DATA: "LANGBORD_DATABASE_URL", VAULT: "LANGBORD_VAULT_URL"}
UNTOUCHED = {"django_content_type", "auth_permission"}
"""Filled by Django itself when the tables are made."""


@dataclass(frozen=True)
class Request:
    """`accept`: take two halves that do not belong together. `set_aside`: move away what is in `into` now."""

    data: Path
    vault: Path
    into: Path
    master: Path
    lookup: Path
    accept: bool = False
    set_aside: bool = False
    ledgers: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Halves:
    """Two backups that were checked, and the keys that go with them. `newer` as in `checking.mismatch`."""

    data: Manifest
    vault: Manifest
    newer: str

    @property
    def pairs(self) -> tuple[tuple[str, Manifest], ...]:
        return (DATA, self.data), (VAULT, self.vault)

    def job(self, folder: Path) -> Job:
        return Job(
            load={kind: str(folder / kind) for kind, manifest in self.pairs if manifest.engine == "rows"},
            rows={kind: manifest.rows for kind, manifest in self.pairs},
            migrations={kind: manifest.migrations for kind, manifest in self.pairs},
            canary=self.data.canary,
        )


@dataclass(frozen=True)
class Restored:
    halves: Halves
    findings: Findings
    aside: Path | None


def look(request: Request) -> Halves:
    """Check both files and both keys. Refused; nothing is touched."""
    data, vault = checking.half(request.data, DATA), checking.half(request.vault, VAULT)
    newer = checking.mismatch(data, vault)
    checking.master(vault, request.master)
    checking.lookup(request.lookup)
    return Halves(data, vault, newer)


def unpack(request: Request, halves: Halves, folder: Path, onward: Iterable[str] = ()) -> Findings:
    """Lay out a whole installation in an empty folder, and test it there. The ledgers of all places are joined in it.

    `onward`: halves that go on to PostgreSQL. What lay in SQLite is written out as rows for them, brought up to date.
    """
    known = ledgers(request)
    for kind, manifest in halves.pairs:
        source = request.data if kind == DATA else request.vault
        archive.unpack(source, folder / kind)
        known.merge(ledger.read(folder / kind / ledger.NAME))
        (folder / kind / ledger.NAME).unlink(missing_ok=True)
        for path in (folder / kind).iterdir():
            if path.name != "rows":
                path.rename(folder / path.name)
        if manifest.engine == "sqlite":
            (folder / kind).rmdir()
    (folder / ledger.NAME).write_text(known.text(), "ascii")
    shutil.copyfile(request.lookup, folder / "lookup.key")
    swap.passed("unpacked")
    job = halves.job(folder)
    job.write = {kind: str(folder / kind) for kind in onward if kind not in job.load}
    findings = inside.run(folder, job, {"LANGBORD_MASTER_KEY_FILE": str(request.master)})
    findings.ledger_damaged += known.damaged
    return findings


def ledgers(request: Request) -> ledger.Ledger:
    """Every ledger at hand: beside the two files, in the folder to fill, in this installation, and those named."""
    return ledger.read(
        *{
            path.absolute()
            for path in (
                request.data.parent / ledger.NAME,
                request.vault.parent / ledger.NAME,
                request.into / ledger.NAME,
                ledger.path(),
                *ledger.copies(),
                *request.ledgers,
            )
        }
    )


def restore(request: Request) -> Restored:
    """Put a backup back in `request.into`. Refused, with nothing changed, if anything is not as it should be."""
    halves = look(request)
    into = request.into.absolute()
    with swap.alone(into):
        swap.sweep(into)
        here = swap.occupied(into)
        if here and not request.set_aside:
            raise Refused(
                "occupied",
                f"Her ligger det allerede noe: {into} ({', '.join(here)})\n"
                "Ingenting er endret. Med --set-aside blir det flyttet til side, aldri slettet.",
                f"Something is here already: {into} ({', '.join(here)})\n"
                "Nothing has been changed. With --set-aside it is moved aside, never deleted.",
            )
        servers = _servers(into, halves)
        stage = into / f"{swap.STAGE}{uuid.uuid4().hex[:8]}"
        stage.mkdir(mode=0o700)
        try:
            findings = unpack(request, halves, stage, servers)
            swap.passed("tested")
            _judge(request, halves, findings)
            if servers:
                findings = _fill(request, halves, stage, servers, findings)
            if request.master.absolute() != _outside():
                shutil.copyfile(request.master, stage / "master.key")
            _private(stage)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
        aside = into / f"aside-{clock.now():%Y%m%dT%H%M%SZ}-{stage.name.removeprefix(swap.STAGE)}"
        swap.begin(into, stage, aside)
        keyfiles.forget()
        return Restored(halves, findings, aside if aside.exists() else None)


def _judge(request: Request, halves: Halves, findings: Findings) -> None:
    if not findings.sound:
        raise Refused(
            "unsound",
            f"Kopien lot seg ikke legge tilbake: {_faults(findings)}\nIngenting er endret.",
            f"The backup could not be restored: {_faults(findings)}\nNothing has been changed.",
        )
    if request.accept:
        return
    texts = findings.texts
    counted_nb = (
        f"{texts['opened']} tekster kan åpnes, {texts['missing']} mangler nøkkel, {texts['destroyed']} er ødelagt med"
        f" vilje, {texts['damaged']} er skadd. {findings.replayed} nøkler ble ødelagt etter at nøklene ble kopiert."
    )
    counted_en = (
        f"{texts['opened']} texts open, {texts['missing']} lack their key, {texts['destroyed']} were destroyed on"
        f" purpose, {texts['damaged']} are damaged. {findings.replayed} keys were destroyed after the keys were copied."
    )
    if halves.newer:
        nb, en = ("nøklene", "keys") if halves.newer == VAULT else ("ordene", "words")
        raise Refused(
            "pair",
            f"Ordene ({halves.data.made_at}) og nøklene ({halves.vault.made_at}) er ikke tatt samtidig: {nb} er nyest."
            f"\n{counted_nb}\nIngenting er endret. Vil du dette, gjenta med --accept-mismatch.",
            f"The words ({halves.data.made_at}) and the keys ({halves.vault.made_at}) were not taken together: the {en}"
            f" are newer.\n{counted_en}\nNothing has been changed. If you mean it, repeat with --accept-mismatch.",
        )
    if findings.lost or not findings.canary:
        raise Refused(
            "unreadable",
            f"Noe i kopien kan ikke åpnes. {counted_nb}\nIngenting er endret. Vil du dette, gjenta med"
            " --accept-mismatch.",
            f"Something in the backup does not open. {counted_en}\nNothing has been changed. If you mean it, repeat"
            " with --accept-mismatch.",
        )


def _faults(findings: Findings) -> str:
    said = [findings.problem, findings.error, *findings.integrity]
    said += [f"{table}: {found} rows, not {wanted}" for table, (wanted, found) in findings.rows.items()]
    counts = {
        "foreign keys that lead nowhere": findings.foreign_keys,
        "destroyed keys that open": findings.still_open,
        "keys that do not open": findings.bad_keys,
        "texts that cannot be asked": findings.texts.get("unknown", 0),
    }
    said += [f"{count} {what}" for what, count in counts.items() if count]
    return "; ".join(line for line in said if line)


def _servers(into: Path, halves: Halves) -> dict[str, str]:
    """The addresses of the PostgreSQL databases to fill, by half: only when the folder is the configured one. Refused if
    they are not empty."""
    if into != Path(settings.DATA_DIR).absolute():
        return {}
    found = {}
    for kind, _manifest in halves.pairs:
        connection = connections[DATABASE[kind][0]]
        if connection.vendor == "sqlite":
            continue
        names = tables.names(connection) - UNTOUCHED - {tables.MIGRATIONS}
        if any(tables.counts(connection, sorted(names)).values()):
            raise Refused(
                "occupied",
                "PostgreSQL-databasen er ikke tom. Ingenting er endret. Lag nye, tomme databaser, og si hvor de er med"
                " LANGBORD_DATABASE_URL og LANGBORD_VAULT_URL.",
                "The PostgreSQL database is not empty. Nothing has been changed. Make new, empty databases and name"
                " them with LANGBORD_DATABASE_URL and LANGBORD_VAULT_URL.",
            )
        found[kind] = os.environ[ADDRESS[kind]]
    connections.close_all()
    return found


def _fill(
    request: Request, halves: Halves, stage: Path, servers: dict[str, str], tested: Findings
) -> Findings:
    """Load the rows into PostgreSQL, after the same rows have passed every test in a folder."""
    job = halves.job(stage)
    job.load = {kind: str(stage / kind) for kind in servers}
    for kind, (rows, migrations) in tested.written.items():
        job.rows[kind], job.migrations[kind] = rows, migrations
    for kind in job.load:
        for path in stage.glob(f"{DATABASE[kind][1]}*"):
            path.unlink()
    # The other half, if it stays in a file, has been brought up to date and has its tombstones: count it as it is.
    job.rows = {kind: rows if kind in job.load else {} for kind, rows in job.rows.items()}
    addresses = {ADDRESS[kind]: address for kind, address in servers.items()}
    findings = inside.run(stage, job, {"LANGBORD_MASTER_KEY_FILE": str(request.master), **addresses})
    if not findings.sound:
        raise Refused(
            "unsound",
            f"PostgreSQL tok ikke imot alt: {_faults(findings)}\nLag databasene på nytt, tomme, og prøv igjen.",
            f"PostgreSQL did not take it all: {_faults(findings)}\nMake the databases anew, empty, and try again.",
        )
    # What was destroyed again while it lay in SQLite was destroyed by this restore all the same.
    findings.replayed = max(findings.replayed, tested.replayed)
    return findings


def _outside() -> Path | None:
    """Where the master key lies when it lies outside of every data folder: it is left there."""
    named = settings.LANGBORD_MASTER_KEY_FILE
    return Path(named).absolute() if named else None


def _private(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
