"""For the day a drill has found a chain of consents that somebody, or a fault, has changed, and it has been looked into."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from langbord.consent import known


class Command(BaseCommand):
    help = "List the chains of consents that do not hold; with an id and a reason: say that one is known, so that drills pass."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("record", nargs="?", type=UUID, help="the id that the drill told")
        parser.add_argument(
            "--reason", default="", help="what you found, without names; goes to operator.log"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        record, reason = options["record"], options["reason"].strip()
        if record is None:
            number, found = known.broken_chains()
            self.stdout.write(f"{number} rekker av samtykker, {len(found)} brutte.")
            for one in found:
                self.stdout.write(f"  {one.told}")
            return
        if not reason:
            raise CommandError(
                "Skriv hva dere har funnet ut, uten navn: --reason TEKST / Say what you found: --reason TEXT"
            )
        try:
            found_one = known.acknowledge(record, reason)
        except ValueError as error:
            raise CommandError(
                f"Fant ingen brutt rekke med denne id-en: {record} / No broken chain has this id"
            ) from error
        self.stdout.write(found_one.told)
        self.stdout.write("Rekken er ikke endret. En prøve sier fra på nytt hvis noe mer blir endret.")
