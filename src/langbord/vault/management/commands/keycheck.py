from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from langbord.vault import startup
from langbord.vault.models import DataKey


class Command(BaseCommand):
    help = "Check that the key files belong to this vault, and the vault to this data. Exit code 3 if not."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        problem = startup.problem()
        if options["json"]:
            self.stdout.write(json.dumps({"ok": problem is None, "problem": problem, **_counts(problem)}))
        elif problem is None:
            counts = _counts(problem)
            self.stdout.write(f"Nøklene er i orden: {counts['keys']} i bruk, {counts['destroyed']} ødelagt.")
        else:
            self.stderr.write(problem)
        if problem is not None:
            raise SystemExit(startup.EXIT_CODE)


def _counts(problem: str | None) -> dict[str, int]:
    if problem is not None:
        return {}
    return {
        "keys": DataKey.objects.filter(destroyed_at__isnull=True).count(),
        "destroyed": DataKey.objects.filter(destroyed_at__isnull=False).count(),
    }
