"""`langbord retention`: what would go and when. Changes nothing unless asked with --run."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from langbord.processes.keeping import job
from langbord.processes.models import Process
from langbord.vault import keys

_WHY = "the operator sees how many go from which process, never what"


class Command(BaseCommand):
    help = "Show what will go and when. With --run: warn, take away and log now, as the tick does every hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print it as JSON")
        parser.add_argument("--run", action="store_true", help="do it, not only show it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["run"]:
            self._run(as_json=options["json"])
        else:
            self._show(as_json=options["json"])

    def _show(self, *, as_json: bool) -> None:
        slugs = dict(Process.objects.unrestricted(_WHY).values_list("pk", "slug"))
        planned = [line for line in job.plan() if line.things]
        rows = [
            {
                "kind": line.kind,
                "process": slugs.get(line.process_id, "") if line.process_id else "",
                "goes_on": line.goes_on.isoformat(),
                "things": line.things,
                "warned": line.warned,
            }
            for line in planned
        ]
        if as_json:
            self.stdout.write(json.dumps({"dry_run": True, "will_go": rows}, ensure_ascii=False, indent=2))
            return
        if not rows:
            self.stdout.write("Nothing goes within the time of warning.")
        for line, row in zip(planned, rows, strict=True):
            warned = {True: "warned", False: "not warned yet", None: "needs no warning"}[line.warned]
            self.stdout.write(
                f"{row['goes_on']}  {row['kind']:12} {row['things']:6}  {row['process'] or '-':30} {warned}"
            )

    def _run(self, *, as_json: bool) -> None:
        def told(kind: str, number: int, of: int) -> None:
            self.stderr.write(f"{number} of {of}: {kind}")

        with keys.ring():
            result = job.run(told)
        summary = {
            "dry_run": False,
            "warned": result.warned,
            "gone": result.gone,
            "keys_destroyed": result.keys_destroyed,
            "failed": result.failed,
        }
        self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=2 if as_json else None))
        if result.failed:
            raise SystemExit(1)
