"""`langbord export received --process SLUG --out FILE`: what was received by the authority, for its archive."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langbord.followup import archive
from langbord.vault import keys


class Command(BaseCommand):
    help = "Write what was received by the authority to a zip, for its archive. Written in the log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["received"])
        parser.add_argument("--process", required=True, help="the short name in the address: /s/SHORT-NAME/")
        parser.add_argument("--out", required=True, help="the file to make; it must not be there")

    def handle(self, *args: Any, **options: Any) -> None:
        process = archive.process_called(options["process"])
        if process is None:
            raise CommandError(
                "Fant ingen samskaping med det navnet i adressen. / No process has that short name."
            )
        target = Path(options["out"])
        if target.exists():
            raise CommandError(
                f"{target} finnes alt. Ingenting er skrevet over. / It exists already; nothing was overwritten."
            )
        with keys.ring():
            content = archive.export_by_operator(process)
        try:
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}") from None
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        self.stdout.write(f"{target}")
