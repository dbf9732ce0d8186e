"""A drill: restore into a folder that is thrown away, and see whether everything is there and opens.

Nothing else tells whether a backup is one.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from langbord.operate import restoring, scratch
from langbord.operate.inside import Findings
from langbord.operate.restoring import Halves, Request


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was looked at, what was found, and whether that is as it should be."""

    name: str
    nb: str
    value: str
    ok: bool


@dataclass(frozen=True)
class Drill:
    halves: Halves
    findings: Findings
    figures: list[Figure]
    seconds: float

    @property
    def ok(self) -> bool:
        return all(figure.ok for figure in self.figures)


def drill(data: Path, vault: Path, master: Path, lookup: Path, ledgers: tuple[Path, ...] = ()) -> Drill:
    """Refused if the files cannot be used at all. The folder it works in is removed, whatever happens."""
    began = time.perf_counter()
    with scratch.folder() as folder:
        request = Request(data, vault, folder / "restored", master, lookup, accept=True, ledgers=ledgers)
        halves = restoring.look(request)
        request.into.mkdir(mode=0o700)
        try:
            findings = restoring.unpack(request, halves, request.into)
        finally:
            shutil.rmtree(request.into, ignore_errors=True)
    return Drill(halves, findings, figures(halves, findings), round(time.perf_counter() - began, 2))


def figures(halves: Halves, found: Findings) -> list[Figure]:
    texts = found.texts or dict.fromkeys(
        ("opened", "empty", "destroyed", "missing", "damaged", "unknown"), -1
    )
    lost = texts["missing"]
    return [
        Figure("pair", "hører sammen", "nei" if halves.newer else "ja", not halves.newer),
        Figure("files", "filer med riktig SHA-256", _files(halves), True),
        Figure("rows", "rader, avvik fra lista", f"{found.row_total}, {len(found.rows)}", not found.rows),
        Figure("integrity", "feil i databasefilene", str(len(found.integrity)), not found.integrity),
        Figure("foreign_keys", "pekere uten mål", str(found.foreign_keys), found.foreign_keys == 0),
        Figure(
            "startup", "kan starte", found.problem or found.error or "ja", not (found.problem or found.error)
        ),
        Figure("keys", "nøkler, kan ikke åpnes", f"{found.keys}, {found.bad_keys}", found.bad_keys == 0),
        Figure("texts", "tekster som åpnes", str(texts["opened"]), texts["opened"] >= 0),
        Figure("destroyed", "tekster ødelagt med vilje", str(texts["destroyed"]), True),
        Figure("missing", "tekster uten nøkkel", str(lost), lost == 0),
        Figure("damaged", "skadde tekster", str(texts["damaged"]), texts["damaged"] == 0),
        Figure("unknown", "tekster ingen kan spørre etter", str(texts["unknown"]), texts["unknown"] == 0),
        Figure(
            "still_open",
            "ødelagte nøkler, åpner likevel",
            f"{found.ledger}, {found.still_open}",
            found.still_open == 0,
        ),
        Figure(
            "consents",
            "rekker av samtykker, brutte",
            f"{found.chains}, {len(found.broken)}",
            not found.broken,
        ),
        Figure("replayed", "ødelagt på nytt", str(found.replayed), True),
        Figure("ledger", "uleselige linjer i lista", str(found.ledger_damaged), found.ledger_damaged == 0),
        Figure("canary", "kanarifuglen lever", "ja" if found.canary else "nei", found.canary),
    ]


def _files(halves: Halves) -> str:
    return str(sum(len(manifest.files) for _kind, manifest in halves.pairs))
