from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langbord.operate import drilling, taking
from langbord.operate.errors import Refused
from langbord.vault import keyfiles


class Command(BaseCommand):
    help = "Try the newest backup: restore it into a folder that is thrown away, and open everything. Fails if one fails."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, help="the backup of the words (default: the newest)")
        parser.add_argument("--vault", type=Path, help="the backup of the keys (default: its other half)")
        parser.add_argument("--from", type=Path, dest="out", help="the folder given to backup --out")
        parser.add_argument("--master-key", type=Path, help="default: the one in use here")
        parser.add_argument("--lookup-key", type=Path, help="default: the one in use here")
        parser.add_argument(
            "--ledger", type=Path, action="append", default=[], help="one more shredded.ledger"
        )
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        data, vault = options["data"], options["vault"]
        if data is None and vault is None:
            newest = taking.halves(options["out"])
            if newest is None:
                raise CommandError(
                    "Fant ingen sikkerhetskopi. Ta en først: bin/langbord backup\n"
                    "No backup was found. Take one first: bin/langbord backup"
                )
            data, vault = newest
        if data is None or vault is None:
            raise CommandError("Si begge eller ingen: --data FIL --vault FIL / Name both or none of them")
        try:
            done = drilling.drill(
                data,
                vault,
                (options["master_key"] or keyfiles.master_path()).absolute(),
                (options["lookup_key"] or keyfiles.lookup_path()).absolute(),
                tuple(options["ledger"]),
            )
        except Refused as error:
            if options["json"]:
                self.stdout.write(json.dumps({"ok": False, "code": error.code, "problem": str(error)}))
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "ok": done.ok,
                        "data": str(data),
                        "vault": str(vault),
                        "pair": done.halves.data.pair,
                        "seconds": done.seconds,
                        "figures": {f.name: {"value": f.value, "ok": f.ok} for f in done.figures},
                        "findings": asdict(done.findings),
                    }
                )
            )
        else:
            self._tell(data, vault, done)
        if not done.ok:
            raise SystemExit(1)

    def _tell(self, data: Path, vault: Path, done: drilling.Drill) -> None:
        self.stdout.write(f"Prøvde å legge tilbake\n  {data}\n  {vault}\n")
        width = max(len(figure.nb) for figure in done.figures)
        for figure in done.figures:
            self.stdout.write(
                f"  {figure.nb:<{width}}  {figure.value:<12} {'' if figure.ok else 'FEIL'}".rstrip()
            )
        for line in [*done.findings.hooks, *done.findings.broken, *done.findings.known]:
            self.stdout.write(f"  {line}")
        verdict = (
            "Sikkerhetskopien duger." if done.ok else "Noe er galt med sikkerhetskopien. Se linjene med FEIL."
        )
        self.stdout.write(f"\n{verdict} Det tok {done.seconds} sekunder. Prøvemappa er borte igjen.")
