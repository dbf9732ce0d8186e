from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langbord.web.management import catalogues


class Command(BaseCommand):
    help = "Screen texts in other languages: collect them, compile them, check them. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        extract = what.add_parser("extract", help="write new texts into the catalogues, keep translations")
        extract.add_argument("--tidy", action="store_true", help="forget translations of texts that are gone")
        compiling = what.add_parser("compile", help="make what Django reads, where a catalogue has changed")
        compiling.add_argument("--force", action="store_true", help="also where none has")
        check = what.add_parser(
            "check", help="list missing, unsure, unused and broken texts; exit code 1 if any"
        )
        check.add_argument("--json", action="store_true", help="print the list as JSON")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            {"extract": self._extract, "compile": self._compile, "check": self._check}[what](options)
        except catalogues.BrokenSource as error:
            raise CommandError(f"This file cannot be read. Nothing was changed. {error}") from error

    def _extract(self, options: dict[str, Any]) -> None:
        for language, changed in catalogues.extract(tidy=options["tidy"]).items():
            self.stdout.write(f"{language}: {'updated' if changed else 'no change'}")

    def _compile(self, options: dict[str, Any]) -> None:
        made = catalogues.compile_all(force=options["force"])
        if options["verbosity"] > 0 and made:
            self.stdout.write(f"Compiled {len(made)} catalogues of screen texts.")

    def _check(self, options: dict[str, Any]) -> None:
        found = [problem for language in catalogues.LANGUAGES for problem in catalogues.problems(language)]
        if options["json"]:
            rows = [
                {"language": p.language, "kind": p.kind, "text": p.text, "detail": p.detail} for p in found
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for problem in found:
                self.stdout.write(str(problem))
            self.stdout.write(f"{len(found)} to mend." if found else "All texts are there in every language.")
        if found:
            raise SystemExit(1)
