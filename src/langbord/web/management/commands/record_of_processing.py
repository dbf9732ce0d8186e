"""`langbord record-of-processing [--json] [--out FILE] [--language nb]`: the record of processing (GDPR article 30)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from langbord.web.privacy.record import as_json, as_markdown, record


class Command(BaseCommand):
    help = "Print the record of processing, made from the configuration, as Markdown or JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--out", help="a file to write to instead; it must not be there")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="nb")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            found = record()
            text = as_json(found) if options["json"] else as_markdown(found)
        if not options["out"]:
            self.stdout.write(text, ending="")
            return
        try:
            with Path(options["out"]).open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}. Ingenting er skrevet.") from None
        self.stdout.write(f"{options['out']}: {len(found.missing)} ikke fylt ut")
