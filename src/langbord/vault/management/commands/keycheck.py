from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from langbord.base import clock
from langbord.vault import census, rotation, startup
from langbord.vault.models import DataKey

OVERDUE = 4
"""Exit code when the published time has run out and the master key was not exchanged."""


class Command(BaseCommand):
    help = "Check that the key files belong to this vault, and the vault to this data. Exit code 3 if not."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")
        parser.add_argument(
            "--texts", action="store_true", help="try to open every text too; prints only counts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        problem = startup.problem()
        if problem is not None:
            if options["json"]:
                self.stdout.write(json.dumps({"ok": False, "problem": problem}))
            else:
                self.stderr.write(problem)
            raise SystemExit(startup.EXIT_CODE)
        waiting, stage = rotation.waiting(), rotation.stage()
        texts = census.openings() if options["texts"] else None
        if options["json"]:
            answer = {
                "ok": True,
                "problem": None,
                **_counts(),
                "exchange": stage.value,
                "waiting": waiting.count,
            }
            answer |= {
                "shred_days": settings.SHRED_DAYS,
                "due": waiting.due.isoformat() if waiting.due else None,
            }
            self.stdout.write(json.dumps(answer | ({"texts": texts} if texts else {})))
        else:
            self._tell(waiting, stage, texts)
        if waiting.overdue:
            raise SystemExit(OVERDUE)

    def _tell(self, waiting: rotation.Waiting, stage: rotation.Stage, texts: dict[str, int] | None) -> None:
        counts = _counts()
        self.stdout.write(f"Nøklene er i orden: {counts['keys']} i bruk, {counts['destroyed']} ødelagt.")
        if texts is not None:
            self.stdout.write(
                f"Tekster: {texts['opened']} kan åpnes, {texts['destroyed']} er ødelagt med vilje,"
                f" {texts['missing']} mangler nøkkel, {texts['damaged']} er skadd."
            )
        if stage is not rotation.Stage.STEADY:
            self.stdout.write(
                f"Et bytte av hovednøkkel er ikke ferdig ({stage.value}). Alt virker. Kjør: bin/langbord rotate-key"
            )
        if waiting.due is None:
            self.stdout.write(
                f"Ingen ødelagte nøkler finnes i eldre kopier. Løftet er {settings.SHRED_DAYS} dager på det lengste."
            )
            return
        day = f"{waiting.due.astimezone(clock.OSLO):%d.%m.%Y}"
        late = "FRISTEN ER UTE" if waiting.overdue else "frist"
        self.stdout.write(
            f"{waiting.count} ødelagte nøkler kan ennå åpnes fra eldre kopier av nøklene; {late} {day}"
            f" (løftet er {settings.SHRED_DAYS} dager). Bytt hovednøkkel: bin/langbord rotate-key"
        )


def _counts() -> dict[str, int]:
    return {
        "keys": DataKey.objects.filter(destroyed_at__isnull=True).count(),
        "destroyed": DataKey.objects.filter(destroyed_at__isnull=False).count(),
    }
